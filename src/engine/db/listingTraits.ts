import type { Operator } from '../../domain/fact.ts'
import type { StoredFact } from './facts.ts'
import type { Reader } from './handle.ts'

/** What lists are filtered by besides list, reason and dates. */
export interface Traits {
  /** Operator in whose network the device was first seen at home. */
  readonly operator: Operator | null
  /** Region of that first registration, where the operator names one. */
  readonly region: string | null
  /** BIN or IIN of who declared it at customs. */
  readonly importer: string | null
}

export const DATA_OF_DOC = 'SELECT data FROM doc WHERE batch = ? AND no = ?'

/** Traits of an IMEI by its live facts. `cache` gives what the documents say. */
export function traitsOf(cache: Reader, facts: readonly StoredFact[]): Traits {
  let seen: StoredFact | undefined
  let declared: StoredFact | undefined
  for (const fact of facts) {
    if (fact.op !== 'add') continue
    const isHome = fact.kind === 'seen' && (fact.network ?? 'home') === 'home'
    if (isHome && (!seen || isEarlier(fact, seen))) seen = fact
    if (fact.kind === 'customs-declared' && (!declared || isEarlier(fact, declared))) declared = fact
  }
  return {
    operator: seen ? (seen.source as Operator) : null,
    region: seen ? said(cache, seen, 'region') : null,
    importer: declared ? said(cache, declared, 'bin') : null,
  }
}

const isEarlier = (a: StoredFact, b: StoredFact): boolean => a.date < b.date || (a.date === b.date && a.seq < b.seq)

function said(cache: Reader, fact: StoredFact, field: string): string | null {
  const text = cache.value<string>(DATA_OF_DOC, fact.no, fact.doc)
  const value = text === undefined ? undefined : (JSON.parse(text) as Record<string, unknown>)[field]
  return typeof value === 'string' && value !== '' ? value : null
}
