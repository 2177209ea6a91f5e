-- Which registry this is: stays through backup and restore, unlike the epoch. `oldest`: first event the feed still has.
ALTER TABLE counter ADD COLUMN installation uuid NOT NULL DEFAULT gen_random_uuid();
ALTER TABLE counter ADD COLUMN oldest bigint NOT NULL DEFAULT 1;

-- What desks boot from: a manifest and its segments, all of them blobs. Dropped ones are kept a while for desks that read them.
CREATE TABLE snapshot (
  seq bigint NOT NULL,
  epoch uuid NOT NULL,
  manifest text NOT NULL CHECK (manifest ~ '^[0-9a-f]{64}$'),
  format bigint NOT NULL,
  bytes bigint NOT NULL,
  rows bigint NOT NULL,
  -- names of all its segments, so that they are collected when no snapshot names them
  blobs text[] NOT NULL,
  built_at timestamptz NOT NULL,
  dropped_at timestamptz,
  PRIMARY KEY (epoch, seq)
);

-- One row: the process that builds or collects holds it until then.
CREATE TABLE snapshot_turn (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  holder text NOT NULL DEFAULT '',
  until timestamptz NOT NULL DEFAULT '-infinity'
);
INSERT INTO snapshot_turn DEFAULT VALUES;

-- Segments of batches whose events left the feed are collected; the batch keeps its rows.
ALTER TABLE batch ADD COLUMN segments_collected boolean NOT NULL DEFAULT false;

-- Events leave the feed only once a snapshot carries them, and only by who says so; nothing ever changes one.
DROP TRIGGER event_append_only ON event;
CREATE FUNCTION refuse_event_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('tamga.collecting', true) = 'events' THEN RETURN NULL; END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON event
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_event_change();

-- An act may be told by several events (the undo of a full list brings back what it had replaced): its listings hold from the last one.
ALTER TABLE act ADD COLUMN last_seq bigint;
CREATE INDEX act_last_seq ON act (last_seq) WHERE last_seq IS NOT NULL;
