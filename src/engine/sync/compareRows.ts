import type { FactRows, ListingRows } from '../../contract/registry/digestRanges.ts'
import { KEYS_KEPT_UP_TO } from '../../contract/registry/snapshot.ts'
import type { Writer } from '../db/handle.ts'
import { ListWriter } from '../db/listWriter.ts'

type FactRow = [imei14: number, batch: number, doc: number, next: number]
type ListingRow = [imei14: number, list: string, reason: string, since: string, deadline: string | null]

const MY_FACTS = `SELECT f.imei14, f.batch, f.doc, f.next FROM fact f JOIN batch b ON b.no = f.batch
  WHERE f.imei14 >= ? AND f.imei14 < ? AND b.added_seq IS NOT NULL AND b.ended_seq IS NULL`
const MY_LISTINGS = 'SELECT imei14, list, reason, since, deadline FROM listing WHERE imei14 >= ? AND imei14 < ?'

/** Makes the live facts of a range those of the registry, with their documents; answers how many rows differed. */
export function repairFacts(tx: Writer, { from, to }: { from: number; to: number }, theirs: FactRows): number {
  const wrong = differing(
    tx.rows<FactRow>(MY_FACTS).all(from, to),
    theirs.facts,
    ([imei14, batch]) => `${imei14} ${batch}`,
  )
  for (const [imei14, batch] of wrong.extra) {
    tx.run('DELETE FROM fact WHERE imei14 = ? AND batch = ?', imei14, batch)
    tx.run('DELETE FROM batch_imei WHERE batch = ? AND imei14 = ?', batch, imei14)
  }
  for (const [imei14, batch, doc, next] of wrong.missing) {
    tx.run('INSERT OR REPLACE INTO fact(imei14, batch, doc, next) VALUES (?, ?, ?, ?)', imei14, batch, doc, next)
    const rows = tx.value<number>('SELECT rows FROM batch WHERE no = ?', batch) ?? 0
    if (rows <= KEYS_KEPT_UP_TO) tx.run('INSERT OR IGNORE INTO batch_imei(batch, imei14) VALUES (?, ?)', batch, imei14)
  }
  for (const [batch, no, op, date, network, data] of theirs.docs)
    tx.run(
      'INSERT OR REPLACE INTO doc(batch, no, op, date, network, data) VALUES (?, ?, ?, ?, ?, ?)',
      batch,
      no,
      op,
      date,
      network,
      data,
    )
  return wrong.rows
}

/** Makes the stored listings of a range those of the registry; answers how many differed. `recountLists` comes after the last range. */
export function repairListings(tx: Writer, { from, to }: { from: number; to: number }, theirs: ListingRows): number {
  const wrong = differing(tx.rows<ListingRow>(MY_LISTINGS).all(from, to), theirs.listings, ([imei14]) => String(imei14))
  const lists = new ListWriter(tx)
  for (const [imei14] of wrong.extra) tx.run('DELETE FROM listed WHERE imei14 = ?', imei14)
  for (const [imei14, list, reason, since, deadline] of wrong.missing)
    tx.run(
      'INSERT OR REPLACE INTO listed(imei14, entry) VALUES (?, ?)',
      imei14,
      lists.entryOf({ list, reason, since, deadline, operator: null, region: null, importer: null }),
    )
  for (const [imei14] of [...wrong.extra, ...wrong.missing])
    tx.run('INSERT INTO listing_log(imei14) VALUES (?)', imei14)
  return wrong.rows
}

/** Rows of one side that the other does not have just so; a row with another content is both extra and missing, and counts once. */
function differing<R extends readonly unknown[]>(
  mine: readonly R[],
  theirs: readonly R[],
  keyOf: (row: R) => string,
): { extra: R[]; missing: R[]; rows: number } {
  const same = new Set(mine.map((row) => JSON.stringify(row)))
  const wanted = new Set(theirs.map((row) => JSON.stringify(row)))
  const extra = mine.filter((row) => !wanted.has(JSON.stringify(row)))
  const missing = theirs.filter((row) => !same.has(JSON.stringify(row)))
  return { extra, missing, rows: new Set([...extra, ...missing].map(keyOf)).size }
}
