import type { CheckPolicy } from '../../../domain/checks/checkPolicy.ts'
import type { Severity } from '../../../domain/checks/finding.ts'
import type { Recollection } from '../../../domain/checks/historyRule.ts'
import { HISTORY_RULES, levelOf, limitOf } from '../../../domain/checks/ruleBook.ts'
import type { Imei14 } from '../../../domain/fact.ts'
import type { Listing } from '../../../domain/listing.ts'
import type { StoredFact } from '../../db/facts.ts'
import type { Reader } from '../../db/handle.ts'
import { siblingsOf } from '../../db/siblings.ts'
import type { SortedFacts } from '../stage/deviceColumns.ts'
import type { StagedFacts } from '../stage/stageEffect.ts'
import { LateFindings } from './lateFindings.ts'

export const DATA_OF_DOC = 'SELECT data FROM doc WHERE batch = ? AND no = ?'

type Data = Readonly<Record<string, unknown>>

/** So many documents are remembered; their IMEIs follow each other. */
const REMEMBERED = 20_000

interface Asked {
  readonly rule: (typeof HISTORY_RULES)[number]
  readonly severity: Severity
  readonly limit: (name: string) => number
}

/** Holds staged rows against what the desk knows from before, IMEI by IMEI while they are merged with the mirror. */
export class LookBack {
  readonly findings: LateFindings
  readonly #cache: Reader
  readonly #staged: StagedFacts
  readonly #stagedData: (doc: number) => Data
  readonly #rules: readonly Asked[]
  readonly #data = new Map<string, Data>()
  #at = 0

  /** @param stagedData data of a document of this file */
  constructor(cache: Reader, staged: StagedFacts, checks: CheckPolicy | undefined, stagedData: (doc: number) => Data) {
    this.#cache = cache
    this.#staged = staged
    this.#stagedData = stagedData
    this.#rules = HISTORY_RULES.flatMap((rule): Asked[] => {
      const level = levelOf(staged.kind, rule.code, checks)
      return level === 'off' ? [] : [{ rule, severity: level, limit: (name) => limitOf(rule.code, name, checks) }]
    })
    this.findings = new LateFindings(this.#rules)
  }

  /** Whether a rule may reject a row, so that history has to be asked before the effect is computed. */
  get mayReject(): boolean {
    return this.#rules.some((r) => r.severity === 'error')
  }

  /** @param at place of the IMEI among the staged facts; `facts` and `listing` as the mirror has them */
  look(at: number, facts: readonly StoredFact[], listing: Listing): void {
    const { kind, source, docs, replaces, facts: sorted } = this.#staged
    this.#at = at
    const imei14 = sorted.keys[at] as Imei14
    const { op, date } = docs.factOf(sorted.docs[at] as number)
    const row = { imei14, kind, source, op, date }
    const known = { facts: replaces.size > 0 ? facts.filter((f) => !replaces.has(f.no)) : facts, listing }
    for (let i = 0; i < this.#rules.length; i++) {
      const { rule, limit } = this.#rules[i] as Asked
      const details = rule.find(row, known, this.#recall, limit)
      if (details !== null) this.findings.add(sorted.rows[at] as number, imei14, i, details)
    }
  }

  readonly #recall: Recollection = {
    dataOf: (f) =>
      this.#remembered(`${f.no}:${f.doc}`, () => parsed(this.#cache.value<string>(DATA_OF_DOC, f.no, f.doc))),
    reported: () => {
      const doc = this.#staged.facts.docs[this.#at] as number
      return this.#remembered(`${doc}`, () => this.#stagedData(doc))
    },
    device: () => deviceAt(this.#staged.facts, this.#at),
    deviceOf: (f) => {
      const imei14 = this.#staged.facts.keys[this.#at] as Imei14
      return [imei14, ...siblingsOf(this.#cache, imei14, [f as StoredFact])]
    },
  }

  #remembered(key: string, look: () => Data): Data {
    let data = this.#data.get(key)
    if (data === undefined) {
      if (this.#data.size >= REMEMBERED) this.#data.clear()
      data = look()
      this.#data.set(key, data)
    }
    return data
  }
}

const parsed = (data: string | undefined): Data => (data === undefined ? {} : (JSON.parse(data) as Data))

/** IMEIs of the device at a place of sorted facts, found along their ring. */
function deviceAt(facts: SortedFacts, at: number): readonly Imei14[] {
  const first = facts.keys[at] as Imei14
  const device = [first]
  for (let next = facts.next[at] as Imei14; next !== 0 && next !== first && device.length < 4; ) {
    device.push(next)
    const place = placeOf(facts.keys, next)
    next = place < 0 ? 0 : (facts.next[place] as Imei14)
  }
  return device
}

/** Place of a key in ascending keys, -1 where it is not. */
export function placeOf(keys: Float64Array, key: number): number {
  let low = 0
  let high = keys.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const there = keys[middle] as number
    if (there === key) return middle
    if (there < key) low = middle + 1
    else high = middle - 1
  }
  return -1
}
