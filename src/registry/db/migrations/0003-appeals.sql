CREATE TABLE appeal (
  id text PRIMARY KEY,
  version bigint NOT NULL,
  state text NOT NULL,
  due_at date NOT NULL,
  received_at timestamptz NOT NULL,
  hearing_at date,
  lease_officer text,
  lease_desk text,
  lease_until timestamptz,
  lease_token bigint NOT NULL DEFAULT 0,
  -- route, applicant, claim, evidence, time line, proposal as the desks get them
  doc jsonb NOT NULL,
  CHECK ((lease_officer IS NULL) = (lease_until IS NULL) AND (lease_officer IS NULL) = (lease_desk IS NULL))
);
CREATE INDEX appeal_waiting ON appeal (due_at, received_at, id)
  WHERE state IN ('received', 'claimed', 'preliminary');

CREATE TABLE appeal_imei (
  imei14 bigint NOT NULL,
  appeal text NOT NULL REFERENCES appeal (id),
  PRIMARY KEY (imei14, appeal)
);

CREATE TABLE appeal_year (
  year bigint PRIMARY KEY,
  last bigint NOT NULL
);

CREATE TABLE evidence (
  appeal text NOT NULL REFERENCES appeal (id),
  file text NOT NULL,
  sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  bytes bigint NOT NULL,
  type text NOT NULL,
  PRIMARY KEY (appeal, file)
);
CREATE INDEX evidence_sha256 ON evidence (sha256);
