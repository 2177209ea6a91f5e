-- Public keys of the registry's processes: what one of them signed can be proved after it is gone. Private keys never come here.
CREATE TABLE signing_key (
  id text PRIMARY KEY CHECK (id ~ '^[0-9a-f]{16}$'),
  public_key text NOT NULL UNIQUE,
  since timestamptz NOT NULL
);
