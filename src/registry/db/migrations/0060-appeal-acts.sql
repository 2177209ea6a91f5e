-- Whom an appeal is kept for, who may not have it, and its turn among the applicant's own: fairness of the queue.
ALTER TABLE appeal ADD COLUMN assigned_to text;
ALTER TABLE appeal ADD COLUMN not_by text[] NOT NULL DEFAULT '{}';
ALTER TABLE appeal ADD COLUMN returned_by text[] NOT NULL DEFAULT '{}';
ALTER TABLE appeal ADD COLUMN turn bigint NOT NULL DEFAULT 0;
ALTER TABLE appeal ADD COLUMN applicant text NOT NULL DEFAULT '';
UPDATE appeal SET applicant = CASE WHEN doc #>> '{applicant,key,kind}' = 'iin' THEN doc #>> '{applicant,key,iin}'
  ELSE upper((doc #>> '{applicant,key,country}') || ':' || regexp_replace(doc #>> '{applicant,key,number}', '\s', '', 'g')) END
  WHERE doc ? 'applicant';
DROP INDEX appeal_waiting;
CREATE INDEX appeal_waiting ON appeal (due_at, turn, received_at, id)
  WHERE state IN ('received', 'claimed', 'preliminary') AND assigned_to IS NULL;
CREATE INDEX appeal_assigned ON appeal (assigned_to, due_at, id) WHERE assigned_to IS NOT NULL;
CREATE INDEX appeal_applicant ON appeal (applicant, received_at);

-- What must not serve two appeals: receipt, crossing, tracking number, as `reusable` of the domain writes them.
CREATE TABLE appeal_key (
  what text NOT NULL,
  value text NOT NULL,
  appeal text NOT NULL REFERENCES appeal (id),
  PRIMARY KEY (what, value, appeal)
);
CREATE FUNCTION pg_temp.plain(t text) RETURNS text LANGUAGE sql AS $$ SELECT upper(regexp_replace(t, '[\s\-–—/.№#"«»]', '', 'g')) $$;
INSERT INTO appeal_key
  SELECT 'receipt', pg_temp.plain(coalesce(doc #>> '{claim,seller}', '')) || '|' || pg_temp.plain(doc #>> '{claim,receiptNo}'), id
    FROM appeal WHERE coalesce(doc #>> '{claim,receiptNo}', '') <> ''
  UNION SELECT 'crossing', pg_temp.plain(doc #>> '{claim,crossingNo}'), id FROM appeal WHERE coalesce(doc #>> '{claim,crossingNo}', '') <> ''
  UNION SELECT 'tracking', pg_temp.plain(doc #>> '{claim,trackingNo}'), id FROM appeal WHERE coalesce(doc #>> '{claim,trackingNo}', '') <> '';

-- With what the applicant follows his appeal; only the hash of the secret lies here.
CREATE TABLE appeal_access (
  appeal text PRIMARY KEY REFERENCES appeal (id),
  secret_sha256 text NOT NULL CHECK (secret_sha256 ~ '^[0-9a-f]{64}$')
);

-- Letters, by the code under which the registry knows them as its own.
CREATE TABLE letter (
  no text PRIMARY KEY,
  appeal text NOT NULL REFERENCES appeal (id),
  kind text NOT NULL,
  at timestamptz NOT NULL,
  code text NOT NULL
);

-- Secrets of this registry: key of letters' codes, lot of the second signatures.
CREATE TABLE appeal_secret (
  id bigint PRIMARY KEY CHECK (id = 1),
  letters text NOT NULL,
  lot text NOT NULL
);

CREATE TABLE appeal_draft (
  officer text NOT NULL,
  appeal text NOT NULL,
  doc text,
  at timestamptz NOT NULL,
  PRIMARY KEY (officer, appeal)
);
