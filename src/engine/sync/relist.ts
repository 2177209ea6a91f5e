import { KEYS_KEPT_UP_TO } from '../../contract/registry/snapshot.ts'
import type { Imei14, Seq } from '../../domain/fact.ts'
import { listingOf, type Policy } from '../../domain/policy.ts'
import { factOfDoc, type LiveBatch, liveBatches, type StoredFact } from '../db/facts.ts'
import type { Reader, Writer } from '../db/handle.ts'
import { traitsOf } from '../db/listingTraits.ts'
import { type Entry, forgetUnsaid, ListWriter } from '../db/listWriter.ts'
import { cursorOf, policyAt } from '../db/mirror.ts'
import type { CacheStore } from '../db/store.ts'
import { listApart, type Stretch, stretchOf } from './relistApart.ts'

/** In the place of a batch: the IMEIs that are listed. */
export const RELIST_LISTED = -1
/** Of one transaction: some 30 ms, of IMEIs with a history 60. */
const KEYS_A_CHUNK = 30_000

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
 * Merges the stored lists (grey, black) with the facts of one chunk of touched IMEIs, in one transaction with the note of how far
 * it came. Answers how many IMEIs it went through, or null when nothing was left to do.
 */
export function relistChunk(cache: CacheStore): number | null {
  const task = nextTask(cache.read)
  if (!task) return null
  return cache.write((tx) => {
    const lists = new ListWriter(tx)
    const live = liveBatches(tx, {})
    const entries = rememberingEntries(tx, policyAt(tx, cursorOf(tx).seq), live, lists)
    const keys = keysOfTask(tx, task.batch)
    const stretch = keys === 'large' ? stretchOf(tx, task.batch, task.after, KEYS_A_CHUNK) : null
    const isApart = stretch && listApart(tx, stretch, live, lists, (doc) => entries.ofDoc(task.batch, doc))
    const merged = stretch && isApart ? apart(tx, stretch) : mergeEach(tx, task, keys, lists, entries.ofFacts)
    lists.finish()
    tx.run(FORGET_OLD_LOG)
    noteDone(tx, task, merged)
    return merged.keys
  })
}

interface Merged {
  readonly keys: number
  readonly last: Imei14 | undefined
}

function apart(tx: Writer, { keys, last }: Stretch): Merged {
  tx.run(LOG, ALL_ANEW)
  return { keys, last }
}

/** Looks at all facts of each IMEI. */
function mergeEach(
  tx: Writer,
  { batch, after }: Task,
  keys: keyof typeof KEYS_OF,
  lists: ListWriter,
  entryOf: (rows: readonly Row[], first: number, end: number) => Entry,
): Merged {
  const rows = tx.rows<Row>(factsOfKeysSql(keys)).all(...(batch > 0 ? [after, batch] : [after]))
  const changed: [Imei14][] = []
  let count = 0
  for (let at = 0; at < rows.length; count++) {
    const [imei14, , , stored] = rows[at] as Row
    const first = at
    do at++
    while (rows[at]?.[0] === imei14)
    const now = entryOf(rows, first, at)
    const before = stored ?? 0
    if (now === before) continue
    lists.move(imei14, before, now)
    changed.push([imei14])
  }
  if (changed.length > MOST_LOGGED) tx.run(LOG, ALL_ANEW)
  else tx.insertSorted('listing_log', ['imei14'], changed)
  return { keys: count, last: rows.at(-1)?.[0] }
}

function noteDone(tx: Writer, { seq, batch }: Task, { keys, last }: Merged): void {
  if (keys === KEYS_A_CHUNK && last !== undefined) {
    tx.run('UPDATE relist SET after = ? WHERE seq = ? AND batch = ?', last, seq, batch)
    return
  }
  tx.run('DELETE FROM relist WHERE seq = ? AND batch = ?', seq, batch)
  forgetUnsaid(tx)
}

/** A fact of a touched IMEI, live or not, with what the lists say of the IMEI so far. Without any fact its batch and document are null. */
type Row = [imei14: Imei14, batch: number | null, doc: number | null, entry: Entry | null]

