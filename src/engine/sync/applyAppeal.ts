import { appealAfter, type FoldedAppeal } from '../../contract/registry/foldedAppeal.ts'
import type { EventDoc } from '../../contract/registry.ts'
import { type Appeal, isOpen, personOf, type TimelineEntry } from '../../domain/appeal.ts'
import type { Seq } from '../../domain/fact.ts'
import { parseImei } from '../../domain/imei.ts'
import { declarationKey, reusable } from '../../domain/reusable.ts'
import type { Writer } from '../db/handle.ts'
import { searchText, storeBrief } from './appealBrief.ts'

export function applyReceived(tx: Writer, seq: Seq, appeal: Appeal): void {
  store(tx, seq, appeal)
  tx.run('DELETE FROM appeal_imei WHERE appeal = ?', appeal.id)
  tx.run('DELETE FROM appeal_step WHERE appeal = ?', appeal.id)
  for (const text of appeal.claim.imeis) {
    const parsed = parseImei(text)
    if (parsed.ok)
      tx.run('INSERT OR IGNORE INTO appeal_imei(imei14, appeal) VALUES (?, ?)', parsed.imei.imei14, appeal.id)
  }
  storeBrief(tx, appeal)
  storeKeys(tx, appeal)
  tx.run(KEY, 'person', personOf(appeal.applicant.key), appeal.id)
  for (const [no, entry] of appeal.timeline.entries()) storeStep(tx, appeal.id, no, entry)
}

function storeKeys(tx: Writer, appeal: Pick<Appeal, 'id' | 'claim' | 'evidence'>): void {
  for (const [what, value] of reusable(appeal)) tx.run(KEY, what, value, appeal.id)
  for (const { sha256, look } of appeal.evidence)
    if (look)
      tx.run('INSERT OR IGNORE INTO evidence_look(sha256, appeal, look) VALUES (?, ?, ?)', sha256, appeal.id, look)
  if (appeal.claim.declarationNo) tx.run(KEY, 'declaration', declarationKey(appeal.claim.declarationNo), appeal.id)
}
const KEY = 'INSERT OR IGNORE INTO appeal_key(what, value, appeal) VALUES (?, ?, ?)'

/** The time line once more as rows: what officers did and when is counted without reading every appeal. */
function storeStep(tx: Writer, appeal: string, no: number, e: TimelineEntry): void {
  tx.run(
    'INSERT INTO appeal_step(appeal, no, at, what, officer, reasons) VALUES (?, ?, ?, ?, ?, ?)',
    appeal,
    no,
    e.at,
    e.what,
    e.officer ?? null,
    e.reasons && e.reasons.length > 0 ? e.reasons.join(' ') : null,
  )
}

/** Takes over what changed, unless the mirror has a newer version already; answers the appeal as it is then. */
export function applyChanged(tx: Writer, seq: Seq, e: EventDoc<'appeal-changed'>): Appeal {
  const doc = tx.value<string>('SELECT doc FROM appeal WHERE id = ?', e.id)
  if (doc === undefined) throw new Error(`the feed changes appeal ${e.id} before it was received`)
  const before = JSON.parse(doc) as Appeal
  const after = appealAfter(before, e)
  if (after === before) return before
  update(tx, seq, before, after)
  storeStep(tx, e.id, before.timeline.length, e.entry)
  if (e.evidence) storeKeys(tx, after)
  return after
}

/** All events of an appeal at once, as a snapshot has them. */
export function applyFolded(tx: Writer, { appeal, told }: FoldedAppeal): void {
  const [first] = told[0] ?? []
  const [last] = told.at(-1) ?? []
  if (first === undefined || last === undefined) throw new Error(`no event told of appeal ${appeal.id}`)
  for (const [seq, at] of told) tx.run('INSERT INTO moment(seq, at) VALUES (?, ?)', seq, at)
  applyReceived(tx, first, appeal)
  tx.run('UPDATE appeal SET seq = ? WHERE id = ?', last, appeal.id)
}

function store(tx: Writer, seq: Seq, appeal: Appeal): void {
  tx.run(
    `INSERT INTO appeal(id, state, open, version, due_at, lease_officer, lease_until, doc, seq, received_seq,
       route, assigned_to, complaint, search)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET state = excluded.state, open = excluded.open, version = excluded.version,
       due_at = excluded.due_at, lease_officer = excluded.lease_officer, lease_until = excluded.lease_until,
       doc = excluded.doc, seq = excluded.seq, assigned_to = excluded.assigned_to, complaint = excluded.complaint`,
    appeal.id,
    appeal.state,
    isOpen(appeal.state) ? 1 : 0,
    appeal.version,
    appeal.dueAt,
    appeal.lease?.officer ?? null,
    appeal.lease?.until ?? null,
    JSON.stringify(appeal),
    seq,
    // stays what it was at the first event
    seq,
    appeal.route,
    appeal.assignedTo ?? null,
    appeal.complaint ? 1 : 0,
    searchText(appeal),
  )
}

/** Columns that stand in indexes, of an appeal. */
const indexed = (a: Appeal) => ({
  state: a.state,
  open: isOpen(a.state) ? 1 : 0,
  due_at: a.dueAt,
  lease_officer: a.lease?.officer ?? null,
  lease_until: a.lease?.until ?? null,
  assigned_to: a.assignedTo ?? null,
  complaint: a.complaint ? 1 : 0,
})
const INDEXED = ['state', 'open', 'due_at', 'lease_officer', 'lease_until', 'assigned_to', 'complaint'] as const

/** Names only the columns that change: SQLite writes the entries of every index that has a named one anew. */
function update(tx: Writer, seq: Seq, before: Appeal, after: Appeal): void {
  const [was, is] = [indexed(before), indexed(after)]
  const moved = INDEXED.filter((column) => was[column] !== is[column])
  tx.run(
    `UPDATE appeal SET version = ?, doc = ?, seq = ?${moved.map((column) => `, ${column} = ?`).join('')} WHERE id = ?`,
    after.version,
    JSON.stringify(after),
    seq,
    ...moved.map((column) => is[column]),
    after.id,
  )
}
