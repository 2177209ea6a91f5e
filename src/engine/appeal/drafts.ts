import { type Draft, zDraft } from '../../contract/engine/appeal.ts'
import type { Writer } from '../db/handle.ts'
import type { Desk } from '../sync/desk.ts'
import { APPEAL_VERSION, DRAFT } from './queries.ts'

/** What the signed-in officer has set so far about an appeal, and the version he began it on; null when nothing. */
export function draftOf(desk: Desk, appeal: string): { draft: Draft; on: number | null } | null {
  const officer = desk.session.officerOrNull()
  if (!officer) return null
  const row = desk.home.desk.read.query<{ doc: string; version: number | null }>(DRAFT).get(appeal, officer.id)
  return row ? { draft: zDraft.parse(JSON.parse(row.doc)), on: row.version } : null
}

/** Saved at once and synced to the disk; null clears. */
export function saveDraft(desk: Desk, appeal: string, draft: Draft | null): void {
  const officer = desk.session.officer().id
  desk.home.desk.write((tx) => {
    if (draft) putDraft(tx, { appeal, officer, draft, version: versionOf(desk, appeal), at: desk.now() })
    else tx.run('DELETE FROM draft WHERE appeal = ? AND officer = ?', appeal, officer)
  })
}

const versionOf = (desk: Desk, appeal: string): number =>
  desk.home.cache.read.value<number>(APPEAL_VERSION, appeal) ?? 0

/** The version stays that of the first word: what came since is what the officer has not seen. */
export function putDraft(
  tx: Writer,
  d: { appeal: string; officer: string; draft: Draft; version: number; at: string },
): void {
  tx.run(
    `INSERT INTO draft(appeal, officer, version, doc, at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (appeal, officer) DO UPDATE SET doc = excluded.doc, at = excluded.at`,
    d.appeal,
    d.officer,
    d.version,
    JSON.stringify(d.draft),
    d.at,
  )
}
