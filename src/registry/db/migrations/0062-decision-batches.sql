-- The batch that an approval brought, found by its appeal when the approval is taken back.
CREATE INDEX batch_decision ON batch ((head ->> 'letter')) WHERE kind = 'decision';
