import { createHmac, randomBytes } from 'node:crypto'
import type { Appeal, TimelineEntry } from '../../../domain/appeal.ts'
import type { Instant } from '../../../domain/fact.ts'
import { type LetterKind, letterKind, letterNo } from '../../../domain/letter.ts'
import type { Sql } from '../pool.ts'
import type { Tx } from '../transaction.ts'

/** Lot of registries with sample data: the same appeals each time, so that exercises with them go alike. */
const SAMPLE_LOT = 'sample 74'

/** Secrets of a registry's appeals. */
async function secrets(tx: Tx): Promise<{ readonly letters: string; readonly lot: string }> {
  const fresh = () => randomBytes(24).toString('base64url')
  await tx.run('INSERT INTO appeal_secret (id, letters, lot) VALUES (1, $1, $2) ON CONFLICT DO NOTHING', [
    fresh(),
    fresh(),
  ])
  const row = await tx.one<{ letters: string; lot: string }>(
    'SELECT letters, CASE WHEN (SELECT sample FROM counter) THEN $1 ELSE lot END AS lot FROM appeal_secret WHERE id = 1',
    [SAMPLE_LOT],
  )
  if (!row) throw new Error('the registry has no secrets of its appeals')
  return row
}

/** Lot by which approvals are drawn for a second signature. No desk knows it. */
export const lotOf = async (tx: Tx): Promise<string> => (await secrets(tx)).lot

/** Letters of Crockford's base 32: none is taken for another when it is typed from paper. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
export const readable = (bytes: Uint8Array): string => Array.from(bytes, (b) => ALPHABET[b % 32]).join('')

/** The step with the number and code of the letter it sends, the letter written down; other steps as they are. */
export async function markLetter(
  tx: Tx,
  appeal: Pick<Appeal, 'id' | 'complaint'>,
  version: number,
  entry: TimelineEntry,
): Promise<TimelineEntry> {
  const kind = letterKind(entry.what, appeal)
  if (kind === null) return entry
  const no = letterNo(appeal.id, version)
  const { letters } = await secrets(tx)
  const text = [no, kind, entry.at, (entry.reasons ?? []).join(' '), entry.note ?? ''].join('\n')
  const code = readable(createHmac('sha256', letters).update(text).digest().subarray(0, 12))
  await tx.run('INSERT INTO letter (no, appeal, kind, at, code) VALUES ($1, $2, $3, $4, $5)', [
    no,
    appeal.id,
    kind,
    entry.at,
    code,
  ])
  return { ...entry, letter: { no, code } }
}

export interface StoredLetter {
  readonly no: string
  readonly appeal: string
  readonly kind: LetterKind
  readonly at: Instant
}

/** The letter of that number when the code is its own; null for everything else. */
export const letterByCode = (db: Sql, no: string, code: string): Promise<StoredLetter | null> =>
  db.one<StoredLetter>('SELECT no, appeal, kind, at FROM letter WHERE no = $1 AND code = $2', [no, code])
