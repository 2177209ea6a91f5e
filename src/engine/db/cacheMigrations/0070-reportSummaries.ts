import type { Migration } from '../migrate.ts'

/**
 * What figures over years are counted from instead of every fact. All of it follows from the other tables and is computed again with
 * them: moves between lists by event, appeals in columns with their steps, and reports that officers share.
 */
export const REPORT_SUMMARIES: Migration = {
  number: 70,
  name: 'report summaries',
  sql: `
-- IMEIs that an event moved from one list to another. cause: kind of the batch that came or went, or 'policy'.
CREATE TABLE move(
  seq INTEGER NOT NULL, day TEXT NOT NULL, cause TEXT NOT NULL, from_list TEXT NOT NULL, to_list TEXT NOT NULL,
  from_reason TEXT NOT NULL, to_reason TEXT NOT NULL, count INTEGER NOT NULL,
  PRIMARY KEY (seq, from_list, to_list, from_reason, to_reason)) STRICT, WITHOUT ROWID;
-- Moves are counted up to \`seq\`; of event \`working\` for the keys up to \`after\`.
CREATE TABLE move_state(
  id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL, working INTEGER, after INTEGER NOT NULL) STRICT;
INSERT INTO move_state(id, seq, working, after) VALUES (1, 0, NULL, -1);

-- steps: JSON [[seq, day, what, officer, reason, due], …]; the columns are what the last of them makes.
CREATE TABLE appeal_figure(
  no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, received_seq INTEGER NOT NULL, received_day TEXT NOT NULL, route TEXT NOT NULL,
  state TEXT NOT NULL, due TEXT NOT NULL, decided_day TEXT, officer TEXT, reason TEXT, days INTEGER, reversed INTEGER NOT NULL,
  steps TEXT NOT NULL) STRICT;
CREATE INDEX appeal_figure_day ON appeal_figure(received_day, state, route, due, decided_day, officer, reason, days, reversed);

CREATE TABLE shared_report(
  id TEXT PRIMARY KEY, name TEXT NOT NULL, query TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL) STRICT, WITHOUT ROWID;
`,
}
