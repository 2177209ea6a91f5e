import type { Migration } from '../migrate.ts'

/**
 * What figures need of acts whose tables keep only how things stand now: one row an event (violations: one a day), with its number,
 * so that figures as of an earlier number leave it out. doc: JSON, as src/engine/sync/actFigures.ts writes it.
 */
export const ACT_FIGURES: Migration = {
  number: 71,
  name: 'act figures',
  sql: `
CREATE TABLE act_figure(
  seq INTEGER NOT NULL, part INTEGER NOT NULL, type TEXT NOT NULL, day TEXT NOT NULL, doc TEXT NOT NULL,
  PRIMARY KEY (seq, part)) STRICT, WITHOUT ROWID;
CREATE INDEX act_figure_type ON act_figure(type, seq);
`,
}
