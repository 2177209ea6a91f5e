import type { EvidenceFile } from '../../domain/appeal.ts'
import type { Box } from '../../domain/evidence/paperText.ts'
import { pictureSize } from '../../domain/evidence/pictureSize.ts'
import { engine } from '../app/queries.ts'
import { pagesOnce } from './pagesOnce.ts'
import { decoded, forget, type OpenedEvidence, type Part, type Picture, pictureOf } from './picture.ts'

/** How many files stay open; the next appeal's are among them. */
const KEPT = 24

interface Open {
  readonly opening: Promise<OpenedEvidence>
  /** Pages that stand ready, by number. */
  readonly drawn: Map<number, DrawnPage>
}

/** A page that can be shown at once, and how many its file has. */
export interface DrawnPage {
  readonly picture: Picture
  readonly pages: number
}

const open = new Map<string, Open>()

/** A page of a file, drawn when it is first asked for. Rejects with a ProblemError, or with an Error when it cannot be drawn. */
export async function openPage(appeal: string, file: EvidenceFile, at: number): Promise<DrawnPage> {
  const { opening, drawn } = openEvidence(appeal, file)
  const evidence = await opening
  const page = { picture: await evidence.page(at), pages: evidence.pages }
  drawn.set(at, page)
  return page
}

/** A page that was drawn before and is still held; null when it has to be waited for. */
export const drawnPage = ({ sha256 }: EvidenceFile, at: number): DrawnPage | null =>
  open.get(sha256)?.drawn.get(at) ?? null

/** Opens a file, or answers the one already open; the one asked for last is given up last. */
function openEvidence(appeal: string, file: EvidenceFile): Open {
  const known = open.get(file.sha256)
  open.delete(file.sha256)
  const wanted = known ?? { opening: read(appeal, file), drawn: new Map() }
  open.set(file.sha256, wanted)
  wanted.opening.catch(() => open.delete(file.sha256))
  for (const [sha256, old] of open) {
    if (open.size <= KEPT) break
    open.delete(sha256)
    void old.opening.then((evidence) => evidence.close())
  }
  return wanted
}

/** Larger files are drawn by the engine in the size of a screen, and their regions when they are looked at closely. */
const LARGE_BYTES = 12_000_000
/** Four bytes a pixel: a small file may unpack to more than a window survives, so that its head is asked first. */
const LARGE_PIXELS = 40_000_000
/** Kinds of picture no window can draw. */
const FOREIGN = ['image/heic', 'image/heif', 'image/tiff']
/** More than any pane has; what is looked at more closely is a region. */
const LONGEST = 2000
const LONGEST_REGION = 2400
/** Regions of one file that are held: those on screen and the ones just left. */
const REGIONS_KEPT = 6

async function read(appeal: string, file: EvidenceFile): Promise<OpenedEvidence> {
  if (file.bytes > LARGE_BYTES || FOREIGN.includes(file.type)) return openDrawn(appeal, file.sha256)
  const { bytes, type } = await engine.call('evidence', { id: appeal, sha256: file.sha256 })
  if (type === 'application/pdf') {
    const { openPdf } = await import('./pdf.ts')
    const regions = regionsOf(appeal, file.sha256)
    const pdf = await openPdf(bytes, regions.draw)
    return {
      ...pdf,
      close: () => {
        regions.close()
        pdf.close()
      },
    }
  }
  const size = pictureSize(bytes, type)
  if (!size || size.width * size.height > LARGE_PIXELS) return openDrawn(appeal, file.sha256)
  return openImage(bytes, type)
}

async function openImage(bytes: Uint8Array, type: string): Promise<OpenedEvidence> {
  const picture = await pictureOf(new Blob([bytes.slice()], { type }))
  return { pages: 1, page: async () => picture, close: () => forget(picture) }
}

/** Regions of a file's pages in the file's own pixels, drawn by the engine. */
interface Regions {
  draw(page: number, box: Box): Promise<Part>
  close(): void
}

function regionsOf(id: string, sha256: string): Regions {
  const kept: string[] = []
  return {
    async draw(page, region) {
      const drawn = await engine.call('evidence-picture', { id, sha256, page, longest: LONGEST_REGION, region })
      const { url } = await decoded(new Blob([drawn.bytes], { type: drawn.type }))
      kept.push(url)
      if (kept.length > REGIONS_KEPT) URL.revokeObjectURL(kept.shift() as string)
      return { url, box: region }
    },
    close() {
      for (const url of kept.splice(0)) URL.revokeObjectURL(url)
    },
  }
}

/** A file drawn by the engine, page by page; what was drawn of it is given back when the file is closed. */
async function openDrawn(id: string, sha256: string): Promise<OpenedEvidence> {
  const regions = regionsOf(id, sha256)
  const drawPage = async (at: number): Promise<{ shown: Picture; pages: number }> => {
    const drawn = await engine.call('evidence-picture', { id, sha256, page: at, longest: LONGEST, region: null })
    const picture = await pictureOf(new Blob([drawn.bytes], { type: drawn.type }))
    const region = (box: Box): Promise<Part> => regions.draw(at, box)
    return { shown: drawn.width < drawn.full.width ? { ...picture, region } : picture, pages: drawn.pages }
  }
  const { shown: first, pages } = await drawPage(0)
  const drawn = pagesOnce((at) => drawPage(at).then(({ shown }) => shown), first)
  return {
    pages,
    page: drawn.page,
    close: () => {
      regions.close()
      drawn.close()
    },
  }
}
