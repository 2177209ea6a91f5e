import { digitsOf } from '../../../domain/evidence/findOnPage.ts'
import { around, type Box, type Finding, type PaperLine, type PaperWord } from '../../../domain/evidence/paperText.ts'
import { parseImei } from '../../../domain/imei.ts'
import { type Grey, greyOf, pictureOfGrey } from './grey.ts'
import type { TextReader } from './ocr.ts'

/** Numbers of a page that are read once more, each by itself and for digits alone. */

/** A number read less surely is read again: two misread digits may agree with the check digit. */
const DOUBTED = 2 / 3
/** Heights a number's line is tried in, and what is seen around it. */
const HEIGHTS = [64, 40] as const
const AROUND = 0.3
/** A number of which so many digits were made out is worth another look; of longer ones other things are among it. */
const FEWEST = 11
const MOST = 17
/** So many are looked at again on a page: a telephone and its box show two, four at most. */
const NUMBERS = 4

/** The findings but the IMEIs that come out otherwise when they are read once more. `seen`: the picture whose shares their boxes are in. */
export async function withoutMisread(
  findings: readonly Finding[],
  text: TextReader,
  seen: () => Promise<Grey>,
): Promise<readonly Finding[]> {
  const isDoubted = ({ kind, sure }: Finding): boolean => kind === 'imei' && sure < DOUBTED
  if (!findings.some(isDoubted)) return findings
  const grey = await seen()
  const kept: Finding[] = []
  for (const finding of findings)
    if (!isDoubted(finding) || (await isReadAgain(finding, grey, text))) kept.push(finding)
  return kept
}

async function isReadAgain({ value, box }: Finding, grey: Grey, text: TextReader): Promise<boolean> {
  for await (const read of readings(box, grey, text)) if (read.includes(value)) return true
  return false
}

/** IMEIs in what looked like numbers and was none: those that come out the same, with their check digit, in both heights. */
export async function missedImeis(
  lines: readonly PaperLine[],
  found: readonly Finding[],
  page: number,
  text: TextReader,
  grey: Grey,
): Promise<readonly Finding[]> {
  const known = found.filter(({ kind }) => kind === 'imei').map(({ box }) => box)
  const numbers = lines.flatMap(numbersIn).filter(({ box }) => !known.some((other) => overlap(box, other)))
  const more: Finding[] = []
  for (const { box, words } of numbers.slice(0, NUMBERS)) {
    const value = await readTwice(box, grey, text)
    if (value !== null) more.push({ kind: 'imei', value, text: words, page, box, by: 'text', sure: SURE_AGAIN })
  }
  return more
}

async function readTwice(box: Box, grey: Grey, text: TextReader): Promise<string | null> {
  let before: string | null = null
  for await (const read of readings(box, grey, text)) {
    if (!isImei(read) || (before !== null && before !== read)) return null
    before = read
  }
  return before
}
/** As sure as a number can be that no reader made out at first. */
const SURE_AGAIN = 0.5

const isImei = (digits: string): boolean => {
  const parsed = parseImei({ kind: 'text', text: digits })
  return parsed.ok && parsed.imei.form === 'imei' && parsed.imei.check === 'right'
}

interface MadeOut {
  readonly box: Box
  readonly words: string
}

/** Stretches of a line that are digits for the most part, without the label before them. */
function numbersIn({ words }: PaperLine): readonly MadeOut[] {
  const found: MadeOut[] = []
  let run: PaperWord[] = []
  const end = (): void => {
    const text = run.map((word) => word.text).join(' ')
    const length = text.replaceAll(/\W/g, '').length
    if (length >= FEWEST && length <= MOST) found.push({ box: around(run.map(({ box }) => box)), words: text })
    run = []
  }
  for (const word of words.map(withoutLabel)) {
    if (isMostlyDigits(word.text)) run.push(word)
    else end()
  }
  end()
  return found
}

const isMostlyDigits = (word: string): boolean => {
  const digits = word.replaceAll(/\D/g, '').length
  return digits > 0 && (digitsOf(word) !== null || digits * 2 > word.length)
}

/** What follows a colon in a word that the reader did not part; digits are as wide as letters where IMEIs are printed. */
function withoutLabel(word: PaperWord): PaperWord {
  const { text, box } = word
  const at = Math.max(text.lastIndexOf(':'), text.lastIndexOf(';')) + 1
  if (at === 0 || at === text.length) return word
  const share = at / text.length
  return {
    ...word,
    text: text.slice(at),
    box: { ...box, x: box.x + box.width * share, width: box.width * (1 - share) },
  }
}

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

/** The digits a place shows, once for each height it is read in. */
async function* readings({ x, y, width, height }: Box, grey: Grey, text: TextReader): AsyncGenerator<string> {
  const margin = height * grey.height * AROUND
  const left = Math.max(0, Math.floor(x * grey.width - margin))
  const top = Math.max(0, Math.floor(y * grey.height - margin))
  const cut = pictureOfGrey(grey).extract({
    left,
    top,
    width: Math.min(grey.width - left, Math.ceil(width * grey.width + 2 * margin)),
    height: Math.min(grey.height - top, Math.ceil(height * grey.height + 2 * margin)),
  })
  for (const lineHeight of HEIGHTS) {
    const line = await greyOf(cut.clone().resize({ height: lineHeight, kernel: 'cubic' }))
    const lines = await text.read(pictureOfGrey(line), 'number')
    yield lines.flatMap(({ words }) => words.map((word) => word.text)).join('')
  }
}
