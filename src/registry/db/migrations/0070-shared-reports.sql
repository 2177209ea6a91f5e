-- Questions of reports that officers share under a name.
CREATE TABLE shared_report (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  query jsonb NOT NULL,
  by text NOT NULL,
  at timestamptz NOT NULL
);
