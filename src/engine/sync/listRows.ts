import type { Imei14, Operator, Seq } from '../../domain/fact.ts'
import type { Listing } from '../../domain/listing.ts'
import {
  type ChangeRow,
  changeOf,
  type FileList,
  type FileRow,
  rowKey,
  rowOfListing,
} from '../../domain/operatorFile.ts'
import { listingOf, type Policy } from '../../domain/policy.ts'
import { movesListings } from '../../domain/policyChange.ts'
import { factsOfSorted, type StoredFact } from '../db/facts.ts'
import type { Reader } from '../db/handle.ts'
import { cursorOf, policyAt } from '../db/mirror.ts'
import { allKeys, exceptionsAt, keysTouched, listedKeys, storedList } from './listQueries.ts'

/** Which list of whom. Black and grey are the same for every operator. */
export interface WhichList {
  readonly operator: Operator
  readonly list: FileList
}

/** The entries of a list at a sequence number, ascending. The stored lists must stand at the cursor. */
export function* listAt(cache: Reader, { operator, list }: WhichList, seq: Seq): Generator<FileRow> {
  if (list === 'exceptions') yield* exceptionRows(cache, operator, seq)
  else if (seq === cursorOf(cache).seq) yield* currentRows(cache, list)
  else {
    const keys = merged(listedKeys(cache, list), touched(cache, seq, cursorOf(cache).seq))
    const rowOf = rowsUnder(policyAt(cache, seq), list)
    for (const { imei14, facts } of factsOfSorted(cache, keys, { seq })) {
      const row = rowOf(imei14, facts)
      if (row) yield row
    }
  }
}

/** What changed in a list from one sequence number to a later one, ascending. */
export function* changesBetween(
  cache: Reader,
  { operator, list }: WhichList,
  from: Seq,
  to: Seq,
): Generator<ChangeRow> {
  if (list === 'exceptions') yield* exceptionChanges(cache, operator, from, to)
  else {
    const keys = touched(cache, from, to)
    const rowBefore = rowsUnder(policyAt(cache, from), list)
    const rowAfter = rowsUnder(policyAt(cache, to), list)
    const before = factsOfSorted(cache, keys, { seq: from })
    for (const { imei14, facts } of factsOfSorted(cache, keys, { seq: to })) {
      const earlier = before.next().value
      const change = changeOf(rowBefore(imei14, earlier?.facts ?? []), rowAfter(imei14, facts))
      if (change) yield change
    }
  }
}

/** IMEIs whose listing can have changed: of batches that came or went, or all when another policy began. */
function touched(cache: Reader, from: Seq, to: Seq): Float64Array {
  const [before, after] = [policyAt(cache, from), policyAt(cache, to)]
  return movesListings(before, after) ? Float64Array.from(allKeys(cache)) : keysTouched(cache, from, to)
}

function* currentRows(cache: Reader, list: 'black' | 'grey'): Generator<FileRow> {
  for (const [imei14, reason, since, deadline] of storedList(cache, list))
    yield { imei14, reason, since, deadline, imsi: '', msisdn: '' }
}

/** Entries under a policy, remembered by the documents the facts are in. */
function rowsUnder(policy: Policy, list: 'black' | 'grey') {
  const known = new Map<string, Listing>()
  return (imei14: Imei14, facts: readonly StoredFact[]): FileRow | null => {
    let documents = ''
    for (const { no, doc } of facts) documents += `${no}/${doc} `
    let listing = known.get(documents)
    if (!listing) {
      listing = listingOf(facts, policy)
      known.set(documents, listing)
    }
    return rowOfListing(imei14, listing, list)
  }
}

function* exceptionRows(cache: Reader, operator: Operator, seq: Seq): Generator<FileRow> {
  for (const [imei14, imsi, msisdn, since] of exceptionsAt(cache, operator, seq))
    yield { imei14, reason: 'clone', since, deadline: null, imsi, msisdn }
}

function* exceptionChanges(cache: Reader, operator: Operator, from: Seq, to: Seq): Generator<ChangeRow> {
  const before = new Map([...exceptionRows(cache, operator, from)].map((row) => [rowKey(row), row]))
  const after = new Map([...exceptionRows(cache, operator, to)].map((row) => [rowKey(row), row]))
  const rows = new Map([...before, ...after])
  for (const key of rows.keys()) {
    const change = changeOf(before.get(key) ?? null, after.get(key) ?? null)
    if (change) yield change
  }
}

/** Two ascending lists as one, each IMEI once. */
function merged(a: Float64Array, b: Float64Array): Float64Array {
  const both = new Float64Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  both.sort()
  let length = 0
  for (const key of both) if (length === 0 || both[length - 1] !== key) both[length++] = key
  return both.subarray(0, length)
}
