import { KEYS_KEPT_UP_TO } from '../../contract/registry/snapshot.ts'
import type { Imei14, Seq } from '../../domain/fact.ts'
import { type Listing, sameListing } from '../../domain/listing.ts'
import { listingOf, type Policy } from '../../domain/policy.ts'
import { factsOfSorted, type StoredFact } from '../db/facts.ts'
import type { Reader, SqlValue } from '../db/handle.ts'
import { type Traits, traitsOf } from '../db/listingTraits.ts'
import { cursorOf, policyAt } from '../db/mirror.ts'
import type { CacheStore } from '../db/store.ts'

/** In the place of a batch: the IMEIs that are listed. */
export const RELIST_LISTED = -1
const KEYS_A_CHUNK = 5_000

interface Task {
  readonly seq: Seq
  readonly batch: number
  readonly after: Imei14
}

const nextTask = (cache: Reader): Task | undefined =>
  cache.query<Task>('SELECT seq, batch, after FROM relist ORDER BY seq, batch LIMIT 1').get()

/** True while stored listings lag behind the facts. */
export const isRelisting = (cache: Reader): boolean => nextTask(cache) !== undefined

/**
 * Merges the stored listings (grey, black) with the facts of one chunk of touched IMEIs, in one transaction with the note of how far
 * it came. Answers how many IMEIs it went through, or null when nothing was left to do.
 */
export function relistChunk(cache: CacheStore): number | null {
  const task = nextTask(cache.read)
  if (!task) return null
  const keys = keysOf(cache.read, task)
  const listedOf = rememberingListings(cache.read, policyAt(cache.read, cursorOf(cache.read).seq))
  cache.write((tx) => {
    const stored = storedListings(tx, keys)
    const fresh: SqlValue[][] = []
    const changed: SqlValue[][] = []
    for (const { imei14, facts } of factsOfSorted(tx, keys)) {
      const now = listedOf(facts)
      const before = stored.get(imei14)
      if (!isStored(now)) {
        if (!before) continue
        tx.run('DELETE FROM listing WHERE imei14 = ?', imei14)
      } else if (!before) fresh.push([imei14, ...columnsOf(now)])
      else if (sameListing(before, now) && sameTraits(before, now)) continue
      else tx.run(UPDATE_LISTING, ...columnsOf(now), imei14)
      changed.push([imei14])
    }
    tx.insertSorted('listing', ['imei14', ...COLUMNS], fresh)
    tx.insertSorted('listing_log', ['imei14'], changed.length > MOST_LOGGED ? [[ALL_ANEW]] : changed)
    tx.run(FORGET_OLD_LOG)
    const last = keys.at(-1)
    if (keys.length < KEYS_A_CHUNK || last === undefined)
      tx.run('DELETE FROM relist WHERE seq = ? AND batch = ?', task.seq, task.batch)
    else tx.run('UPDATE relist SET after = ? WHERE seq = ? AND batch = ?', last, task.seq, task.batch)
  })
  return keys.length
}

function keysOf(cache: Reader, { batch, after }: Task): Imei14[] {
  const keys = (sql: string, ...bound: number[]): Imei14[] =>
    cache
      .rows<[Imei14]>(`${sql} LIMIT ${KEYS_A_CHUNK}`)
      .all(...bound)
      .map(([key]) => key)
  if (batch === 0) return keys('SELECT DISTINCT imei14 FROM fact WHERE imei14 > ? ORDER BY imei14', after)
  if (batch === RELIST_LISTED) return keys('SELECT imei14 FROM listing WHERE imei14 > ? ORDER BY imei14', after)
  const rows = cache.value<number>('SELECT rows FROM batch WHERE no = ?', batch) ?? 0
  return rows <= KEYS_KEPT_UP_TO
    ? keys('SELECT imei14 FROM batch_imei WHERE batch = ? AND imei14 > ? ORDER BY imei14', batch, after)
    : keys('SELECT imei14 FROM fact WHERE imei14 > ? AND batch = ? ORDER BY imei14', after, batch)
}

type Listed = Listing & Traits

function storedListings(cache: Reader, keys: readonly Imei14[]): Map<Imei14, Listed> {
  const rows = cache.query<Listed & { imei14: Imei14 }>(
    `SELECT l.imei14, ${COLUMNS.map((name) => `l.${name}`).join(', ')}
     FROM json_each(?) k CROSS JOIN listing l ON l.imei14 = k.value`,
  )
  return new Map(rows.all(JSON.stringify(keys)).map((row) => [row.imei14, row]))
}

/** Only grey and black are stored. */
const isStored = (l: Listing): boolean => l.list === 'grey' || l.list === 'black'

const COLUMNS = ['list', 'reason', 'since', 'deadline', 'operator', 'region', 'importer'] as const
const columnsOf = (now: Listed): SqlValue[] => COLUMNS.map((name) => now[name])
const UPDATE_LISTING = `UPDATE listing SET ${COLUMNS.map((name) => `${name} = ?`).join(', ')} WHERE imei14 = ?`
/** Of a large list the log only says that all is to be read anew. */
const MOST_LOGGED = 1000
const ALL_ANEW = 0
/** What reads the log and is further behind reads everything anew. */
const FORGET_OLD_LOG = 'DELETE FROM listing_log WHERE n < (SELECT max(n) FROM listing_log) - 100000'

const sameTraits = (a: Traits, b: Traits): boolean =>
  a.operator === b.operator && a.region === b.region && a.importer === b.importer

/**
 * The policy's listing, remembered by the documents the facts are in: rows of one declaration or one day of sightings are listed
 * alike. For one chunk, in which the policy stays the same.
 */
function rememberingListings(cache: Reader, policy: Policy): (facts: readonly StoredFact[]) => Listed {
  const known = new Map<string, Listed>()
  return (facts) => {
    let documents = ''
    for (const { no, doc } of facts) documents += `${no}/${doc} `
    let listed = known.get(documents)
    if (!listed) {
      listed = { ...listingOf(facts, policy), ...traitsOf(cache, facts) }
      known.set(documents, listed)
    }
    return listed
  }
}
