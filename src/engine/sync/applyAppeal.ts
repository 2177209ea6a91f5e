import type { FoldedAppeal } from '../../contract/registry/foldedAppeal.ts'
import { type Appeal, isOpen, personOf } from '../../domain/appeal.ts'
import type { Seq } from '../../domain/fact.ts'
import { parseImei } from '../../domain/imei.ts'
import { declarationKey, reusable } from '../../domain/reusable.ts'
import type { SqlValue, Writer } from '../db/handle.ts'
import { searchText, storeBrief } from './appealBrief.ts'

/** An appeal that is new to the mirror, as one event brought it. */
export function applyReceived(tx: Writer, seq: Seq, appeal: Appeal): void {
  storeRow(tx, { received: seq, seq }, appeal)
  storeFound(tx, appeal)
  dropSteps(tx, appeal.id)
  storeSteps(tx, [{ appeal, from: 0 }])
}

/** What an appeal is found by. Nothing of it changes afterwards but that evidence may come (`storeKeys`). */
export function storeFound(tx: Writer, appeal: Appeal): void {
  tx.run('DELETE FROM appeal_imei WHERE appeal = ?', appeal.id)
  for (const text of appeal.claim.imeis) {
    const parsed = parseImei(text)
    if (parsed.ok)
      tx.run('INSERT OR IGNORE INTO appeal_imei(imei14, appeal) VALUES (?, ?)', parsed.imei.imei14, appeal.id)
  }
  storeBrief(tx, appeal)
  storeKeys(tx, appeal)
  tx.run(KEY, 'person', personOf(appeal.applicant.key), appeal.id)
}

/** What must not serve two appeals, and how its pictures look; what it had before stays. */
export function storeKeys(tx: Writer, appeal: Pick<Appeal, 'id' | 'claim' | 'evidence'>): void {
  for (const [what, value] of reusable(appeal)) tx.run(KEY, what, value, appeal.id)
  for (const { sha256, look } of appeal.evidence)
    if (look)
      tx.run('INSERT OR IGNORE INTO evidence_look(sha256, appeal, look) VALUES (?, ?, ?)', sha256, appeal.id, look)
  if (appeal.claim.declarationNo) tx.run(KEY, 'declaration', declarationKey(appeal.claim.declarationNo), appeal.id)
}
const KEY = 'INSERT OR IGNORE INTO appeal_key(what, value, appeal) VALUES (?, ?, ?)'

/** What is new in an appeal's time line: its entries from number `from` on. */
export interface NewSteps {
  readonly appeal: Appeal
  readonly from: number
}

/** The time lines once more as rows: what officers did and when is counted without reading every appeal. */
export function storeSteps(tx: Writer, all: Iterable<NewSteps>): void {
  tx.insertSorted('appeal_step', ['appeal', 'no', 'at', 'what', 'officer', 'reasons'], rowsOfSteps(all))
}

function* rowsOfSteps(all: Iterable<NewSteps>): Generator<readonly SqlValue[]> {
  for (const { appeal, from } of all)
    for (let no = from; no < appeal.timeline.length; no++) {
      const entry = appeal.timeline[no]
      if (!entry) break
      const { at, what, officer, reasons } = entry
      yield [appeal.id, no, at, what, officer ?? null, reasons && reasons.length > 0 ? reasons.join(' ') : null]
    }
}

/** Before an appeal's steps come in from the first on. */
export function dropSteps(tx: Writer, appeal: string): void {
  tx.run('DELETE FROM appeal_step WHERE appeal = ?', appeal)
}

/** All events of an appeal at once, as a snapshot has them. */
export function applyFolded(tx: Writer, { appeal, told }: FoldedAppeal): void {
  const [first] = told[0] ?? []
  const [last] = told.at(-1) ?? []
  if (first === undefined || last === undefined) throw new Error(`no event told of appeal ${appeal.id}`)
  tx.insertSorted(
    'moment',
    ['seq', 'at'],
    told.map(([seq, at]) => [seq, at]),
  )
  storeRow(tx, { received: first, seq: last }, appeal)
  storeFound(tx, appeal)
  dropSteps(tx, appeal.id)
  storeSteps(tx, [{ appeal, from: 0 }])
}

/** The row of an appeal that came in with event `received` and was last changed by `seq`; of one that is there, `received` stays. */
export function storeRow(tx: Writer, { received, seq }: { received: Seq; seq: Seq }, appeal: Appeal): void {
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
    received,
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
export function updateRow(tx: Writer, seq: Seq, before: Appeal, after: Appeal): void {
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
