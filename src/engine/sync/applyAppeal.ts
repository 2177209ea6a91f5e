import type { EventDoc } from '../../contract/registry.ts'
import { type Appeal, isOpen } from '../../domain/appeal.ts'
import type { Seq } from '../../domain/fact.ts'
import { parseImei } from '../../domain/imei.ts'
import type { Writer } from '../db/handle.ts'

export function applyReceived(tx: Writer, seq: Seq, appeal: EventDoc<'appeal-received'>): void {
  store(tx, seq, appeal)
  tx.run('DELETE FROM appeal_imei WHERE appeal = ?', appeal.id)
  for (const text of appeal.claim.imeis) {
    const parsed = parseImei(text)
    if (parsed.ok)
      tx.run('INSERT OR IGNORE INTO appeal_imei(imei14, appeal) VALUES (?, ?)', parsed.imei.imei14, appeal.id)
  }
  for (const [what, value] of reusable(appeal))
    tx.run('INSERT OR IGNORE INTO appeal_key(what, value, appeal) VALUES (?, ?, ?)', what, value, appeal.id)
}

/** Takes over what changed, unless the mirror has a newer version already. */
export function applyChanged(tx: Writer, seq: Seq, e: EventDoc<'appeal-changed'>): void {
  const doc = tx.value<string>('SELECT doc FROM appeal WHERE id = ?', e.id)
  if (doc === undefined) throw new Error(`the feed changes appeal ${e.id} before it was received`)
  const before = JSON.parse(doc) as Appeal
  if (before.version >= e.version) return
  store(tx, seq, {
    ...before,
    state: e.state,
    version: e.version,
    lease: e.lease,
    hearingAt: e.hearingAt,
    proposal: e.proposal,
    timeline: [...before.timeline, e.entry],
  })
}

function store(tx: Writer, seq: Seq, appeal: Appeal): void {
  tx.run(
    `INSERT INTO appeal(id, state, open, version, due_at, lease_officer, lease_until, doc, seq, received_seq)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET state = excluded.state, open = excluded.open, version = excluded.version,
       due_at = excluded.due_at, lease_officer = excluded.lease_officer, lease_until = excluded.lease_until,
       doc = excluded.doc, seq = excluded.seq`,
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
  )
}

/** What one applicant files once: fixers file the same papers many times (domain). */
export function reusable(appeal: Pick<Appeal, 'claim' | 'evidence'>): (readonly [what: ReusedWhat, value: string])[] {
  const keys: (readonly [ReusedWhat, string])[] = appeal.evidence.map((e) => ['evidence', e.sha256])
  const { receiptNo, crossingNo, trackingNo, seller } = appeal.claim
  // receipt numbers are only unique within a seller
  if (receiptNo) keys.push(['receipt', `${plain(seller ?? '')}|${plain(receiptNo)}`])
  if (crossingNo) keys.push(['crossing', plain(crossingNo)])
  if (trackingNo) keys.push(['tracking', plain(trackingNo)])
  return keys
}
export type ReusedWhat = 'evidence' | 'receipt' | 'crossing' | 'tracking'

const plain = (text: string): string => text.replaceAll(/[\s\-–—/.№#"«»]/g, '').toUpperCase()
