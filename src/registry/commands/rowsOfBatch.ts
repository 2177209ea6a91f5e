import { ROWS_OF_BATCH } from '../db/batch/queries.ts'
import { cursorRows, type Tx } from '../db/transaction.ts'
import type { BatchRows, CrossingRow, DocRow, TacRow } from '../segment/batchRows.ts'

/** The rows of a batch as the database has them. */
export async function rowsOfBatch(tx: Tx, no: number): Promise<BatchRows> {
  const imei14: number[] = []
  const doc: number[] = []
  const next: number[] = []
  for await (const row of cursorRows<readonly [number, number, number]>(tx, ROWS_OF_BATCH.facts, [no])) {
    imei14.push(row[0])
    doc.push(row[1])
    next.push(row[2])
  }
  const docs = await tx.all<DocRow>(ROWS_OF_BATCH.docs, [no])
  return {
    docs: new Map(docs.map((d) => [d.no, d])),
    facts: {
      length: imei14.length,
      imei14: Float64Array.from(imei14),
      doc: Float64Array.from(doc),
      next: Float64Array.from(next),
    },
    tacs: await tx.all<TacRow>(ROWS_OF_BATCH.tacs, [no]),
    crossings: await tx.all<CrossingRow>(ROWS_OF_BATCH.crossings, [no]),
  }
}
