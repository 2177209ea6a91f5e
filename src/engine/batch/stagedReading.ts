import type { z } from 'zod'
import type { BATCH_CALLS, Staged } from '../../contract/engine/batch.ts'
import { FACT_OF_BATCH } from '../../domain/batch.ts'
import type { BatchField } from '../../domain/checks/batchField.ts'
import type { Fact, FactOp, Imei14, IsoDate, Network } from '../../domain/fact.ts'
import { imei14Text } from '../../domain/imei.ts'
import { LISTS, type List } from '../../domain/listing.ts'
import { listingOf } from '../../domain/policy.ts'
import { factsOfSorted } from '../db/facts.ts'
import type { Reader } from '../db/handle.ts'
import { cursorOf, openAppealImeis, policyAt } from '../db/mirror.ts'
import { openReader } from '../db/openReader.ts'
import type { OwnReader } from '../db/store.ts'
import type { Desk } from '../sync/desk.ts'
import { lettersOfColumn } from './inspect/layout.ts'
import { factBlocks } from './stage/factBlocks.ts'
import { rareOf, UNDER_APPEAL } from './stage/moves.ts'
import { rowsPath, type StagedRow, stagedOrTrouble } from './stagedBatches.ts'

type In<K extends 'staged-problems' | 'staged-moves'> = z.output<(typeof BATCH_CALLS)[K]['input']>
type Out<K extends 'staged-problems' | 'staged-moves'> = z.input<(typeof BATCH_CALLS)[K]['output']>

const CACHE_MB = 8

export function reading<T>(desk: Desk, batch: string, read: (staged: OwnReader, row: StagedRow) => T): T {
  const row = stagedOrTrouble(desk, batch)
  const staged = openReader(rowsPath(desk.home.folder, row), desk.keyHex, CACHE_MB)
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
              : move === 'whiteToBlack'
                ? before === 'white' && after === 'black'
                : moves && (move === 'leaveBlack' ? before === 'black' : after === TO[move])
        if (wanted) codes.push(b * 4 + a + appeal)
      }
    })
  })
  return codes
}

type DocRow = [op: FactOp, date: IsoDate, network: Network | null]
/** `doc` 0: only in a list that this one replaces. */
interface Moved {
  readonly imei14: Imei14
  readonly doc: number
}

/** IMEIs that move, ascending, with what they are and what they would become on the mirror as it stands now. */
export const stagedMoves = (desk: Desk, { batch, move, after, limit }: In<'staged-moves'>): Out<'staged-moves'> =>
  reading(desk, batch, (staged, { doc }) => {
    const from = after === null ? -1 : Number(after)
    const codes = moveCodes(move)
    const rare = rareOf(staged, codes)
    const frequent = new Set(codes.filter((code) => !rare.has(code)))
    const moved = [...frequentMoves(staged, frequent, from, limit), ...rareMoves(staged, codes, rare, from, limit)]
      .sort((a, b) => a.imei14 - b.imei14)
      .slice(0, limit)
    return { moves: movesOf(desk, staged, doc.staged, doc.full, moved) }
  })

/** Moves that many IMEIs of a file make are found by reading on from where the page begins. */
function frequentMoves(staged: Reader, wanted: ReadonlySet<number>, after: number, limit: number): Moved[] {
  const found: Moved[] = []
  if (wanted.size === 0) return found
  for (const block of factBlocks(staged, after))
    for (let i = 0; i < block.count; i++) {
      const imei14 = block.keys[i] as number
      if (imei14 <= after || !wanted.has(block.moves[i] as number)) continue
      found.push({ imei14, doc: block.docs[i] as number })
      if (found.length === limit) return found
    }
  return found
}

function rareMoves(
  staged: Reader,
  codes: readonly number[],
  rare: ReadonlySet<number>,
  after: number,
  limit: number,
): Moved[] {
  return staged
    .query<Moved>(
      `SELECT imei14, doc FROM rare_move WHERE move IN (SELECT value FROM json_each(?1)) AND imei14 > ?2
       UNION ALL SELECT imei14, 0 FROM gone WHERE move IN (SELECT value FROM json_each(?3)) AND imei14 > ?2
       ORDER BY 1 LIMIT ?4`,
    )
    .all(JSON.stringify([...rare]), after, JSON.stringify(codes), limit)
}

function movesOf(
  desk: Desk,
  rows: Reader,
  staged: Staged,
  full: boolean,
  moved: readonly Moved[],
): Out<'staged-moves'>['moves'] {
  const cache = desk.home.cache.read
  const policy = policyAt(cache, cursorOf(cache).seq)
  const appeals = openAppealImeis(cache)
  const keys = moved.map((m) => m.imei14)
  const facts = [...factsOfSorted(cache, keys)]
  return moved.map(({ imei14, doc }, i) => {
    const known = facts[i]?.facts ?? []
    const made = doc === 0 ? [] : [factOfDoc(rows, staged, doc)]
    const kind = FACT_OF_BATCH[staged.kind]
    const kept = full ? known.filter((f) => f.kind !== kind || f.source !== staged.source) : known
    return {
      imei14: imei14Text(imei14),
      before: listingOf(known, policy),
      after: listingOf([...kept, ...made], policy),
      appeal: appeals.get(imei14) ?? null,
    }
  })
}

function factOfDoc(rows: Reader, staged: Staged, no: number): Fact {
  const kind = FACT_OF_BATCH[staged.kind]
  const doc = rows.rows<DocRow>('SELECT op, date, network FROM doc WHERE no = ?').get(no)
  if (!doc || kind === null) throw new Error(`document ${no} of ${staged.batch} is not staged`)
  const [op, date, network] = doc
  const fact = { kind, op, date, source: staged.source, batch: staged.batch, seq: Number.POSITIVE_INFINITY }
  return network === null ? fact : { ...fact, network }
}
