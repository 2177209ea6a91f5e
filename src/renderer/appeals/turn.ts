import { useSyncExternalStore } from 'react'
import { AWAITING_SIGNATURE } from '../app/nextAppeal.ts'
import { engine, queryClient, reading } from '../app/queries.ts'
import { candidates } from './candidates.ts'
import { painted } from './painted.ts'

/**
 * Going on to the next appeal. The one that most likely comes is shown at once, since it was made ready, while the registry is still
 * asked; if the registry gives another one, that one takes its place.
 */
interface Expected {
  readonly id: string
  readonly claim: Promise<string>
}

let expected: Expected | null = null
const listeners = new Set<() => void>()

function expect(next: Expected | null): void {
  expected = next
  for (const tell of listeners) tell()
}

const subscribe = (tell: () => void): (() => void) => {
  listeners.add(tell)
  return () => listeners.delete(tell)
}

/** Whether this appeal is shown while its claim is still on its way. */
export const useBeingClaimed = (id: string): boolean => useSyncExternalStore(subscribe, () => expected?.id === id)

/** Waits for a claim on its way; answers at once when there is none. Whoever asked for the claim hears of its failure. */
export async function claimSettled(): Promise<void> {
  await Promise.allSettled([expected?.claim])
}

/** Grows when the officer went another way than the one he was being led. */
let ways = 0

/** What was asked for before leads the officer nowhere any more: he came back to a decision he took back. */
export function stayHere(): void {
  ways++
}

export type Show = (id: string, instead: boolean) => void

let put: ((id: string) => void) | null = null

/** Takes what puts a review that stands ready on the screen; answers what ends that. */
export function putsOnScreen(by: (id: string) => void): () => void {
  put = by
  return () => {
    if (put === by) put = null
  }
}

/** Shows the review that stands ready; the address, which draws much besides, follows once it was painted. */
async function showReady(guess: string, current: string, show: Show): Promise<void> {
  const [by, way] = [put, ways]
  if (by === null) return show(guess, false)
  by(guess)
  await painted()
  // whoever left for another room meanwhile stays there
  if (put !== by) return
  if (way === ways) show(guess, false)
  else by(current)
}

/**
 * Settles the present appeal, claims the next one and shows it. When settling is refused the present one comes back. Throws
 * ProblemError, `appeal-none-waiting` when the queue is empty.
 */
export async function takeNext(current: string, show: Show, settle: () => Promise<void>): Promise<void> {
  const guess = preparedAfter(current)
  const way = ways
  const settled = settle()
  const claim = settled.then(() => engine.call('claim-appeal', { id: 'next' })).then(({ appeal }) => appeal)
  // a refusal is told once, by what is awaited below
  void Promise.allSettled([claim])
  if (guess !== null) expect({ id: guess, claim })
  const shown = guess === null ? null : showReady(guess, current, show)
  try {
    await settled.catch(async (error: unknown) => {
      await shown
      if (guess !== null) show(current, true)
      throw error
    })
    const given = await claim
    await shown
    await queryClient.invalidateQueries({ queryKey: reading('appeal', { id: given }).queryKey })
    if (given !== guess && way === ways) show(given, guess !== null)
  } finally {
    expect(null)
  }
}

/** Shows the next proposal that awaits this approver's signature; false when there is none. */
export async function showNextToSign(current: string, show: Show): Promise<boolean> {
  const { rows } = await engine.call('appeals', AWAITING_SIGNATURE)
  const next = candidates(rows, current, new Date().toISOString())[0]
  if (next) show(next.id, false)
  return next !== undefined
}

let prepared: readonly string[] = []

/** Remembers which appeals stand ready; said again when more of them is known. */
export function setPrepared(ids: readonly string[]): void {
  prepared = [...ids]
  for (const tell of listeners) tell()
}

const preparedAfter = (current: string): string | null => prepared.find((id) => id !== current) ?? null

/** What stands ready, in its order; another array each time more of it is known. */
export const usePrepared = (): readonly string[] => useSyncExternalStore(subscribe, () => prepared)
