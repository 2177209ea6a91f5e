-- Raw observations of operators: who used an IMEI on which day. They stay here, as long as the policy says, and go with their batch.
DROP TABLE sighting;
CREATE TABLE sighting (
  imei14 bigint NOT NULL CHECK (imei14 BETWEEN 1 AND 99999999999999),
  operator text NOT NULL CHECK (operator IN ('kcell', 'beeline', 'tele2')),
  day date NOT NULL,
  imsi text NOT NULL DEFAULT '',
  msisdn text NOT NULL DEFAULT '',
  rat text NOT NULL DEFAULT '',
  network text NOT NULL CHECK (network IN ('home', 'roaming', 'm2m')),
  region text NOT NULL DEFAULT '',
  batch bigint NOT NULL,
  PRIMARY KEY (imei14, operator, day, imsi)
);
CREATE INDEX sighting_day ON sighting USING brin (day);
CREATE INDEX sighting_batch ON sighting USING brin (batch);

-- Suspicions that one code is on several devices. Black only by a decision two approvers signed, which names the genuine holder.
CREATE TABLE clone_case (
  no bigint PRIMARY KEY,
  id uuid NOT NULL UNIQUE,
  imei14 bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'awaiting-signature', 'clone', 'dismissed', 'resolved')),
  verdict text,
  holder jsonb,
  made_by text,
  signatures text[] NOT NULL DEFAULT '{}',
  opened_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX clone_case_open ON clone_case (imei14) WHERE state IN ('open', 'awaiting-signature', 'clone');
-- the genuine holder's subscriber keeps his service
CREATE TABLE exception (
  imei14 bigint NOT NULL,
  imsi text NOT NULL,
  case_no bigint NOT NULL REFERENCES clone_case (no),
  PRIMARY KEY (imei14, imsi)
);
