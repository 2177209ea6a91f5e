import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import sharp, { type Sharp } from 'sharp'
import { type EvidenceType, evidenceType } from '../../../domain/evidence/evidenceType.ts'
import { findOnPage } from '../../../domain/evidence/findOnPage.ts'
import { around, type Box, type Finding, type PaperLine } from '../../../domain/evidence/paperText.ts'
import { findBarcodes } from './barcodes.ts'
import { greyOf, pictureOfGrey, sharpened, steepened } from './grey.ts'
import { missedImeis, withoutMisread } from './numbersAgain.ts'
import type { TextReader } from './ocr.ts'
import { findPassport, zonePlace } from './passportLines.ts'
import { drawPage, openPdf, textOfPage } from './pdf.ts'
import { openPicture } from './picture.ts'
import { leanIn, type Straightened, straighten } from './straighten.ts'
import { type TakenAt, takenAt } from './takenAt.ts'

/** What was made out on a file; kept, so that it is done once. */
export interface PaperReading {
  readonly type: EvidenceType | null
  readonly pages: number
  readonly lines: readonly (readonly PaperLine[])[]
  readonly findings: readonly Finding[]
  readonly takenAt: TakenAt | null
}

/** Of a long document only the beginning is read by the machine; the officer sees all of it. */
const MOST_PAGES = 5
/** Longer side of a scanned page of a PDF when it is drawn for reading. */
const DRAWN = 2200
/** A page with fewer words of its own is taken for a scan. */
const OWN_WORDS = 8

/** Reads a file: barcodes, text, the zone of a passport. Throws `picture-unreadable` or `picture-too-large`. */
export async function readPaper(bytes: Uint8Array, text: () => Promise<TextReader>): Promise<PaperReading> {
  const type = evidenceType(bytes)
  if (type === null) return { type, pages: 0, lines: [], findings: [], takenAt: null }
  if (type === 'application/pdf') return readPdf(bytes, text)
  const picture = await openPicture(bytes, type)
  const page = await readPage(picture, 0, await text())
  return {
    type,
    pages: 1,
    lines: [page.lines],
    findings: page.findings,
    takenAt: takenAt(bytes, type),
  }
}

async function readPdf(bytes: Uint8Array, text: () => Promise<TextReader>): Promise<PaperReading> {
  const pdf = await openPdf(bytes)
  try {
    const read = []
    for (let at = 0; at < Math.min(MOST_PAGES, pdf.numPages); at++) read.push(await readPdfPage(pdf, at, text))
    return {
      type: 'application/pdf',
      pages: pdf.numPages,
      lines: read.map(({ lines }) => lines),
      findings: read.flatMap(({ findings }) => findings),
      takenAt: takenAt(bytes, 'application/pdf'),
    }
  } finally {
    await pdf.loadingTask.destroy()
  }
}

interface ReadPage {
  readonly lines: readonly PaperLine[]
  readonly findings: readonly Finding[]
}

async function readPdfPage(pdf: PDFDocumentProxy, at: number, text: () => Promise<TextReader>): Promise<ReadPage> {
  const page = await pdf.getPage(at + 1)
  const lines = await textOfPage(page)
  const words = lines.reduce((sum, line) => sum + line.words.length, 0)
  if (words >= OWN_WORDS) return { lines, findings: unique([...findPassport(lines, at), ...findOnPage(lines, at)]) }
  return readPage(await openPicture(await drawPage(page, DRAWN), 'image/png'), at, await text())
}

async function readPage(picture: Sharp, at: number, text: TextReader): Promise<ReadPage> {
  const quick = (await isSmall(picture)) ? await findBarcodes(picture, at, 'as taken') : []
  // letters are read in a thread of their own
  const [more, lines] = await Promise.all([
    quick.some(isImei) ? [] : otherCodes(picture, at),
    text.read(picture, 'scattered', boxesOf(quick)),
  ])
  const codes = unique([...quick, ...more])
  const passport = await readPassport(picture, at, text, lines)
  const read = await withoutMisread(findOnPage(lines, at), text, () => greyOf(picture.clone().flatten(WHITE)))
  const page = { lines, findings: unique([...codes, ...passport, ...read]) }
  const isWhole = page.findings.some(({ kind }) => kind === 'passport') || page.findings.filter(isImei).length > 1
  return isWhole || isWellRead(lines) ? page : readStraightened(picture, at, text, page)
}

/** On a page of no more pixels codes are found so quickly that the reader of letters waits to be told where they are. */
const SMALL = 4_000_000

async function isSmall(picture: Sharp): Promise<boolean> {
  const { width, height } = await picture.metadata()
  return width * height <= SMALL
}

/** What a first look at a small page does not find; of a large one all. */
async function otherCodes(picture: Sharp, at: number): Promise<readonly Finding[]> {
  const found = (await isSmall(picture)) ? [] : await findBarcodes(picture, at, 'as taken')
  return found.some(isImei) ? found : [...found, ...(await findBarcodes(picture, at, 'enlarged'))]
}

