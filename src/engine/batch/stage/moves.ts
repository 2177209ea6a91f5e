import type { Imei14 } from '../../../domain/fact.ts'
import { LISTS, type Listing } from '../../../domain/listing.ts'
import type { Reader } from '../../db/handle.ts'

/** A move is kept as one small number: list before × 4 + list after, in the order of LISTS, and this when an appeal is open. */
export const UNDER_APPEAL = 16

export const moveOf = (before: Listing, after: Listing, underAppeal: boolean): number =>
  LISTS.indexOf(before.list) * 4 + LISTS.indexOf(after.list) + (underAppeal ? UNDER_APPEAL : 0)

/** What most IMEIs of a file do: come from no list, or stay where they are. The others are kept by themselves as well. */
const isOrdinary = (move: number): boolean => move < UNDER_APPEAL && (move >= 12 || move % 5 === 0)

/** So many IMEIs of one move are kept by themselves; what happens oftener is soon found by reading on through the facts. */
const KEPT = 10_000

/** Picks the IMEIs whose move is rare in a file, so that three among a million are found at once. */
export class RareMoves {
  readonly #counts = new Map<number, number>()
  readonly #keep: (row: [move: number, imei14: Imei14, doc: number]) => void

  constructor(keep: (row: [move: number, imei14: Imei14, doc: number]) => void) {
    this.#keep = keep
  }

  add(move: number, imei14: Imei14, doc: number): void {
    if (isOrdinary(move)) return
    const count = (this.#counts.get(move) ?? 0) + 1
    this.#counts.set(move, count)
    if (count <= KEPT) this.#keep([move, imei14, doc])
  }
}

/** Of some moves, those that are all in `rare_move`; the others are to be found among the facts. */
export function rareOf(staged: Reader, moves: readonly number[]): ReadonlySet<number> {
  const counts = new Map(staged.rows<[number, number]>('SELECT move, count(*) FROM rare_move GROUP BY move').all())
  return new Set(moves.filter((move) => !isOrdinary(move) && (counts.get(move) ?? 0) < KEPT))
}