/** The touched IMEIs of a task from `?1` on, ascending; `?2` is the batch. */
export const KEYS_OF = {
  all: 'SELECT DISTINCT imei14 FROM fact WHERE imei14 > ?1 ORDER BY imei14',
  listed: 'SELECT imei14 FROM listed WHERE imei14 > ?1 ORDER BY imei14',
  small: 'SELECT imei14 FROM batch_imei WHERE batch = ?2 AND imei14 > ?1 ORDER BY imei14',
  large: 'SELECT imei14 FROM fact WHERE imei14 > ?1 AND batch = ?2 ORDER BY imei14',
} as const

export const factsOfKeysSql = (keys: keyof typeof KEYS_OF): string =>
  `SELECT k.imei14, f.batch, f.doc, l.entry FROM (${KEYS_OF[keys]} LIMIT ${KEYS_A_CHUNK}) k
   LEFT JOIN fact f ON f.imei14 = k.imei14 LEFT JOIN listed l ON l.imei14 = k.imei14`

function keysOfTask(cache: Reader, batch: number): keyof typeof KEYS_OF {
  if (batch === 0) return 'all'
  if (batch === RELIST_LISTED) return 'listed'
  const rows = cache.value<number>('SELECT rows FROM batch WHERE no = ?', batch) ?? 0
  return rows <= KEYS_KEPT_UP_TO ? 'small' : 'large'
}

/** Of a large list the log only says that all is to be read anew. */
const MOST_LOGGED = 1000
const ALL_ANEW = 0
const LOG = 'INSERT INTO listing_log(imei14) VALUES (?)'
/** What reads the log and is further behind reads everything anew. */
const FORGET_OLD_LOG = 'DELETE FROM listing_log WHERE n < (SELECT max(n) FROM listing_log) - 100000'

/** No batch has so many documents: batch and document of a fact make one number. */
const MOST_DOCS = 2 ** 27

/**
 * What the policy says of an IMEI by its facts (`ofFacts`: `rows` from `first` to before `end`), remembered by the documents the facts are
 * in: rows of one declaration or one day of sightings are listed alike. For one chunk, in which the policy stays the same.
 */
function rememberingEntries(tx: Writer, policy: Policy, live: ReadonlyMap<number, LiveBatch>, lists: ListWriter) {
  const facts = new Map<number, StoredFact | null>()
  const alone = new Map<number, Entry>()
  const together = new Map<string, Entry>()
  const factOf = (batch: number, doc: number): StoredFact | null => {
    const key = batch * MOST_DOCS + doc
    let fact = facts.get(key)
    if (fact === undefined) {
      const of = live.get(batch)
      fact = (of && factOfDoc(tx, of, batch, doc)) ?? null
      facts.set(key, fact)
    }
    return fact
  }
  const judged = (dossier: readonly StoredFact[]): Entry => {
    const { list, reason, since, deadline } = listingOf(dossier, policy)
    // only grey and black are stored
    if (list !== 'grey' && list !== 'black') return 0
    if (reason === null || since === null) throw new Error(`${list} without a reason or a day`)
    return lists.entryOf({ list, reason, since, deadline, ...traitsOf(tx, dossier) })
  }
  const ofDoc = (batch: number, doc: number): Entry => {
    const key = batch * MOST_DOCS + doc
    let known = alone.get(key)
    if (known === undefined) {
      const fact = factOf(batch, doc)
      known = judged(fact ? [fact] : [])
      alone.set(key, known)
    }
    return known
  }
  const ofFacts = (rows: readonly Row[], first: number, end: number): Entry => {
    const [, batch, doc] = rows[first] as Row
    if (batch === null || doc === null) return 0
    if (end - first === 1) return ofDoc(batch, doc)
    let documents = ''
    for (let i = first; i < end; i++) documents += `${rows[i]?.[1]}/${rows[i]?.[2]} `
    let known = together.get(documents)
    if (known === undefined) {
      const dossier = rows.slice(first, end).map(([, no, of]) => (no === null || of === null ? null : factOf(no, of)))
      known = judged(dossier.filter((fact) => fact !== null))
      together.set(documents, known)
    }
    return known
  }
  return { ofDoc, ofFacts }
}
