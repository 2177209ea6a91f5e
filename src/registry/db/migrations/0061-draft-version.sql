-- The version of the appeal a draft was begun on: what came since is what the officer has not seen.
ALTER TABLE appeal_draft ADD COLUMN version bigint NOT NULL DEFAULT 0;
