-- Block runs: who proposed to block which overdue IMEIs, who signed, and what dropped out since.

CREATE TABLE blockrun (
  no bigint PRIMARY KEY,
  id uuid NOT NULL UNIQUE,
  until date NOT NULL,
  day date NOT NULL,
  cap bigint NOT NULL,
  policy bigint NOT NULL,
  made_by text NOT NULL,
  signatures text[] NOT NULL,
  state text NOT NULL CHECK (state IN ('awaiting-signature', 'committed', 'declined', 'empty')),
  to_black bigint NOT NULL,
  held bigint NOT NULL,
  conflicts bigint NOT NULL,
  manifest text NOT NULL CHECK (manifest ~ '^[0-9a-f]{64}$'),
  proposed_at timestamptz NOT NULL,
  ended_at timestamptz
);

-- dropped: why it left the run at a signature; NULL while it belongs to it
CREATE TABLE blockrun_imei (
  run bigint NOT NULL REFERENCES blockrun (no),
  imei14 bigint NOT NULL,
  dropped text,
  PRIMARY KEY (run, imei14)
);

-- candidates of a run, the longest overdue first
CREATE INDEX listing_overdue ON listing (deadline, imei14) WHERE list = 'grey';
