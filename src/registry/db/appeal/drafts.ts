import type { SharedDraft } from '../../../contract/registry/appealActs.ts'
import type { Sql } from '../pool.ts'

/** Takes drafts of an officer; of two about one appeal the later counts. */
export const putDrafts = (db: Sql, officer: string, drafts: readonly SharedDraft[]): Promise<number> =>
  db.run(
    `INSERT INTO appeal_draft (officer, appeal, doc, version, at)
     SELECT $1, appeal, doc, version, at FROM jsonb_to_recordset($2) AS d(appeal text, doc text, version bigint, at timestamptz)
     ON CONFLICT (officer, appeal) DO UPDATE SET doc = excluded.doc, version = excluded.version, at = excluded.at
       WHERE appeal_draft.at < excluded.at`,
    [officer, JSON.stringify(drafts)],
  )

/** All that lies here of an officer; a draft that is gone stays as such for as long as another desk may still have it. */
export const draftsOf = (db: Sql, officer: string): Promise<SharedDraft[]> =>
  db.all<SharedDraft>('SELECT appeal, doc, version, at FROM appeal_draft WHERE officer = $1 ORDER BY appeal', [officer])

export const forgetGone = (db: Sql, before: string): Promise<number> =>
  db.run('DELETE FROM appeal_draft WHERE doc IS NULL AND at < $1', [before])
