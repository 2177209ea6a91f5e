import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { createWorker, OEM, PSM, type Worker } from 'tesseract.js'
import type { Box, PaperLine } from '../../../domain/evidence/paperText.ts'
import { fileOfGrey, type Grey, greyOf, stretched } from './grey.ts'
import { withoutPlaces, withoutPrintedRules } from './printedRules.ts'

/** The Kazakh letters hold the Russian ones; together with the Latin ones they read all three languages (decision 0025). */
const LANGUAGES = ['eng', 'kaz'] as const
/** Width to which a page is brought: on a photograph of a phone letters are then about 30 pixels high. */
const WIDTH = 1600
/** Long receipts are so many times longer than wide; a strip made to be endless is read smaller. */
const LONGEST = 8

export type Layout = 'scattered' | 'page' | 'zone' | 'number'
/** Receipts, screens and labels are no columns of prose; a straightened photograph is read better as a page. */
const SEGMENTATION = {
  scattered: PSM.SPARSE_TEXT,
  page: PSM.AUTO,
  zone: PSM.SINGLE_BLOCK,
  number: PSM.SINGLE_LINE,
} as const
/** All that may stand in a zone (ICAO Doc 9303, part 3). */
const ZONE_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<'
/** All letters may stand where nothing is named. */
const LETTERS: Readonly<Partial<Record<Layout, string>>> = { zone: ZONE_LETTERS, number: '0123456789' }

/** A reader of printed text, Latin and Cyrillic, without any network. */
export interface TextReader {
  /**
   * Lines of a picture with boxes in shares of it: `scattered` words, a `page` of lines under each other, the `zone` of a passport, or
   * one line that is a `number`, whose letters are as high as they are to be read. `codes`: places where there are bars, not letters.
   */
  read(picture: Sharp, layout?: Layout, codes?: readonly Box[]): Promise<readonly PaperLine[]>
  /** Reads a small empty page: what the reader builds at its first page is then there. */
  warm(): Promise<void>
  close(): Promise<void>
}

/** Starts tesseract in a thread of its own; takes about half a second. */
export async function startTextReader(): Promise<TextReader> {
  const folder = bundledData()
  let worker: Worker
  try {
    worker = await createWorker([...LANGUAGES], OEM.LSTM_ONLY, { langPath: folder, cacheMethod: 'none', gzip: true })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return {
    read: async (picture, layout = 'scattered', codes = []) => {
      await worker.setParameters({
        tessedit_pageseg_mode: SEGMENTATION[layout],
        tessedit_char_whitelist: LETTERS[layout] ?? '',
      })
      const grey = await clear(layout === 'number' ? picture : broughtToWidth(picture))
      const words = layout === 'scattered' || layout === 'page'
      return readLines(worker, words ? withoutPlaces(withoutPrintedRules(grey), codes) : grey)
    },
    warm: async () => {
      const empty = sharp({ create: { width: 64, height: 64, channels: 3, background: '#ffffff' } })
      await readLines(worker, await clear(broughtToWidth(empty)))
    },
    close: async () => {
      await worker.terminate()
    },
  }
}

/** tesseract.js wants the data of all its languages in one folder; they come as one package a language. */
function bundledData(): string {
  const require = createRequire(import.meta.url)
  const folder = mkdtempSync(join(tmpdir(), 'tamga-ocr-'))
  for (const language of LANGUAGES) {
    const file = require.resolve(`@tesseract.js-data/${language}/4.0.0_best_int/${language}.traineddata.gz`)
    copyFileSync(file, join(folder, `${language}.traineddata.gz`))
  }
  return folder
}

const broughtToWidth = (picture: Sharp): Sharp =>
  picture.clone().resize({ width: WIDTH, height: WIDTH * LONGEST, fit: 'inside' })

const clear = async (picture: Sharp): Promise<Grey> =>
  stretched(await greyOf(picture.clone().flatten({ background: '#ffffff' })))

async function readLines(worker: Worker, grey: Grey): Promise<readonly PaperLine[]> {
  const { width, height } = grey
  const { data } = await worker.recognize(fileOfGrey(grey), {}, { blocks: true, text: false })
  const lines = (data.blocks ?? []).flatMap((block) => block.paragraphs.flatMap((paragraph) => paragraph.lines))
  return lines.map((line) => ({
    words: line.words.map(({ text, confidence, bbox }) => ({
      text,
      sure: Math.max(0, confidence) / 100,
      box: {
        x: bbox.x0 / width,
        y: bbox.y0 / height,
        width: (bbox.x1 - bbox.x0) / width,
        height: (bbox.y1 - bbox.y0) / height,
      },
    })),
  }))
}
