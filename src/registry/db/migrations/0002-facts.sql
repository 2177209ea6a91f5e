-- Batches, the facts they bring and the listings that follow. Facts are never deleted: a batch ends.

-- one row: whoever changes facts holds it, so that an effect is computed on what it is then applied to
CREATE TABLE facts_writer (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  last_batch bigint NOT NULL DEFAULT 0,
  last_act bigint NOT NULL DEFAULT 0
);
INSERT INTO facts_writer DEFAULT VALUES;

CREATE TABLE batch (
  no bigint PRIMARY KEY,
  id uuid NOT NULL UNIQUE,
  kind text NOT NULL,
  source text NOT NULL,
  content text NOT NULL CHECK (content ~ '^[0-9a-f]{64}$'),
  head jsonb NOT NULL,
  segments jsonb NOT NULL,
  effect jsonb NOT NULL,
  reviewed text NOT NULL,
  made_by text NOT NULL,
  desk text NOT NULL,
  command text NOT NULL,
  signed_by text[] NOT NULL DEFAULT '{}',
  state text NOT NULL CHECK (state IN ('awaiting-signature', 'committed', 'undone', 'withdrawn', 'replaced')),
  undo_reason text,
  undo_by text,
  undo_effect jsonb,
  undo_reviewed text,
  added_seq bigint,
  ended_seq bigint,
  accepted_at timestamptz NOT NULL,
  ended_at timestamptz
);
CREATE INDEX batch_content ON batch (content);
CREATE INDEX batch_live ON batch (kind, source) WHERE state = 'committed';

CREATE TABLE doc (
  batch bigint NOT NULL,
  no bigint NOT NULL,
  op text NOT NULL CHECK (op IN ('add', 'remove')),
  date date NOT NULL,
  network text CHECK (network IN ('home', 'roaming', 'm2m')),
  data text NOT NULL,
  PRIMARY KEY (batch, no)
);

CREATE TABLE fact (
  imei14 bigint NOT NULL CHECK (imei14 BETWEEN 1 AND 99999999999999),
  batch bigint NOT NULL,
  doc bigint NOT NULL,
  next bigint NOT NULL CHECK (next BETWEEN 0 AND 99999999999999),
  PRIMARY KEY (imei14, batch)
);
-- rows of a batch lie together, so a few bytes a range find them
CREATE INDEX fact_batch ON fact USING brin (batch) WITH (pages_per_range = 16, autosummarize = on);

CREATE TABLE listing (
  imei14 bigint PRIMARY KEY,
  list text NOT NULL CHECK (list IN ('grey', 'black')),
  reason text NOT NULL,
  since date NOT NULL,
  deadline date
);

-- an act that changed listings; its seq is known only when everything else is written
CREATE TABLE act (
  no bigint PRIMARY KEY,
  seq bigint UNIQUE
);
CREATE TABLE listing_change (
  act bigint NOT NULL,
  imei14 bigint NOT NULL,
  from_list text NOT NULL,
  from_reason text,
  from_since date,
  from_deadline date,
  to_list text NOT NULL,
  to_reason text,
  to_since date,
  to_deadline date,
  PRIMARY KEY (act, imei14)
);

CREATE TABLE tac (
  tac bigint NOT NULL CHECK (tac BETWEEN 0 AND 99999999),
  batch bigint NOT NULL,
  brand text NOT NULL,
  model text NOT NULL,
  data text NOT NULL,
  PRIMARY KEY (tac, batch)
);

CREATE TABLE crossing (
  batch bigint NOT NULL,
  no bigint NOT NULL,
  person text NOT NULL,
  date date NOT NULL,
  direction text NOT NULL CHECK (direction IN ('entry', 'exit')),
  document text NOT NULL,
  point text NOT NULL,
  PRIMARY KEY (batch, no)
);
CREATE INDEX crossing_person ON crossing (person, date);

-- raw observations stay here; desks get first sightings
CREATE TABLE sighting (
  imei14 bigint NOT NULL,
  operator text NOT NULL CHECK (operator IN ('kcell', 'beeline', 'tele2')),
  day date NOT NULL,
  imsi text,
  msisdn text,
  PRIMARY KEY (imei14, operator, day)
);
