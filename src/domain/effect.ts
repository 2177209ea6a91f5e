import type { Listing } from './listing.ts'

/** What a batch, an undo or a decision does to listings, counted in IMEIs. */
export interface Effect {
  readonly toWhite: number
  readonly toGrey: number
  readonly toBlack: number
  readonly toNone: number
  /** Of those that move: how many were black before. */
  readonly leaveBlack: number
  /** Same list as before. */
  readonly unchanged: number
  /** Touched IMEIs about which an appeal is open. */
  readonly underAppeal: number
}

export type EffectCount = { -readonly [K in keyof Effect]: Effect[K] }

export const noEffect = (): EffectCount => ({
  toWhite: 0,
  toGrey: 0,
  toBlack: 0,
  toNone: 0,
  leaveBlack: 0,
  unchanged: 0,
  underAppeal: 0,
})

const TO = { white: 'toWhite', grey: 'toGrey', black: 'toBlack', none: 'toNone' } as const

/** Adds one IMEI's move to the count. */
export function countMove(into: EffectCount, before: Listing, after: Listing, underAppeal: boolean): void {
  if (before.list === after.list) into.unchanged++
  else {
    into[TO[after.list]]++
    if (before.list === 'black') into.leaveBlack++
  }
  if (underAppeal) into.underAppeal++
}

/** Into or out of black: such an act waits for a second officer. */
export const touchesBlack = (e: Effect): boolean => e.toBlack > 0 || e.leaveBlack > 0
