import type { EvidenceFile } from '../../domain/appeal.ts'
import type { Box } from '../../domain/evidence/paperText.ts'
import { pictureSize } from '../../domain/evidence/pictureSize.ts'
import { engine } from '../app/queries.ts'
import { type OpenedEvidence, type Picture, pictureOf } from './picture.ts'

/** How many files stay open; the next appeal's are among them. */
const KEPT = 24
const opened = new Map<string, Promise<OpenedEvidence>>()

/** Opens a file of an appeal, or answers the one already open. Rejects with a ProblemError, or with an Error when it cannot be drawn. */
export function openEvidence(appeal: string, file: EvidenceFile): Promise<OpenedEvidence> {
  const known = opened.get(file.sha256)
  opened.delete(file.sha256)
  const opening = known ?? read(appeal, file)
  opened.set(file.sha256, opening)
  opening.catch(() => opened.delete(file.sha256))
  for (const [sha256, old] of opened) {
    if (opened.size <= KEPT) break
    opened.delete(sha256)
    void old.then((evidence) => evidence.close())
  }
  return opening
}

/** Larger files are drawn by the engine in a size the window holds easily, and its regions when they are looked at closely. */
const LARGE_BYTES = 12_000_000
/** Four bytes a pixel: a small file may unpack to more than a window survives, so that its head is asked first. */
const LARGE_PIXELS = 40_000_000
/** Kinds of picture no window can draw. */
const FOREIGN = ['image/heic', 'image/heif', 'image/tiff']
const LONGEST = 4000
const LONGEST_REGION = 2400

async function read(appeal: string, file: EvidenceFile): Promise<OpenedEvidence> {
  if (file.bytes > LARGE_BYTES || FOREIGN.includes(file.type)) return openDrawn(appeal, file.sha256)
  const { bytes, type } = await engine.call('evidence', { id: appeal, sha256: file.sha256 })
  if (type === 'application/pdf') {
    const { openPdf } = await import('./pdf.ts')
    return openPdf(bytes)
  }
  const size = pictureSize(bytes, type)
  if (!size || size.width * size.height > LARGE_PIXELS) return openDrawn(appeal, file.sha256)
  return openImage(bytes, type)
}

async function openImage(bytes: Uint8Array, type: string): Promise<OpenedEvidence> {
  const picture = await pictureOf(new Blob([bytes.slice()], { type }))
  return { pages: 1, page: async () => picture, close: () => URL.revokeObjectURL(picture.url) }
}

/** A file drawn by the engine, page by page; what was drawn of it is given back when the file is closed. */
async function openDrawn(id: string, sha256: string): Promise<OpenedEvidence> {
  const urls: string[] = []
  const draw = async (page: number, longest: number, region: Box | null) => {
    const drawn = await engine.call('evidence-picture', { id, sha256, page, longest, region })
    const picture = await pictureOf(new Blob([drawn.bytes.slice()], { type: drawn.type }))
    urls.push(picture.url)
    return { picture, drawn }
  }
  const drawPage = async (at: number): Promise<{ shown: Picture; pages: number }> => {
    const { picture, drawn } = await draw(at, LONGEST, null)
    const region = async (box: Box): Promise<Picture> => (await draw(at, LONGEST_REGION, box)).picture
    return { shown: drawn.width < drawn.full.width ? { ...picture, region } : picture, pages: drawn.pages }
  }
  const { shown: first, pages } = await drawPage(0)
  const drawn = new Map([[0, Promise.resolve(first)]])
  return {
    pages,
    page: (at) => {
      const known = drawn.get(at) ?? drawPage(at).then(({ shown }) => shown)
      drawn.set(at, known)
      return known
    },
    close: () => {
      for (const url of urls) URL.revokeObjectURL(url)
    },
  }
}
