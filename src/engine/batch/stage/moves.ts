import { LISTS, type Listing } from '../../../domain/listing.ts'

/** A move is kept as one small number: list before × 4 + list after, in the order of LISTS, and this when an appeal is open. */
export const UNDER_APPEAL = 16

export const moveOf = (before: Listing, after: Listing, underAppeal: boolean): number =>
  LISTS.indexOf(before.list) * 4 + LISTS.indexOf(after.list) + (underAppeal ? UNDER_APPEAL : 0)

/** What most IMEIs of a file do: come from no list, or stay where they are. The others are kept by themselves as well. */
export const isOrdinaryMove = (move: number): boolean => move < UNDER_APPEAL && (move >= 12 || move % 5 === 0)
