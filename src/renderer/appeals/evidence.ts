import type { EvidenceFile } from '../../domain/appeal.ts'
import { engine } from '../app/queries.ts'
import { type OpenedEvidence, pictureOf } from './picture.ts'

/** How many files stay open; the next appeal's are among them. */
const KEPT = 24
const opened = new Map<string, Promise<OpenedEvidence>>()

/** Opens a file of an appeal, or answers the one already open. Rejects with a ProblemError, or with an Error when it cannot be drawn. */
export function openEvidence(appeal: string, file: Pick<EvidenceFile, 'sha256'>): Promise<OpenedEvidence> {
  const known = opened.get(file.sha256)
  opened.delete(file.sha256)
  const opening = known ?? read(appeal, file.sha256)
  opened.set(file.sha256, opening)
  opening.catch(() => opened.delete(file.sha256))
  for (const [sha256, old] of opened) {
    if (opened.size <= KEPT) break
    opened.delete(sha256)
    void old.then((evidence) => evidence.close())
  }
  return opening
}

async function read(appeal: string, sha256: string): Promise<OpenedEvidence> {
  const { bytes, type } = await engine.call('evidence', { id: appeal, sha256 })
  if (type === 'application/pdf') {
    const { openPdf } = await import('./pdf.ts')
    return openPdf(bytes)
  }
  return openImage(bytes, type)
}

async function openImage(bytes: Uint8Array, type: string): Promise<OpenedEvidence> {
  const picture = await pictureOf(new Blob([bytes.slice()], { type }))
  return { pages: 1, page: async () => picture, close: () => URL.revokeObjectURL(picture.url) }
}
