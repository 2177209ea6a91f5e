import type { SortedFacts } from '../stage/deviceColumns.ts'

/** The facts without those of some rows of the file. */
export function withoutRows(facts: SortedFacts, rejected: ReadonlySet<number>): SortedFacts {
  const { count } = facts
  const keep = new Uint8Array(count)
  let n = 0
  for (let i = 0; i < count; i++)
    if (!rejected.has(facts.rows[i] as number)) {
      keep[i] = 1
      n++
    }
  const kept = {
    count: n,
    keys: new Float64Array(n),
    docs: new Uint32Array(n),
    next: new Float64Array(n),
    rows: new Uint32Array(n),
  }
  let to = 0
  for (let i = 0; i < count; i++) {
    if (keep[i] === 0) continue
    kept.keys[to] = facts.keys[i] as number
    kept.docs[to] = facts.docs[i] as number
    kept.next[to] = facts.next[i] as number
    kept.rows[to] = facts.rows[i] as number
    to++
  }
  return kept
}
