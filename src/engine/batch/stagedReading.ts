import type { z } from 'zod'
import type { BATCH_CALLS, Staged } from '../../contract/engine/batch.ts'
import { FACT_OF_BATCH } from '../../domain/batch.ts'
import type { BatchField } from '../../domain/checks/batchField.ts'
import type { Fact, FactOp, IsoDate, Network } from '../../domain/fact.ts'
import { imei14Text } from '../../domain/imei.ts'
import { LISTS, type List } from '../../domain/listing.ts'
import { listingOf } from '../../domain/policy.ts'
import { factsOfSorted } from '../db/facts.ts'
import { cursorOf, openAppealImeis, policyAt } from '../db/mirror.ts'
import { openReader } from '../db/openReader.ts'
import type { OwnReader } from '../db/store.ts'
import type { Desk } from '../sync/desk.ts'
import { lettersOfColumn } from './inspect/layout.ts'
import { UNDER_APPEAL } from './stage/stageEffect.ts'
import { stagingPath } from './stage/stagingFile.ts'
import { type StagedRow, stagedOrTrouble } from './stagedBatches.ts'

type In<K extends 'staged-problems' | 'staged-moves'> = z.output<(typeof BATCH_CALLS)[K]['input']>
type Out<K extends 'staged-problems' | 'staged-moves'> = z.input<(typeof BATCH_CALLS)[K]['output']>

const CACHE_MB = 8

function reading<T>(desk: Desk, batch: string, read: (staged: OwnReader, row: StagedRow) => T): T {
  const row = stagedOrTrouble(desk, batch)
  const staged = openReader(stagingPath(desk.home.folder, batch), desk.keyHex, CACHE_MB)
  try {
    return read(staged, row)
  } finally {
    staged.close()
  }
}

type ProblemRow = [row: number, code: string, error: number, field: BatchField | null, value: string, details: string]

/** Problems of staged rows by row number. A page ends with a whole row, so it may hold a few more than asked for. */
export const stagedProblems = (
  desk: Desk,
  { batch, code, afterRow, limit }: In<'staged-problems'>,
): Out<'staged-problems'> =>
  reading(desk, batch, (staged, { doc }) => {
    const columns = 'row, code, error, field, value, details'
    const last =
      code === null
        ? 'SELECT max(row) FROM (SELECT row FROM problem WHERE row > ? ORDER BY row LIMIT ?)'
        : 'SELECT max(row) FROM (SELECT row FROM problem WHERE row > ? AND code = ? ORDER BY row LIMIT ?)'
    const upTo =
      code === null
        ? staged.value<number | null>(last, afterRow, limit)
        : staged.value<number | null>(last, afterRow, code, limit)
    if (upTo === null || upTo === undefined) return { rows: [] }
    const rows =
      code === null
        ? staged
            .rows<ProblemRow>(`SELECT ${columns} FROM problem WHERE row > ? AND row <= ? ORDER BY row, ord`)
            .all(afterRow, upTo)
        : staged
            .rows<ProblemRow>(
              `SELECT ${columns} FROM problem WHERE code = ? AND row > ? AND row <= ? ORDER BY row, ord`,
            )
            .all(code, afterRow, upTo)
    const { headers, mapping, sheet } = doc.layout
    return {
      rows: rows.map(([row, problem, error, field, value, details]) => {
        const column = field === null ? undefined : mapping[field]
        return {
          row,
          sheet,
          code: problem,
          severity: error === 1 ? 'error' : 'warning',
          field,
          column: column === undefined ? '' : headers[column] || lettersOfColumn(column),
          value,
          details: JSON.parse(details) as Record<string, string | number>,
        }
      }),
    }
  })

type Move = NonNullable<In<'staged-moves'>['move']>
const TO: Readonly<Partial<Record<Move, List>>> = { toWhite: 'white', toGrey: 'grey', toBlack: 'black', toNone: 'none' }

/** Values of `fact.move` that count for a move of the effect. */
function moveCodes(move: Move | null): readonly number[] {
  const codes: number[] = []
  LISTS.forEach((before, b) => {
    LISTS.forEach((after, a) => {
      for (const appeal of [0, UNDER_APPEAL]) {
        const moves = before !== after
        const wanted =
          move === null
            ? moves
            : move === 'underAppeal'
              ? appeal !== 0
              : moves && (move === 'leaveBlack' ? before === 'black' : after === TO[move])
        if (wanted) codes.push(b * 4 + a + appeal)
      }
    })
  })
  return codes
}

type MovedRow = [imei14: number, op: FactOp | null, date: IsoDate, network: Network | null]

/** IMEIs that move, ascending, with what they are and what they would become on the mirror as it stands now. */
export const stagedMoves = (desk: Desk, { batch, move, after, limit }: In<'staged-moves'>): Out<'staged-moves'> =>
  reading(desk, batch, (staged, { doc }) => {
    const from = after === null ? -1 : Number(after)
    const codes = JSON.stringify(moveCodes(move))
    const wanted = 'IN (SELECT value FROM json_each(?2))'
    const rows = staged
      .rows<MovedRow>(
        `SELECT f.imei14, d.op, d.date, d.network FROM
           (SELECT imei14, doc FROM (SELECT imei14, doc FROM fact WHERE imei14 > ?1 AND move ${wanted} ORDER BY imei14 LIMIT ?3)
            UNION ALL SELECT imei14, 0 FROM (SELECT imei14 FROM gone WHERE imei14 > ?1 AND move ${wanted} ORDER BY imei14 LIMIT ?3)
            ORDER BY 1 LIMIT ?3) f
         LEFT JOIN doc d ON d.no = f.doc ORDER BY f.imei14`,
      )
      .all(from, codes, limit)
    return { moves: movesOf(desk, doc.staged, doc.full, rows) }
  })

function movesOf(desk: Desk, staged: Staged, full: boolean, rows: readonly MovedRow[]): Out<'staged-moves'>['moves'] {
  const cache = desk.home.cache.read
  const policy = policyAt(cache, cursorOf(cache).seq)
  const appeals = openAppealImeis(cache)
  const kind = FACT_OF_BATCH[staged.kind]
  if (kind === null) return []
  const facts = [
    ...factsOfSorted(
      cache,
      rows.map(([imei14]) => imei14),
    ),
  ]
  return rows.map(([imei14, op, date, network], i) => {
    const known = facts[i]?.facts ?? []
    const kept = full ? known.filter((f) => f.kind !== kind || f.source !== staged.source) : known
    const made: Fact[] =
      op === null
        ? []
        : [
            {
              kind,
              op,
              date,
              source: staged.source,
              batch: staged.batch,
              seq: Number.POSITIVE_INFINITY,
              ...(network === null ? {} : { network }),
            },
          ]
    return {
      imei14: imei14Text(imei14),
      before: listingOf(known, policy),
      after: listingOf([...kept, ...made], policy),
      appeal: appeals.get(imei14) ?? null,
    }
  })
}
