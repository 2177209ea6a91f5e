import { parse } from 'mrz'
import { around, type Finding, lineText, type PaperLine } from '../../../domain/evidence/paperText.ts'

/** Lengths of the lines a travel document's machine-readable zone has, and their number (ICAO 9303). */
const ZONES = [
  { lines: 2, length: 44 },
  { lines: 3, length: 30 },
  { lines: 2, length: 36 },
] as const

/** The machine-readable zone of a travel document, when its check digits hold: number with country, and the holder's name. */
export function findPassport(lines: readonly PaperLine[], page: number): readonly Finding[] {
  const candidates = lines
    .map((line) => ({ text: zoneText(lineText(line)), box: around(line.words.map(({ box }) => box)) }))
    .filter(({ text }) => text.length >= 28 && /[<]{2,}|\d{6}/.test(text))
  for (const { lines: count, length } of ZONES)
    for (let i = 0; i + count <= candidates.length; i++) {
      const zone = candidates.slice(i, i + count)
      if (zone.some(({ text }) => Math.abs(text.length - length) > 2)) continue
      const read = parse(
        zone.map(({ text }) => text.slice(0, length).padEnd(length, '<')),
        { autocorrect: true },
      )
      const { documentNumber, firstName, lastName } = read.fields
      // the library knows the states; a document of one it does not know yet is still a document
      const issuingState = read.fields.issuingState ?? zone[0]?.text.slice(2, 5).replaceAll('<', '')
      if (
        !documentNumber ||
        !issuingState ||
        !read.details.every((d) => d.field !== 'documentNumberCheckDigit' || d.valid)
      )
        continue
      const box = around(zone.map((line) => line.box))
      const text = zone.map((line) => line.text).join('\n')
      const common = { text, page, box, by: 'mrz' as const, sure: read.valid ? 1 : 0.7 }
      const name = [lastName, firstName].filter(Boolean).join(' ')
      const passport: Finding = { kind: 'passport', value: `${issuingState}:${documentNumber}`, ...common }
      return name ? [passport, { kind: 'person', value: name, ...common }] : [passport]
    }
  return []
}

/** Readers take the filler for guillemets or for K, and put spaces between the letters. */
const zoneText = (text: string): string => text.replaceAll(/\s/g, '').replaceAll(/[«‹≪]/g, '<<').toUpperCase()
