-- Files made for operators, what they said of them, and how they want them.
CREATE TABLE operator_file (
  no bigint PRIMARY KEY,
  id uuid NOT NULL UNIQUE,
  operator text NOT NULL,
  doc jsonb NOT NULL,
  manifest text NOT NULL,
  made_by text NOT NULL,
  issued_at timestamptz NOT NULL
);
CREATE TABLE receipt (
  no bigint PRIMARY KEY,
  id uuid NOT NULL UNIQUE,
  file bigint NOT NULL REFERENCES operator_file (no),
  applied bigint NOT NULL,
  refused bigint NOT NULL,
  missing bigint NOT NULL,
  strange bigint NOT NULL,
  made_by text NOT NULL,
  recorded_at timestamptz NOT NULL
);
CREATE TABLE operator_template (
  operator text PRIMARY KEY,
  doc jsonb NOT NULL
);
-- access of operators who pull: only the hash of the token
CREATE TABLE operator_access (
  operator text PRIMARY KEY,
  token text NOT NULL CHECK (token ~ '^[0-9a-f]{64}$')
);
-- a change since a number reads the acts after it
CREATE INDEX act_seq ON act (seq);
