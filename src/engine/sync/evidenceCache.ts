import type { EvidenceFile } from '../../domain/appeal.ts'
import type { Instant } from '../../domain/fact.ts'
import type { Home } from '../db/home.ts'
import { registrySettingsOf } from '../db/registrySettings.ts'
import { blobsNeeded } from './outbox.ts'

const MEGABYTE = 1_000_000

/** Notes that a file lies here and was used, so that the least recently used one goes first. */
export function noteUse(home: Home, file: Pick<EvidenceFile, 'sha256' | 'bytes'>, at: Instant): void {
  home.desk.write((tx) =>
    tx.run(
      `INSERT INTO kept_blob(sha256, bytes, used_at, appeal) VALUES (?, ?, ?, '')
       ON CONFLICT (sha256) DO UPDATE SET used_at = excluded.used_at`,
      file.sha256,
      file.bytes,
      at,
    ),
  )
}

/** Bytes of evidence kept, and how many may be (a setting of the registry). */
export const keptBytes = (home: Home): number =>
  home.desk.read.value<number>('SELECT coalesce(sum(bytes), 0) FROM kept_blob') ?? 0
export const mostBytes = (home: Home): number => registrySettingsOf(home.cache.read).evidenceCacheMb * MEGABYTE

/**
 * Removes evidence beyond the limit, the least recently used first, but never what an open claim, a draft or a waiting command needs:
 * an officer who goes offline finds what he works on. Answers how many files went.
 */
export function trimEvidence(home: Home): number {
  const most = mostBytes(home)
  let kept = keptBytes(home)
  if (kept <= most) return 0
  const needed = neededEvidence(home)
  const oldest = home.desk.read
    .rows<[string, number]>('SELECT sha256, bytes FROM kept_blob ORDER BY used_at, sha256')
    .all()
  let removed = 0
  for (const [sha256, bytes] of oldest) {
    if (kept <= most) break
    if (needed.has(sha256)) continue
    // first the file: a note without one is put right when the file is fetched again
    home.blobs.remove(sha256)
    home.desk.write((tx) => tx.run('DELETE FROM kept_blob WHERE sha256 = ?', sha256))
    kept -= bytes
    removed++
  }
  return removed
}

/** Files of the appeals that somebody holds, and of some others. Bound: the others as JSON. */
export const FILES_HELD = `SELECT json_extract(e.value, '$.sha256') FROM (
    SELECT id FROM appeal INDEXED BY appeal_lease WHERE lease_officer IS NOT NULL AND open = 1
    UNION SELECT value FROM json_each(?)) h CROSS JOIN appeal a ON a.id = h.id CROSS JOIN json_each(a.doc, '$.evidence') e`

/** Files of the appeals that somebody holds or has a draft of, and blobs of the outbox. */
export function neededEvidence(home: Home): Set<string> {
  const needed = blobsNeeded(home.desk.read)
  const drafts = home.desk.read.rows<[string]>('SELECT DISTINCT appeal FROM draft').all()
  const ordered = home.desk.read
    .rows<[string]>(`SELECT DISTINCT subject FROM outbox WHERE state IN ('held', 'queued', 'sending')`)
    .all()
  const files = home.cache.read.rows<[string]>(FILES_HELD)
  for (const [sha256] of files.all(JSON.stringify([...drafts, ...ordered].map(([id]) => id)))) needed.add(sha256)
  return needed
}

type QueuedFile = [sha256: string, bytes: number, file: string, type: string]

/** Files of the open appeals at the front of the queue, by deadline: what officers will look at next. */
export function evidenceAhead(home: Home): Pick<EvidenceFile, 'sha256' | 'bytes'>[] {
  const { prefetchAppeals } = registrySettingsOf(home.cache.read)
  return home.cache.read
    .rows<QueuedFile>(
      `SELECT json_extract(e.value, '$.sha256'), json_extract(e.value, '$.bytes'), '', ''
       FROM (SELECT doc, due_at, id FROM appeal WHERE open = 1 ORDER BY due_at, id LIMIT ?) a, json_each(a.doc, '$.evidence') e
       ORDER BY a.due_at, a.id, e.key`,
    )
    .all(prefetchAppeals)
    .map(([sha256, bytes]) => ({ sha256, bytes }))
}
