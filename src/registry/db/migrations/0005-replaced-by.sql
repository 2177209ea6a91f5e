-- which full list ended a batch: undoing that list brings the batch back
ALTER TABLE batch ADD COLUMN replaced_by bigint;
CREATE INDEX batch_replaced_by ON batch (replaced_by) WHERE replaced_by IS NOT NULL;
