import type { EvidenceFile } from '../../domain/appeal.ts'
import { ProblemError } from '../../domain/problem.ts'
import { download } from './blobTransfer.ts'
import type { DeskCore } from './deskCore.ts'

/** Bytes of an evidence file: from the home's blobs, else from the registry; in both cases checked against its hash. */
export async function evidenceBytes(desk: DeskCore, file: EvidenceFile): Promise<Uint8Array> {
  const { blobs } = desk.home
  try {
    const kept = blobs.get(file.sha256)
    if (kept) return kept
  } catch (error) {
    // a file damaged on this disk is fetched again
    if (!(error instanceof ProblemError) || error.problem.code !== 'blob-damaged') throw error
    blobs.remove(file.sha256)
  }
  const bytes = await download(desk.link.required(), file.sha256, file.bytes)
  blobs.put(bytes)
  return bytes
}

/** Fetches files that an officer will look at next; what fails now is fetched when it is asked for. */
export async function prefetchEvidence(desk: DeskCore, files: readonly EvidenceFile[]): Promise<void> {
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
