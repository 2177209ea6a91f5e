import type { Writer } from '../db/handle.ts'

/** What the listings of a segment say, each thing once, keyed by what differs most: the rows find their entry by few comparisons. */
const SAID = `CREATE TABLE IF NOT EXISTS temp.said(
  since TEXT NOT NULL, deadline TEXT NOT NULL, reason TEXT NOT NULL, list TEXT NOT NULL, entry INTEGER,
  PRIMARY KEY (since, deadline, reason, list)) STRICT, WITHOUT ROWID`
const SAY = `INSERT INTO temp.said(since, deadline, reason, list)
  SELECT DISTINCT since, ifnull(deadline, ''), reason, list FROM main.listing WHERE n > ?1 AND n <= ?2`
const ENTRIES = `INSERT INTO store.listing_entry(list, reason, since, deadline)
  SELECT list, reason, since, deadline FROM temp.said WHERE true ORDER BY 1, 2, 3, 4
  ON CONFLICT (list, reason, since, deadline, operator, region, importer) DO NOTHING`
const NUMBER = `UPDATE temp.said SET entry = (SELECT e.no FROM store.listing_entry e
  WHERE e.list = said.list AND e.reason = said.reason AND e.since = said.since AND e.deadline = said.deadline
    AND e.operator = '' AND e.region = '' AND e.importer = '')`
const ROWS = `INSERT INTO store.listed(imei14, entry)
  SELECT l.imei14, s.entry FROM main.listing l CROSS JOIN temp.said s ON s.since = l.since AND s.deadline = ifnull(l.deadline, '')
    AND s.reason = l.reason AND s.list = l.list
  WHERE l.n > ?1 AND l.n <= ?2 ORDER BY l.n`
const COUNT = `UPDATE store.listing_entry SET count = count + c
  FROM (SELECT entry AS e, count(*) AS c FROM store.listed
    WHERE imei14 BETWEEN (SELECT imei14 FROM main.listing WHERE n = ?1 + 1) AND (SELECT imei14 FROM main.listing WHERE n = ?2)
    GROUP BY entry) WHERE no = e`

/**
 * Copies the listings n in (after, upTo] of a segment (`main`) into the stored lists of a mirror (`store`), which say each thing once
 * (docs/decisions/0030). Segments come in order of IMEI, so the rows of a stretch lie together.
 */
export function bringListings(tx: Writer, after: number, upTo: number): void {
  tx.run(SAID)
  tx.run('DELETE FROM temp.said')
  tx.run(SAY, after, upTo)
  tx.run(ENTRIES)
  tx.run(NUMBER)
  tx.run(ROWS, after, upTo)
  tx.run(COUNT, after, upTo)
}
