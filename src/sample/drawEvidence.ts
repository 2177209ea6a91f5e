import { createHash } from 'node:crypto'
import { documentPdf } from './evidence/documentPdf.ts'
import { documentDrawing } from './evidence/documentSvg.ts'
import type { Drawing } from './evidence/drawing.ts'
import { boxLabel, parcelLabel, phoneScreen, stampPage } from './evidence/photos.ts'
import { handheld, photo, png } from './evidence/raster.ts'
import { tillReceipt, webReceipt } from './evidence/receipts.ts'
import { Random } from './random.ts'
import type { DrawnFile, Paper, SampleAppeal } from './shape.ts'

const DRAWINGS: Partial<Record<Paper['form'], (paper: Paper) => Drawing>> = {
  'till-receipt': tillReceipt,
  'web-receipt': webReceipt,
  'stamp-page': stampPage,
  'phone-photo': phoneScreen,
  'box-label': boxLabel,
  'parcel-label': parcelLabel,
}

/** What the papers lie on when they are photographed. */
const GROUNDS = ['#6b5a48', '#3d4450', '#8a8f94', '#50463d']

/** The files of an appeal. Equal papers give equal bytes, so a paper filed twice is found as the same file. */
export function drawEvidence(appeal: SampleAppeal): Promise<readonly DrawnFile[]> {
  return Promise.all(
    appeal.papers.map(async (paper) => {
      const content = await draw(paper)
      const sha256 = createHash('sha256').update(content).digest('hex')
      return { file: paper.file, sha256, bytes: content.length, type: paper.type, shows: paper.shows, content }
    }),
  )
}

async function draw(paper: Paper): Promise<Buffer> {
  if (paper.type === 'application/pdf') return documentPdf(paper)
  const drawing = (DRAWINGS[paper.form] ?? documentDrawing)(paper)
  if (paper.type === 'image/png') return png(drawing)
  const random = new Random(paper.seed, 'shot')
  return photo(drawing, handheld(random, random.pick(GROUNDS)))
}
