import { z } from 'zod'
import type { EvidenceFile } from '../../domain/appeal.ts'
import type { Box } from '../../domain/evidence/paperText.ts'
import { ProblemError } from '../../domain/problem.ts'
import type { DeskCore } from '../sync/deskCore.ts'
import { noteUse, trimEvidence } from '../sync/evidenceCache.ts'
import { evidenceBytes } from '../sync/evidenceFiles.ts'
import type { FileNotes } from './fileNotes.ts'
import type { DrawnPicture } from './machine/drawPicture.ts'
import type { ReadingThread } from './machine/readingThread.ts'
import { KEEP_PREVIEW, PREVIEW } from './queries.ts'

interface Drawing {
  readonly desk: DeskCore
  readonly drawing: ReadingThread
  readonly notes: FileNotes
}

interface Ask {
  readonly page: number
  readonly longest: number
  readonly region: Box | null
}

const zKept = z.object({
  type: z.string(),
  width: z.number(),
  height: z.number(),
  full: z.object({ width: z.number(), height: z.number() }),
  pages: z.number(),
})

/**
 * A page or a region of it as a picture for the eye. Whole pages are kept sealed beside the evidence, within the same room and given up
 * as it is: a scan of 60 MB is unpacked once, and shown again without being read. Rejects as `drawPicture` does.
 */
export async function drawEvidence(
  { desk, drawing, notes }: Drawing,
  file: EvidenceFile,
  ask: Ask,
): Promise<DrawnPicture> {
  const before = ask.region === null ? kept(desk, file.sha256, ask) : null
  if (before) return before
  const bytes = await evidenceBytes(desk, file)
  notes.note(file, bytes)
  const drawn = await drawing.ask<'draw'>({ do: 'draw', bytes, ...ask })
  if (ask.region === null) keep(desk, file.sha256, ask, drawn)
  return drawn
}

function kept(desk: DeskCore, sha256: string, { page, longest }: Ask): DrawnPicture | null {
  const { home } = desk
  const row = home.desk.read.rows<[drawn: string, doc: string]>(PREVIEW).get(sha256, page, longest)
  if (!row) return null
  const [drawn, doc] = row
  try {
    const bytes = home.blobs.get(drawn)
    if (!bytes) return null
    noteUse(home, { sha256: drawn, bytes: bytes.length }, desk.now())
    // its own buffer: this one travels to the window
    return { ...zKept.parse(JSON.parse(doc)), bytes: new Uint8Array(bytes) }
  } catch (error) {
    // one damaged on this disk is drawn again
    if (!(error instanceof ProblemError) || error.problem.code !== 'blob-damaged') throw error
    home.blobs.remove(drawn)
    return null
  }
}

function keep(desk: DeskCore, sha256: string, { page, longest }: Ask, { bytes, ...size }: DrawnPicture): void {
  const { home } = desk
  const drawn = home.blobs.put(bytes)
  noteUse(home, { sha256: drawn, bytes: bytes.length }, desk.now())
  home.desk.write((tx) => tx.run(KEEP_PREVIEW, sha256, page, longest, drawn, JSON.stringify(size)))
  trimEvidence(home)
}
