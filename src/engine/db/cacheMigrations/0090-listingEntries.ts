import type { Migration } from '../migrate.ts'

/**
 * Stored lists in two tables (docs/decisions/0030): a million rows say the same few hundred things, so what is said stands once, with
 * how many say it, and a row only points to it. No index of the rows is left to keep up; they are read by IMEI. '' stands for none.
 */
export const LISTING_ENTRIES: Migration = {
  number: 90,
  name: 'listing entries',
  sql: `
CREATE TABLE listing_entry(
  no INTEGER PRIMARY KEY, list TEXT NOT NULL CHECK (list IN ('grey','black')), reason TEXT NOT NULL, since TEXT NOT NULL,
  deadline TEXT NOT NULL DEFAULT '', operator TEXT NOT NULL DEFAULT '', region TEXT NOT NULL DEFAULT '',
  importer TEXT NOT NULL DEFAULT '', count INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE UNIQUE INDEX listing_entry_said ON listing_entry(list, reason, since, deadline, operator, region, importer);
CREATE TABLE listed(imei14 INTEGER PRIMARY KEY, entry INTEGER NOT NULL) STRICT;

INSERT INTO listing_entry(list, reason, since, deadline, operator, region, importer, count)
  SELECT list, reason, since, ifnull(deadline, ''), ifnull(operator, ''), ifnull(region, ''), ifnull(importer, ''), count(*)
  FROM listing GROUP BY 1, 2, 3, 4, 5, 6, 7;
INSERT INTO listed(imei14, entry)
  SELECT l.imei14, e.no FROM listing l CROSS JOIN listing_entry e ON e.list = l.list AND e.reason = l.reason AND e.since = l.since
    AND e.deadline = ifnull(l.deadline, '') AND e.operator = ifnull(l.operator, '') AND e.region = ifnull(l.region, '')
    AND e.importer = ifnull(l.importer, '') ORDER BY l.imei14;
DROP TABLE listing;
CREATE VIEW listing AS
  SELECT l.imei14, e.list, e.reason, e.since, nullif(e.deadline, '') AS deadline, nullif(e.operator, '') AS operator,
    nullif(e.region, '') AS region, nullif(e.importer, '') AS importer
  FROM listed l CROSS JOIN listing_entry e ON e.no = l.entry;
`,
}
