import type { EvidenceFile } from '../../domain/appeal.ts'
import { ProblemError } from '../../domain/problem.ts'
import { download } from './blobTransfer.ts'
import type { DeskCore } from './deskCore.ts'
import { evidenceAhead, keptBytes, mostBytes, noteUse, trimEvidence } from './evidenceCache.ts'

type FileRef = Pick<EvidenceFile, 'sha256' | 'bytes'>

/** Bytes of an evidence file: from the home's blobs, else from the registry; in both cases checked against its hash. */
export async function evidenceBytes(desk: DeskCore, file: FileRef): Promise<Uint8Array> {
  const { home } = desk
  try {
    const kept = home.blobs.get(file.sha256)
    if (kept) {
      noteUse(home, file, desk.now())
      return kept
    }
  } catch (error) {
    // a file damaged on this disk is fetched again
    if (!(error instanceof ProblemError) || error.problem.code !== 'blob-damaged') throw error
    home.blobs.remove(file.sha256)
  }
  const bytes = await download(desk.link.required(), home.partials, file)
  home.blobs.put(bytes)
  home.partials.drop(file.sha256)
  noteUse(home, file, desk.now())
  trimEvidence(home)
  return bytes
}

/** Fetches files that an officer will look at next; what fails now is fetched when it is asked for. */
export async function prefetchEvidence(desk: DeskCore, files: readonly FileRef[]): Promise<void> {
  if (desk.link.state !== 'online') return
  for (const file of files) {
    if (desk.home.blobs.has(file.sha256)) continue
    try {
      await evidenceBytes(desk, file)
    } catch (error) {
      if (error instanceof ProblemError) return
      throw error
    }
  }
}

/**
 * Fetches the evidence of the appeals at the front of the queue, one file after the other, as far as there is room: what is fetched
 * ahead never takes the place of what was looked at.
 */
export async function prefetchQueue(desk: DeskCore): Promise<void> {
  for (const file of evidenceAhead(desk.home)) {
    if (desk.link.state !== 'online' || keptBytes(desk.home) + file.bytes > mostBytes(desk.home)) return
    await prefetchEvidence(desk, [file])
  }
}
