import {
  APPEAL_FOLDED,
  beginFold,
  type FoldedAppeal,
  foldOn,
  zFoldedAppeal,
} from '../../contract/registry/foldedAppeal.ts'
import { EVENTS } from '../../contract/registry.ts'
import { type Appeal, isOpen } from '../../domain/appeal.ts'
import type { Instant, Seq } from '../../domain/fact.ts'

/** An event as it lies in a segment; `doc` is JSON. */
export type EventRow = readonly [seq: Seq, type: string, at: Instant, doc: string]

/**
 * Events in order, those of each appeal that was closed before event `before` folded into one at the place of its last. What came later, and
 * what concerns no appeal, stays as it is. `rows` is gone through twice, so that only appeals under way lie in memory.
 */
export async function* foldEvents(rows: () => AsyncIterable<EventRow>, before: Seq): AsyncGenerator<EventRow> {
  const ends = await closedAppeals(rows(), before)
  const begun = new Map<string, FoldedAppeal>()
  for await (const row of rows()) {
    const [seq, type, at, doc] = row
    const id = seq < before ? appealOf(type, doc) : null
    const end = id === null ? undefined : ends.get(id)
    if (id === null || end === undefined) {
      yield row
      continue
    }
    const folded = foldWith(begun.get(id), seq, type, at, doc)
    if (seq < end) begun.set(id, folded)
    else {
      begun.delete(id)
      yield [seq, APPEAL_FOLDED, at, JSON.stringify(folded)]
    }
  }
}

/** The last event of each appeal that it left closed. An appeal whose beginning is missing is not folded. */
async function closedAppeals(rows: AsyncIterable<EventRow>, before: Seq): Promise<Map<string, Seq>> {
  const ends = new Map<string, Seq>()
  const open = new Set<string>()
  const known = new Set<string>()
  for await (const [seq, type, , doc] of rows) {
    const id = seq < before ? appealOf(type, doc) : null
    if (id === null) continue
    if (type !== 'appeal-changed') known.add(id)
    ends.set(id, seq)
    if (isOpen(stateOf(type, doc))) open.add(id)
    else open.delete(id)
  }
  for (const id of ends.keys()) if (open.has(id) || !known.has(id)) ends.delete(id)
  return ends
}

function foldWith(so: FoldedAppeal | undefined, seq: Seq, type: string, at: Instant, doc: string): FoldedAppeal {
  const value: unknown = JSON.parse(doc)
  if (type === APPEAL_FOLDED) return zFoldedAppeal.parse(value) as FoldedAppeal
  if (type === 'appeal-received') return beginFold(seq, at, EVENTS['appeal-received'].parse(value) as Appeal)
  if (!so) throw new Error(`event ${seq} changes an appeal before it was received`)
  return foldOn(so, seq, at, EVENTS['appeal-changed'].parse(value))
}

/** Which appeal an event concerns; null where it concerns none. */
function appealOf(type: string, doc: string): string | null {
  if (type === 'appeal-received' || type === 'appeal-changed') return (JSON.parse(doc) as { id: string }).id
  return type === APPEAL_FOLDED ? (JSON.parse(doc) as FoldedAppeal).appeal.id : null
}

const stateOf = (type: string, doc: string): Appeal['state'] =>
  type === APPEAL_FOLDED ? (JSON.parse(doc) as FoldedAppeal).appeal.state : (JSON.parse(doc) as Appeal).state
