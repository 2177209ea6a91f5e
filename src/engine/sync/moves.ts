import { KEYS_KEPT_UP_TO } from '../../contract/registry/snapshot.ts'
import { businessDate } from '../../domain/businessDate.ts'
import type { Imei14, Instant, Seq } from '../../domain/fact.ts'
import type { Listing } from '../../domain/listing.ts'
import { listingOf, type Policy } from '../../domain/policy.ts'
import { movesListings } from '../../domain/policyChange.ts'
import { factsOfSorted, type StoredFact } from '../db/facts.ts'
import type { Reader, Writer } from '../db/handle.ts'
import { policyAt } from '../db/mirror.ts'
import type { CacheStore } from '../db/store.ts'

/**
 * Moves between lists, counted once for each event that can move any: a batch that came or went, a policy. An IMEI's listing after the
 * event is held against the one before it, so a batch that changes nothing counts nothing. Facts as of a number never change, so
 * neither does what was counted.
 */

const KEYS_A_CHUNK = 5_000

interface State {
  readonly seq: Seq
  readonly working: Seq | null
  readonly after: Imei14
}

const NEXT_MOVING = `SELECT min(s) FROM (
  SELECT min(added_seq) AS s FROM batch WHERE added_seq > ?1
  UNION ALL SELECT min(ended_seq) FROM batch WHERE ended_seq > ?1
  UNION ALL SELECT min(from_seq) FROM policy WHERE from_seq > ?1)`

const stateOf = (cache: Reader): State => {
  const state = cache.query<State>('SELECT seq, working, after FROM move_state WHERE id = 1').get()
  if (!state) throw new Error('the mirror does not know how far moves are counted')
  return state
}

/** Counts the moves of one chunk of IMEIs of the next event, in one transaction with the note of how far it came. False: none left. */
export function movesChunk(cache: CacheStore): boolean {
  const state = stateOf(cache.read)
  const seq = state.working ?? cache.read.value<number | null>(NEXT_MOVING, state.seq) ?? null
  if (seq === null) return false
  const event = eventAt(cache.read, seq)
  const keys = event ? keysOf(cache.read, event, state.working === null ? -1 : state.after) : []
  cache.write((tx) => {
    if (event) note(tx, seq, event, countMoves(tx, seq, event, keys))
    const last = keys.at(-1)
    if (keys.length < KEYS_A_CHUNK || last === undefined)
      tx.run('UPDATE move_state SET seq = ?, working = NULL, after = -1 WHERE id = 1', seq)
    else tx.run('UPDATE move_state SET working = ?, after = ? WHERE id = 1', seq, last)
  })
  return true
}

/** Brings the counted moves up to the cursor; other calls are answered between the chunks. Throws the signal's reason when cancelled. */
export async function movesAtCursor(cache: CacheStore, signal: AbortSignal): Promise<void> {
  while (movesChunk(cache)) {
    await new Promise(setImmediate)
    signal.throwIfAborted()
  }
}

interface MovingEvent {
  readonly at: Instant
  readonly cause: string
  /** Batches whose facts came or went; null: every fact counts anew under another policy. */
  readonly batches: readonly number[] | null
  readonly before: Policy
  readonly after: Policy
}

/** What an event could move; null when it moves nothing. */
function eventAt(cache: Reader, seq: Seq): MovingEvent | null {
  const at = cache.value<Instant>('SELECT at FROM moment WHERE seq = ?', seq)
  if (at === undefined) throw new Error(`the mirror has no event ${seq}`)
  const [before, after] = [policyAt(cache, seq - 1), policyAt(cache, seq)]
  const touched = cache
    .rows<[number, string]>(
      `SELECT no, kind FROM batch WHERE (added_seq = ?1 OR ended_seq = ?1) AND kind NOT IN ('tac', 'border')
       ORDER BY added_seq = ?1 DESC, no`,
    )
    .all(seq)
  const isPolicy = cache.value<number>('SELECT 1 FROM policy WHERE from_seq = ?', seq) === 1
  if (isPolicy) return movesListings(before, after) ? { at, cause: 'policy', batches: null, before, after } : null
  const [first] = touched
  return first === undefined ? null : { at, cause: first[1], batches: touched.map(([no]) => no), before, after }
}

function keysOf(cache: Reader, { batches }: MovingEvent, above: Imei14): Imei14[] {
  const keys = (sql: string, ...bound: (number | string)[]): Imei14[] =>
    cache
      .rows<[Imei14]>(`${sql} LIMIT ${KEYS_A_CHUNK}`)
      .all(...bound)
      .map(([key]) => key)
  if (batches === null) return keys('SELECT DISTINCT imei14 FROM fact WHERE imei14 > ? ORDER BY imei14', above)
  const list = JSON.stringify(batches)
  const large = cache.value<number>(
    `SELECT 1 FROM batch WHERE no IN (SELECT value FROM json_each(?)) AND rows > ${KEYS_KEPT_UP_TO}`,
    list,
  )
  return keys(
    `SELECT DISTINCT imei14 FROM ${large === 1 ? 'fact' : 'batch_imei'}
     WHERE imei14 > ? AND batch IN (SELECT value FROM json_each(?)) ORDER BY imei14`,
    above,
    list,
  )
}

type Moves = Map<string, { readonly from: Listing; readonly to: Listing; count: number }>

function countMoves(cache: Reader, seq: Seq, event: MovingEvent, keys: readonly Imei14[]): Moves {
  const moves: Moves = new Map()
  const listedBefore = remembering(event.before)
  const listedAfter = remembering(event.after)
  const before = factsOfSorted(cache, keys, { seq: seq - 1 })
  for (const { facts } of factsOfSorted(cache, keys, { seq })) {
    const from = listedBefore(before.next().value?.facts ?? [])
    const to = listedAfter(facts)
    if (from.list === to.list) continue
    const key = `${from.list} ${to.list} ${from.reason} ${to.reason}`
    const move = moves.get(key)
    if (move) move.count++
    else moves.set(key, { from, to, count: 1 })
  }
  return moves
}

/** The policy's listing, remembered by the documents the facts are in. */
function remembering(policy: Policy): (facts: readonly StoredFact[]) => Listing {
  const known = new Map<string, Listing>()
  return (facts) => {
    let documents = ''
    for (const { no, doc } of facts) documents += `${no}/${doc} `
    const found = known.get(documents)
    if (found) return found
    const listing = listingOf(facts, policy)
    known.set(documents, listing)
    return listing
  }
}

function note(tx: Writer, seq: Seq, { at, cause }: MovingEvent, moves: Moves): void {
  for (const { from, to, count } of moves.values())
    tx.run(
      `INSERT INTO move(seq, day, cause, from_list, to_list, from_reason, to_reason, count) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (seq, from_list, to_list, from_reason, to_reason) DO UPDATE SET count = count + excluded.count`,
      seq,
      businessDate(at),
      cause,
      from.list,
      to.list,
      from.reason ?? '',
      to.reason ?? '',
      count,
    )
}
