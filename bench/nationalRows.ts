import { randomUUID } from 'node:crypto'
import { record } from '../src/registry/db/log/queries.ts'
import type { Database } from '../src/registry/db/pool.ts'
import { type Tx, transaction } from '../src/registry/db/transaction.ts'

/** Shares of the country's lists: of ten million IMEIs some 1.3 % are black and 8.9 % grey. */
const BLACK = 127_682 / 10_000_000
const GREY = 886_003 / 10_000_000
const WHITE_BATCHES = 10
export const ROWS_A_DOC = 500
/** Keys with gaps as real serials have. */
export const FIRST_KEY = 86_000_000_000_000
export const KEY_STEP = 7

export interface Lot {
  readonly kind: 'customs' | 'operator' | 'stolen'
  readonly source: 'customs' | 'kcell' | 'police'
  readonly from: number
  readonly step: number
  readonly count: number
}

/** Batches that together hold so many listings: white ones in interleaved customs batches, grey and black ones behind them. */
export function nationalLots(listings: number, batches = WHITE_BATCHES): Lot[] {
  const black = Math.round(listings * BLACK)
  const grey = Math.round(listings * GREY)
  const white = listings - black - grey
  const lots: Lot[] = Array.from({ length: batches }, (_, i) => ({
    kind: 'customs' as const,
    source: 'customs' as const,
    from: i,
    step: batches,
    count: Math.floor((white - i + batches - 1) / batches),
  }))
  lots.push({ kind: 'operator', source: 'kcell', from: white, step: 1, count: grey })
  lots.push({ kind: 'stolen', source: 'police', from: white + grey, step: 1, count: black })
  return lots
}

/** Fills an empty registry with so many listings, made by PostgreSQL itself. Answers the number of rows. */
export async function fillNational(db: Database, listings: number, batches = WHITE_BATCHES): Promise<number> {
  const lots = nationalLots(listings, batches)
  for (const [i, lot] of lots.entries())
    await transaction(db, async (tx) => {
      await addBatch(tx, i + 1, lot)
      await addRows(tx, i + 1, lot)
    })
  await db.run('UPDATE facts_writer SET last_batch = $1', [lots.length])
  await db.run('ANALYZE')
  return listings
}

/** A batch and its event, without any row. Answers the event's number. */
export async function addBatch(tx: Tx, no: number, { kind, source, count }: Lot): Promise<number> {
  const at = '2026-01-10T06:00:00.000Z'
  const id = randomUUID()
  const head = {
    id,
    kind,
    source,
    letter: '',
    full: false,
    file: { name: 'bench', sha256: '0'.repeat(64) },
    content: no.toString(16).padStart(64, '0'),
    counts: { rows: count, accepted: count, rejected: 0, duplicates: 0, problems: {}, imeis: count },
    accepted: [],
  }
  const effect = { toWhite: 0, toGrey: 0, toBlack: 0, toNone: 0, leaveBlack: 0, unchanged: 0, underAppeal: 0 }
  const segments = [{ sha256: head.content, rows: count, bytes: 0 }]
  const event = { no, head, segments, effect, by: 'bench', desk: id, command: id, signedBy: [], replaces: [] }
  const seq = await record(tx, at, [{ type: 'batch-committed', doc: event }], [])
  await tx.run(
    `INSERT INTO batch (no, id, kind, source, content, head, segments, effect, reviewed, made_by, desk, command, state, added_seq, accepted_at)
     VALUES ($1, $2::uuid, $3, $4, $5, $6, $7, $8, '', 'bench', $2::uuid::text, $2::uuid::text, 'committed', $9, $10)`,
    [
      no,
      id,
      kind,
      source,
      head.content,
      JSON.stringify(head),
      JSON.stringify(segments),
      JSON.stringify(effect),
      seq,
      at,
    ],
  )
  return seq
}

async function addRows(tx: Tx, no: number, { kind, from, step, count }: Lot): Promise<void> {
  const network = kind === 'operator' ? 'home' : null
  await tx.run(
    `INSERT INTO doc (batch, no, op, date, network, data)
     SELECT $1, n, 'add', date '2025-10-01' + (n % 60)::integer, $2::text, '{"declaration":"50000/' || lpad(n::text, 9, '0') || '","brand":"Sample"}'
     FROM generate_series(0, ($3::bigint - 1) / ${ROWS_A_DOC}) AS n`,
    [no, network, count],
  )
  await tx.run(
    `INSERT INTO fact (imei14, batch, doc, next)
     SELECT ${FIRST_KEY} + ($2::bigint + n * $3::bigint) * ${KEY_STEP}, $1, n / ${ROWS_A_DOC}, 0 FROM generate_series(0, $4::bigint - 1) AS n`,
    [no, from, step, count],
  )
  if (kind === 'customs') return
  await tx.run(
    `INSERT INTO listing (imei14, list, reason, since, deadline)
     SELECT ${FIRST_KEY} + ($1::bigint + n) * ${KEY_STEP}, $2::text, $3::text, date '2025-10-01' + (n / ${ROWS_A_DOC} % 60)::integer,
       CASE WHEN $2::text = 'grey' THEN date '2026-01-01' + (n / ${ROWS_A_DOC} % 60)::integer END
     FROM generate_series(0, $4::bigint - 1) AS n`,
    [from, kind === 'operator' ? 'grey' : 'black', kind === 'operator' ? 'not-confirmed' : 'stolen', count],
  )
}
