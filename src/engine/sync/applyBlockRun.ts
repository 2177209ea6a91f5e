import type { EventDoc } from '../../contract/registry.ts'
import type { Imei14, Instant } from '../../domain/fact.ts'
import type { SqlValue, Writer } from '../db/handle.ts'

const COLUMNS = ['run', 'part', 'imei14', 'why', 'appeal'] as const
const byImei = (a: { imei14: Imei14 }, b: { imei14: Imei14 }): number => a.imei14 - b.imei14

/** A run with the IMEIs it would block, and those it leaves alone. */
export function applyRunProposed(tx: Writer, at: Instant, e: EventDoc<'blockrun-proposed'>): void {
  tx.run(
    `INSERT INTO blockrun(no, id, until, day, cap, beyond_cap, policy, state, to_black, held, conflicts, manifest, by, at, signatures, asked_part)
     VALUES (?, ?, ?, ?, ?, ?, ?, 'awaiting-signature', ?, ?, ?, ?, ?, ?, ?, ?)`,
    e.no,
    e.id,
    e.until,
    e.day,
    e.cap,
    e.beyondCap,
    e.policy,
    e.toBlack,
    e.held,
    e.conflicts,
    e.manifest,
    e.by,
    at,
    JSON.stringify(e.signatures),
    JSON.stringify(e.part ?? {}),
  )
  const rows = function* (): Generator<readonly SqlValue[]> {
    for (const imei14 of e.imeis) yield [e.no, 'block', imei14, '', null]
    for (const c of e.conflictImeis.toSorted(byImei)) yield [e.no, 'conflict', c.imei14, c.why, null]
    for (const h of e.heldImeis.toSorted(byImei))
      yield [e.no, 'held', h.imei14, h.appeal === null ? 'warning' : 'held', h.appeal]
  }
  tx.insertSorted('blockrun_imei', COLUMNS, rows())
}

/** One more signature; what left the run is kept as dropped. */
export function applyRunSigned(tx: Writer, e: EventDoc<'blockrun-signed'>): void {
  const no = numberOf(tx, e.id)
  tx.run(
    'UPDATE blockrun SET state = ?, to_black = ?, held = ?, conflicts = ?, manifest = ?, signatures = ?, seal = ? WHERE no = ?',
    e.state,
    e.toBlack,
    e.held,
    e.conflicts,
    e.manifest,
    JSON.stringify(e.signatures),
    e.seal === undefined ? null : JSON.stringify(e.seal),
    no,
  )
  for (const { imei14, why, appeal } of e.dropped) {
    tx.run(`DELETE FROM blockrun_imei WHERE run = ? AND part = 'block' AND imei14 = ?`, no, imei14)
    tx.run(
      `INSERT INTO blockrun_imei(run, part, imei14, why, appeal) VALUES (?, 'dropped', ?, ?, ?)`,
      no,
      imei14,
      why,
      appeal,
    )
  }
}

export function applyRunDropped(tx: Writer, e: EventDoc<'blockrun-dropped'>): void {
  tx.run(`UPDATE blockrun SET state = 'declined', note = ? WHERE no = ?`, e.note, numberOf(tx, e.id))
}

function numberOf(tx: Writer, id: string): number {
  const no = tx.value<number>('SELECT no FROM blockrun WHERE id = ?', id)
  if (no === undefined) throw new Error(`the feed changes block run ${id} before it was proposed`)
  return no
}
