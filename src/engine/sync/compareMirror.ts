import { type DigestPart, RANGE_WIDTHS, ROWS_COMPARED } from '../../contract/registry/digestRanges.ts'
import type { Seq } from '../../domain/fact.ts'
import { ProblemError } from '../../domain/problem.ts'
import { ALL_IMEIS, type RangeDigest, rangeDigests } from '../db/cacheDigest.ts'
import type { Reader } from '../db/handle.ts'
import type { Home } from '../db/home.ts'
import { recountLists } from '../db/listWriter.ts'
import { cursorOf, listedSeqOf } from '../db/mirror.ts'
import { type ComparingAppeals, compareAppeals } from './compareAppeals.ts'
import { repairFacts, repairListings } from './compareRows.ts'
import type { RegistryClient } from './registryClient.ts'
import { RELIST_LISTED } from './relist.ts'

export interface Comparing {
  readonly home: Home
  readonly client: Pick<RegistryClient, 'digest' | 'digestRanges' | 'factRows' | 'listingRows'> &
    ComparingAppeals['client']
  /** Brings the mirror and its stored lists up to the registry. */
  readonly catchUp: () => Promise<void>
  /** Brings the stored lists up to where the mirror stands. */
  readonly mergeLists: () => Promise<void>
  /** Runs `work` while nothing comes from the registry. */
  readonly still: (work: () => Promise<Compared | null>) => Promise<Compared | null>
  readonly signal: AbortSignal
}

/** What the mirror was found to be. Rows are those of the ranges that differed. */
export interface Compared {
  readonly seq: Seq
  /** The mirror is the registry's now. */
  readonly equal: boolean
  /** Live facts. */
  readonly rows: number
  readonly digest: string
  /** Rows that differed and were put right. */
  readonly repaired: {
    readonly facts: number
    readonly listings: number
    readonly appeals: number
    readonly ranges: readonly string[]
  }
}

/** Beyond so many rows a mirror is not repaired row by row. */
const MOST_REPAIRED = 100_000
/** So often the mirror may move on while it is compared; then news wait until it is done: where many officers work it never rests. */
const MOVING_TRIES = 2
const TRIES = 6
const NAMED_RANGES = 20

/**
 * Holds the mirror against the registry by digest, goes down to the rows that differ, and makes them the registry's. A mirror that
 * differs in more than can be repaired, or still differs afterwards, answers `equal` false: it is to be built anew.
 */
export async function compareMirror(p: Comparing): Promise<Compared> {
  for (let tries = 1; ; tries++) {
    await p.catchUp()
    try {
      const found = await (tries <= MOVING_TRIES ? compareAt(p) : p.still(() => compareStill(p)))
      if (found) return found
    } catch (error) {
      // the registry stood in the middle of an act
      const between = error instanceof ProblemError && error.problem.code === 'digest-between'
      if (!between || tries >= TRIES) throw error
    }
    // the mirror moved on while it was read
    if (tries >= TRIES) throw new Error('the mirror does not stand still')
  }
}

async function compareStill(p: Comparing): Promise<Compared | null> {
  await p.mergeLists()
  return compareAt(p)
}

async function compareAt(p: Comparing): Promise<Compared | null> {
  const { cache } = p.home
  const { seq } = cursorOf(cache.read)
  if (listedSeqOf(cache.read) !== seq) return null
  const isThere = (): boolean => cursorOf(cache.read).seq === seq && listedSeqOf(cache.read) === seq
  const theirs = await p.client.digest(seq)
  let mine = await sums(p)
  if (!isThere()) return null
  const repaired = { facts: 0, listings: 0, ranges: [] as string[] }
  for (const part of ['facts', 'listings'] as const) {
    if (isSame(mine[part], theirs[part])) continue
    for (const range of await differing(p, part, seq)) {
      if (!isThere()) return null
      repaired[part] += await repairRange(p, part, seq, range)
      if (repaired.ranges.length < NAMED_RANGES) repaired.ranges.push(`${part} ${range.from}-${range.to - 1}`)
      if (repaired[part] > MOST_REPAIRED) break
    }
  }
  if (repaired.facts + repaired.listings > 0) {
    mine = await sums(p)
    if (!isThere()) return null
    // what is derived from facts beside the list itself is merged anew
    cache.write((tx) => {
      recountLists(tx)
      tx.run('INSERT OR IGNORE INTO relist(seq, batch, after) VALUES (?, ?, -1)', seq, RELIST_LISTED)
    })
  }
  // lists that were just repaired are merged behind it; appeals do not hang on them
  const stands = (): boolean => cursorOf(cache.read).seq === seq
  const appeals = await compareAppeals({ cache, client: p.client, seq, isThere: stands })
  if (!appeals) return null
  return {
    seq,
    equal: isSame(mine.facts, theirs.facts) && isSame(mine.listings, theirs.listings) && appeals.equal,
    rows: mine.facts.rows,
    digest: `${mine.facts.digest}-${mine.listings.digest}-${appeals.digest}`,
    repaired: { ...repaired, appeals: appeals.repaired },
  }
}

interface Sum {
  readonly rows: number
  readonly digest: string
}
const isSame = (a: Sum, b: Sum): boolean => a.rows === b.rows && a.digest === b.digest
const NOTHING: Sum = { rows: 0, digest: '0.0' }
const EVERYTHING = { from: 0, to: ALL_IMEIS, width: ALL_IMEIS }

const sums = async (p: Comparing): Promise<Record<DigestPart, Sum>> => ({
  facts: (await ranged(p, 'facts', EVERYTHING))[0] ?? NOTHING,
  listings: (await ranged(p, 'listings', EVERYTHING))[0] ?? NOTHING,
})

interface Range {
  readonly from: number
  /** First IMEI behind it. */
  readonly to: number
}

const reader = (p: Comparing): Reader => p.home.cache.read

const ranged = (p: Comparing, part: DigestPart, of: Range & { width: number }): Promise<RangeDigest[]> =>
  rangeDigests(reader(p), part, of, async () => {
    p.signal.throwIfAborted()
    await new Promise((resolve) => setImmediate(resolve))
  })

/** The ranges that differ, narrow enough to be compared row by row. */
async function differing(
  p: Comparing,
  part: DigestPart,
  seq: Seq,
  within: Range = EVERYTHING,
  level = 0,
): Promise<Range[]> {
  const width = RANGE_WIDTHS[level]
  if (width === undefined) return [within]
  const of = { ...within, width }
  const theirs = new Map((await p.client.digestRanges(part, seq, of)).ranges.map((r) => [r.from, r]))
  const mine = new Map((await ranged(p, part, of)).map((r) => [r.from, r]))
  const found: Range[] = []
  for (const from of [...new Set([...mine.keys(), ...theirs.keys()])].sort((a, b) => a - b)) {
    const [a, b] = [mine.get(from) ?? NOTHING, theirs.get(from) ?? NOTHING]
    if (isSame(a, b)) continue
    const range = { from: Math.max(from, within.from), to: Math.min(from + width, within.to) }
    if (Math.max(a.rows, b.rows) <= ROWS_COMPARED) found.push(range)
    else found.push(...(await differing(p, part, seq, range, level + 1)))
  }
  return found
}

async function repairRange(p: Comparing, part: DigestPart, seq: Seq, range: Range): Promise<number> {
  const { cache } = p.home
  if (part === 'facts') {
    const theirs = await p.client.factRows(seq, range.from, range.to)
    return cache.write((tx) => repairFacts(tx, range, theirs))
  }
  const theirs = await p.client.listingRows(seq, range.from, range.to)
  return cache.write((tx) => repairListings(tx, range, theirs))
}
