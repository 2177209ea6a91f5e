import { createHash } from 'node:crypto'
import { crossingText } from '../../contract/fingerprint.ts'
import type { BatchHead } from '../../contract/registry.ts'
import { FACT_OF_BATCH } from '../../domain/batch.ts'
import type { Network } from '../../domain/fact.ts'
import type { SampleBatch, SampleBatchHead, SampleDoc, SampleTac, StreamedBatch } from '../../sample/shape.ts'
import { type BatchRows, type DocRow, factColumns, type TacRow } from '../segment/batchRows.ts'
import { contentOf } from '../segment/contentOf.ts'

const docRows = (docs: readonly SampleDoc[]): Map<number, DocRow> =>
  new Map(
    docs.map((d, no) => [
      no,
      { no, op: d.op, date: d.date, network: d.network as Network | null, data: JSON.stringify(d.data) },
    ]),
  )

const tacRows = (tacs: readonly SampleTac[]): TacRow[] =>
  tacs.map((t) => ({ ...t, data: JSON.stringify(t.data) })).sort((a, b) => a.tac - b.tac)

/** The rows of a batch of the small sample. */
export const rowsOf = (batch: SampleBatch): BatchRows => ({
  docs: docRows(batch.docs),
  facts: factColumns(batch.facts),
  tacs: tacRows(batch.tacs),
  crossings: batch.crossings
    .map((c) => ({ c, text: crossingText(c) }))
    .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
    .map(({ c }, no) => ({ no, ...c })),
})

/** The rows of a streamed batch, gathered in columns. */
export function rowsOfStream(batch: StreamedBatch): BatchRows {
  const column = () => new Float64Array(batch.count)
  const facts = { length: 0, imei14: column(), doc: column(), next: column() }
  for (const row of batch.rows()) {
    facts.imei14[facts.length] = row.imei14
    facts.doc[facts.length] = row.doc
    facts.next[facts.length] = row.next
    facts.length++
  }
  return { docs: docRows(batch.docs), facts, tacs: tacRows(batch.tacs), crossings: [] }
}

/** What a batch of the sample says of itself, as if a desk had imported its file without a bad row. */
export async function headOf(batch: SampleBatchHead, rows: BatchRows, id: string): Promise<BatchHead> {
  const n = rows.facts.length + rows.tacs.length + rows.crossings.length
  return {
    id,
    kind: batch.kind,
    source: batch.source,
    letter: batch.letter,
    full: false,
    file: { name: batch.file, sha256: createHash('sha256').update(batch.file).digest('hex') },
    content: await contentOf(rows, { kind: batch.kind, source: batch.source, full: false }),
    counts: {
      rows: n,
      accepted: n,
      rejected: 0,
      duplicates: 0,
      problems: {},
      imeis: FACT_OF_BATCH[batch.kind] ? rows.facts.length : 0,
    },
    accepted: [],
  }
}
