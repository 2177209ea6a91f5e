-- Warnings to holders of grey devices: which were issued to whose subscribers, and whether they arrived.
CREATE TABLE notice_issue (
  no bigint PRIMARY KEY,
  id uuid NOT NULL UNIQUE,
  operator text NOT NULL,
  day date NOT NULL,
  made_by text NOT NULL,
  issued_at timestamptz NOT NULL
);
CREATE TABLE notice (
  imei14 bigint NOT NULL,
  issue bigint NOT NULL REFERENCES notice_issue (no),
  stage text NOT NULL CHECK (stage IN ('first', 'reminder', 'last')),
  deadline date NOT NULL,
  state text NOT NULL DEFAULT 'issued' CHECK (state IN ('issued', 'delivered', 'failed')),
  PRIMARY KEY (imei14, issue)
);
CREATE INDEX notice_issue_imei ON notice (issue, imei14);