const isImei = ({ kind }: Finding): boolean => kind === 'imei'
const boxesOf = (codes: readonly Finding[]): readonly Box[] => codes.map(({ box }) => box)

/** The zone of a travel document: what looks like one is read once more for a zone's letters alone, since 1 and L have the same check digit. */
async function readPassport(
  picture: Sharp,
  at: number,
  text: TextReader,
  lines: readonly PaperLine[],
): Promise<readonly Finding[]> {
  const place = zonePlace(lines)
  if (!place) return []
  const whole = sharp(await picture.clone().png({ compressionLevel: 1 }).toBuffer())
  const { width, height } = await whole.metadata()
  const top = Math.max(0, Math.floor((place.y - ROUND_ZONE) * height))
  const bottom = Math.min(height, Math.ceil((place.y + place.height + ROUND_ZONE) * height))
  const strip = whole.extract({ left: 0, top, width, height: bottom - top })
  const read = await text.read(strip, 'zone')
  const onPage = (box: Box): Box => ({
    ...box,
    y: (top + box.y * (bottom - top)) / height,
    height: (box.height * (bottom - top)) / height,
  })
  const anew = read.map(({ words }) => ({ words: words.map((word) => ({ ...word, box: onPage(word.box) })) }))
  const found = findPassport(anew, at)
  return found.length > 0 ? found : findPassport(lines, at)
}
/** Share of the page that is looked at above and below a zone: a line of it may not have been seen at all. */
const ROUND_ZONE = 0.08

/** Words read so surely are a clean page's; where most are less sure, the photograph is straightened and read once more. */
const SURE = 0.8
const FEW_WORDS = 8

function isWellRead(lines: readonly PaperLine[]): boolean {
  const words = lines.flatMap((line) => line.words).filter(({ text }) => text.length > 2)
  return words.length >= FEW_WORDS && words.reduce((sum, w) => sum + w.sure, 0) / words.length >= SURE
}

/** Widths at which bars and letters of a telephone's photograph are read best. */
const BARS_WIDTH = 1100
const LETTERS_WIDTH = 1600
const BARS = { sigma: 3, by: 3 } as const
const LETTERS = { sigma: 3, flat: 1, steep: 3 } as const

/**
 * A bad photograph with its lines levelled and its shadows evened out: first a quick look for bars, then letters, which take longer. Where
 * one IMEI was found before, only bars are looked for: a telephone of two shows the other one beside it.
 */
async function readStraightened(picture: Sharp, at: number, text: TextReader, before: ReadPage): Promise<ReadPage> {
  const lean = await leanIn(picture)
  const level = await straighten(picture, lean, LETTERS_WIDTH)
  const bars = pictureOfGrey(
    await steepened(await greyOf(pictureOfGrey(level.grey).resize({ width: BARS_WIDTH })), BARS.sigma, BARS.by),
  )
  const quick = await findBarcodes(bars, at, 'levelled')
  const onPhotograph = (found: readonly Finding[]) => found.map((f) => ({ ...f, box: backOn(level, f.box) }))
  if (quick.some(isImei) || before.findings.some(isImei))
    return { ...before, findings: unique([...before.findings, ...onPhotograph(quick)]) }
  const clear = await sharpened(level.grey, LETTERS)
  const [more, lines] = await Promise.all([
    findBarcodes(bars, at, 'levelled, enlarged'),
    text.read(pictureOfGrey(clear), 'page'),
  ])
  const passport = await readPassport(pictureOfGrey(level.grey), at, text, lines)
  const read = lines.map(({ words }) => ({ words: words.map((word) => ({ ...word, box: backOn(level, word.box) })) }))
  const sure = await withoutMisread(findOnPage(lines, at), text, async () => clear)
  const again = sure.some(isImei) || more.some(isImei) ? [] : await missedImeis(lines, sure, at, text, clear)
  const found = onPhotograph([...passport, ...sure, ...again])
  const codes = onPhotograph([...quick, ...more])
  const better = found.length > before.findings.length
  return { lines: better ? read : before.lines, findings: unique([...codes, ...found, ...before.findings]) }
}

const WHITE = { background: '#ffffff' } as const
/** The place on the photograph that a place on the straightened picture shows. */
function backOn({ at }: Straightened, { x, y, width, height }: Box): Box {
  const corners = [at(x, y), at(x + width, y), at(x, y + height), at(x + width, y + height)]
  return around(corners.map((p) => ({ x: share(p.x), y: share(p.y), width: 0, height: 0 })))
}
const share = (value: number): number => Math.min(1, Math.max(0, value))

/** The surest way of finding a value comes first; the same value found again adds nothing. */
function unique(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>()
  return findings.filter(({ kind, value, page }) => {
    const key = `${kind}|${value}|${page}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
