-- Versions of the policy on their way: proposed, signed by two approvers, begun on their day.
CREATE TABLE policy_proposal (
  id uuid PRIMARY KEY,
  version bigint NOT NULL,
  valid_from date NOT NULL,
  doc jsonb NOT NULL,
  sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  state text NOT NULL CHECK (state IN ('awaiting-signature', 'signed', 'in-force', 'declined')),
  made_by text NOT NULL,
  signatures text[] NOT NULL,
  note text NOT NULL,
  proposed_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX policy_proposal_version ON policy_proposal (version) WHERE state IN ('signed', 'in-force');
CREATE INDEX policy_proposal_due ON policy_proposal (valid_from) WHERE state = 'signed';
