import { type Draft, zDraft } from '../../contract/engine/appeal.ts'
import type { Writer } from '../db/handle.ts'
import type { Desk } from '../sync/desk.ts'
import { DRAFT } from './queries.ts'

/** What the signed-in officer has set so far about an appeal; null when nothing. */
export function draftOf(desk: Desk, appeal: string): Draft | null {
  const officer = desk.session.officerOrNull()
  if (!officer) return null
  const doc = desk.home.desk.read.value<string>(DRAFT, appeal, officer.id)
  return doc === undefined ? null : zDraft.parse(JSON.parse(doc))
}

/** Saved at once and synced to the disk; null clears. */
export function saveDraft(desk: Desk, appeal: string, draft: Draft | null): void {
  const officer = desk.session.officer().id
  desk.home.desk.write((tx) => {
    if (draft) putDraft(tx, { appeal, officer, draft, at: desk.now() })
    else tx.run('DELETE FROM draft WHERE appeal = ? AND officer = ?', appeal, officer)
  })
}

export function putDraft(tx: Writer, d: { appeal: string; officer: string; draft: Draft; at: string }): void {
  tx.run(
    `INSERT INTO draft(appeal, officer, doc, at) VALUES (?, ?, ?, ?)
     ON CONFLICT (appeal, officer) DO UPDATE SET doc = excluded.doc, at = excluded.at`,
    d.appeal,
    d.officer,
    JSON.stringify(d.draft),
    d.at,
  )
}
