import { parse } from 'mrz'
import { around, type Box, type Finding, lineText, type PaperLine } from '../../../domain/evidence/paperText.ts'

/** Lengths of the lines a travel document's machine-readable zone has, and their number (ICAO 9303). */
const ZONES = [
  { lines: 2, length: 44 },
  { lines: 3, length: 30 },
  { lines: 2, length: 36 },
] as const

/** The machine-readable zone of a travel document, when its check digits hold: number with country, and the holder's name. */
export function findPassport(lines: readonly PaperLine[], page: number): readonly Finding[] {
  const candidates = zoneLines(lines)
  for (const { lines: count, length } of ZONES)
    for (let i = 0; i + count <= candidates.length; i++) {
      const zone = candidates.slice(i, i + count)
      if (zone.some(({ text }) => Math.abs(text.length - length) > TOO_LONG)) continue
      if (!zone.some(({ text }) => FILLER.test(text))) continue
      const holder = likeliest(
        waysToRead(
          zone.map(({ text }) => text),
          length,
        ),
        zone.every(({ text }) => text.length <= length),
      )
      if (holder) return findingsOf(holder, zone, page)
    }
  return []
}

interface Holder {
  readonly passport: string
  readonly name: string
  readonly valid: boolean
  readonly known: boolean
}

/** Of the ways to read a zone the first whose state there is, or is the holder's own: no check digit covers it; else the first of all. */
function likeliest(ways: readonly (readonly string[])[], lenient: boolean): Holder | null {
  let first: Holder | null = null
  for (const zone of ways) {
    const holder = holderIn(zone, lenient)
    if (holder?.known) return holder
    first ??= holder
  }
  return first
}

/** Number, country and holder where the check digits hold; all of them, unless `lenient` trusts the number's own. */
function holderIn(zone: readonly string[], lenient: boolean): Holder | null {
  const read = parse([...zone], { autocorrect: true })
  const { documentNumber, firstName, lastName } = read.fields
  // the library knows the states; a document of one it does not know yet is still a document
  const issuingState = read.fields.issuingState ?? zone[0]?.slice(2, 5).replaceAll('<', '') ?? ''
  if (!documentNumber || !/^[A-Z]{1,3}$/.test(issuingState)) return null
  const checks = read.details.filter((d) => d.field?.endsWith('CheckDigit'))
  if (!checks.every((d) => d.valid || (lenient && d.field !== 'documentNumberCheckDigit'))) return null
  const name = [lastName, firstName].filter(Boolean).join(' ')
  const known = read.fields.issuingState !== null || issuingState === nationalityIn(zone)
  return { passport: `${issuingState}:${documentNumber}`, name, valid: read.valid, known }
}

/** The holder's nationality as it stands in the second line, zeros read as the letter. */
const nationalityIn = (zone: readonly string[]): string =>
  (zone[1] ?? '')
    .slice(...(zone.length === 3 ? [15, 18] : [10, 13]))
    .replaceAll('0', 'O')
    .replaceAll('<', '')

function findingsOf({ passport, name, valid }: Holder, zone: readonly ZoneLine[], page: number): readonly Finding[] {
  const common = {
    text: zone.map((line) => line.text).join('\n'),
    page,
    box: around(zone.map((line) => line.box)),
    by: 'mrz' as const,
    sure: valid ? 1 : 0.7,
  }
  const found: Finding = { kind: 'passport', value: passport, ...common }
  return name ? [found, { kind: 'person', value: name, ...common }] : [found]
}

/** So many letters may a line have too many: readers see one letter as two alike (O0, 7Z). */
const TOO_LONG = 2
const MOST_WAYS = 500

/** The zone's lines brought to their length: as they stand, or with a letter left out where one is too many; the check digits choose. */
function waysToRead(zone: readonly string[], length: number): readonly (readonly string[])[] {
  let ways: (readonly string[])[] = [[]]
  for (const line of zone) {
    const plain = line.slice(0, length).padEnd(length, '<')
    const shorter = line.length <= length ? [] : withoutSome(line, Math.min(TOO_LONG, line.length - length))
    const options = [...new Set([plain, ...shorter.map((text) => text.padEnd(length, '<'))])]
    ways = ways.flatMap((way) => options.map((option) => [...way, option])).slice(0, MOST_WAYS)
  }
  return ways
}

/** Letters that a reader sees twice in one: both stand beside each other then. */
const ALIKE = ['0OQD', '1IL', '2Z7', '5S', '6G', '8B', 'MN', 'VW', 'UV'] as const
const areAlike = (a = '', b = ''): boolean => a === b || ALIKE.some((group) => group.includes(a) && group.includes(b))

/** The line with so many letters left out, each beside one that looks like it. */
function withoutSome(line: string, letters: number): readonly string[] {
  if (letters === 0) return [line]
  const shorter = [...line].flatMap((c, at) =>
    areAlike(c, line[at + 1]) || (at > 0 && areAlike(c, line[at - 1])) ? [line.slice(0, at) + line.slice(at + 1)] : [],
  )
  return [...new Set(shorter)].flatMap((rest) => withoutSome(rest, letters - 1))
}

interface ZoneLine {
  readonly text: string
  readonly box: Box
}

const SHORTEST = 28
/** Every zone has it, in the line of the name. */
const FILLER = /<{2,}/

/** Lines that look like those of a zone, right or misread. */
const zoneLines = (lines: readonly PaperLine[]): readonly ZoneLine[] =>
  lines
    .map((line) => ({ text: zoneText(lineText(line)), box: around(line.words.map(({ box }) => box)) }))
    .filter(({ text }) => text.length >= SHORTEST && (FILLER.test(text) || /^[A-Z\d<]*\d{6}[A-Z\d<]*$/.test(text)))

/** Where a zone seems to stand, to be looked at once more for its own letters alone; null where nothing looks like one. */
export function zonePlace(lines: readonly PaperLine[]): Box | null {
  const found = zoneLines(lines).filter(({ text }) => shareOfZoneLetters(text) >= MOST_LETTERS)
  return found.some(({ text }) => FILLER.test(text)) ? around(found.map(({ box }) => box)) : null
}
/** Dashes and guillemets of other papers stand among letters that no zone has. */
const MOST_LETTERS = 0.75
const shareOfZoneLetters = (text: string): number => text.replaceAll(/[^A-Z\d<]/g, '').length / text.length

/** Cyrillic letters that a reader of three languages takes Latin ones for. */
const LATIN: Readonly<Record<string, string>> = {
  ...{ А: 'A', В: 'B', С: 'C', Е: 'E', Ғ: 'F', Н: 'H', І: 'I', К: 'K', М: 'M', О: 'O', Ө: 'O', Р: 'P', Т: 'T' },
  ...{ У: 'Y', Ү: 'Y', Ұ: 'Y', Х: 'X', Ѕ: 'S', З: '3', б: '6' },
}

/** Readers take the filler for guillemets and letters for Cyrillic ones, and put spaces between them. */
const zoneText = (text: string): string =>
  [...text.replaceAll(/\s/g, '').replaceAll(/[«‹≪]/g, '<<').toUpperCase()].map((c) => LATIN[c] ?? c).join('')
