-- The registry processes before this database: each writes its own row, to know that the database keeps what it is told.
CREATE TABLE registry_process (
  id uuid PRIMARY KEY,
  version text NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now(),
  seen_at timestamptz NOT NULL DEFAULT now()
);
