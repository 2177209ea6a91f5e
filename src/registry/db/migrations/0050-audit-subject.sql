-- entries about a batch, an appeal or a run, for proofs
CREATE INDEX audit_subject ON audit (subject, no);
-- documents of customs lists by importer and by declaration
CREATE INDEX doc_bin ON doc ((data::jsonb ->> 'bin')) WHERE (data::jsonb ->> 'bin') IS NOT NULL;
CREATE INDEX doc_declaration ON doc ((data::jsonb ->> 'declaration')) WHERE (data::jsonb ->> 'declaration') IS NOT NULL;
