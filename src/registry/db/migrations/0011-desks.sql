-- Settings of the registry: one row a change would hide who set what; the audit has that. Only what was ever set is here.
CREATE TABLE setting (
  key text PRIMARY KEY,
  value jsonb NOT NULL
);

-- Codes that each let one desk enrol. Only the hash: a stolen backup enrols nobody.
CREATE TABLE enrolment (
  code text PRIMARY KEY CHECK (code ~ '^[0-9a-f]{64}$'),
  name text NOT NULL,
  made_by text NOT NULL,
  until timestamptz NOT NULL,
  used_by uuid,
  used_at timestamptz
);
