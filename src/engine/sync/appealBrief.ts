import { type Appeal, personOf } from '../../domain/appeal.ts'
import type { Writer } from '../db/handle.ts'

/** What an appeal is found by: number, applicant, IMEIs. None of it changes afterwards. */
export const searchText = ({ id, applicant, claim }: Pick<Appeal, 'id' | 'applicant' | 'claim'>): string =>
  [id, applicant.name, personOf(applicant.key), ...claim.imeis].join(' ').toLocaleLowerCase('ru')

/** Writes an appeal's narrow row and makes it findable by any part of its text; one that has a row keeps it. */
export function storeBrief(tx: Writer, appeal: Appeal): void {
  const isNew = tx.run(
    'INSERT OR IGNORE INTO appeal_brief(appeal, applicant, seller, declaration) VALUES (?, ?, ?, ?)',
    appeal.id,
    personOf(appeal.applicant.key),
    appeal.claim.seller ?? null,
    appeal.claim.declarationNo ?? null,
  )
  if (isNew === 1) tx.run('INSERT INTO appeal_gram(rowid, text) VALUES (last_insert_rowid(), ?)', searchText(appeal))
}

/** The opposite, before the appeal goes from the mirror. */
export function dropBrief(tx: Writer, appeal: string): void {
  tx.run('DELETE FROM appeal_gram WHERE rowid = (SELECT n FROM appeal_brief WHERE appeal = ?)', appeal)
  tx.run('DELETE FROM appeal_brief WHERE appeal = ?', appeal)
}
