-- The log: one counter, the events it orders, the commands that made them, and the audit of all acts.

CREATE TABLE counter (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  epoch uuid NOT NULL,
  seq bigint NOT NULL CHECK (seq >= 0),
  audit_entries bigint NOT NULL DEFAULT 0,
  audit_hash text NOT NULL CHECK (audit_hash ~ '^[0-9a-f]{64}$'),
  audit_peaks text[] NOT NULL DEFAULT '{}',
  sample boolean NOT NULL DEFAULT false
) WITH (fillfactor = 50);

CREATE TABLE event (
  seq bigint PRIMARY KEY CHECK (seq > 0),
  type text NOT NULL,
  at timestamptz NOT NULL,
  doc jsonb NOT NULL
);

CREATE TABLE desk (
  id uuid PRIMARY KEY,
  public_key text NOT NULL CHECK (length(public_key) BETWEEN 40 AND 60),
  name text NOT NULL,
  enrolled_at timestamptz NOT NULL,
  revoked_at timestamptz
);

CREATE TABLE officer (
  id text PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 100),
  name text NOT NULL,
  role text NOT NULL CHECK (role IN ('importer', 'reviewer', 'approver', 'auditor', 'admin'))
);

CREATE TABLE policy (
  version bigint PRIMARY KEY,
  doc jsonb NOT NULL,
  from_seq bigint
);

CREATE TABLE command (
  id uuid PRIMARY KEY,
  hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  desk uuid NOT NULL,
  officer text NOT NULL,
  kind text NOT NULL,
  received_at timestamptz NOT NULL,
  status text NOT NULL CHECK (status IN ('open', 'done', 'refused')),
  seq bigint,
  answer jsonb,
  CHECK ((status = 'open') = (answer IS NULL))
);

CREATE TABLE audit (
  no bigint PRIMARY KEY CHECK (no > 0),
  seq bigint NOT NULL,
  at timestamptz NOT NULL,
  officer text NOT NULL,
  desk text NOT NULL,
  act text NOT NULL,
  subject text NOT NULL,
  hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$')
);

-- append-only: even the owner of the table cannot change what happened by a slip
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON event
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
