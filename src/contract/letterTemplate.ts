import { trouble } from '../domain/problem.ts'

/**
 * Templates of letters: plain text that a ministry changes without a programmer (docs/formats/letters.md). `# ` begins the title, `- `
 * an item of a list, an empty line a paragraph; `{{name}}` is a value, `{{#name}} … {{/name}}` on lines of their own a part that
 * stands only where there is a value, and once for each reason.
 */

/** Values that every letter has, empty text where there is nothing to say. */
export const LETTER_VALUES = [
  'number',
  'date',
  'applicant',
  'appeal',
  'received',
  'device',
  'imeis',
  'due',
  'until',
  'noticeBy',
  'note',
  'item',
  'body',
  'approved',
  'refused',
  'approval',
  'otherDecision',
] as const
export type LetterValue = (typeof LETTER_VALUES)[number]
/** Values of each reason within `{{#reasons}}`. */
export const REASON_VALUES = ['code', 'text', 'clause', 'remedy'] as const

export interface LetterData {
  readonly values: Readonly<Record<LetterValue, string>>
  readonly reasons: readonly Readonly<Record<(typeof REASON_VALUES)[number], string>>[]
}

export interface LetterBlock {
  readonly kind: 'title' | 'text' | 'item'
  readonly text: string
}

type Part =
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'part'; readonly name: string; readonly lines: readonly string[] }
export interface LetterTemplate {
  readonly parts: readonly Part[]
}

const OPEN = /^\{\{#(\w+)\}\}$/
const CLOSE = /^\{\{\/(\w+)\}\}$/
const VALUE = /\{\{([^{}]*)\}\}/g

/**
 * Reads a template.
 * @throws ProblemError `letter-template` with file, line and what is unknown there
 */
export function readTemplate(source: string, file: string): LetterTemplate {
  const parts: Part[] = []
  let open: { name: string; lines: string[]; line: number } | null = null
  for (const [i, raw] of source.split(/\r?\n/).entries()) {
    const line = raw.trimEnd()
    const begins = OPEN.exec(line.trim())?.[1]
    const ends = CLOSE.exec(line.trim())?.[1]
    const wrong = (value: string) => trouble('letter-template', { file, line: i + 1, value })
    if (begins !== undefined) {
      if (open || !(begins === 'reasons' || isValue(begins))) throw wrong(line.trim())
      open = { name: begins, lines: [], line: i + 1 }
    } else if (ends !== undefined) {
      if (open?.name !== ends) throw wrong(line.trim())
      parts.push({ kind: 'part', name: ends, lines: open.lines })
      open = null
    } else {
      const inReasons = open?.name === 'reasons'
      for (const [whole, name = ''] of line.matchAll(VALUE))
        if (!isValue(name) && !(inReasons && (REASON_VALUES as readonly string[]).includes(name))) throw wrong(whole)
      if (/\{\{|\}\}/.test(line.replaceAll(VALUE, ''))) throw wrong(line.trim())
      if (open) open.lines.push(line)
      else parts.push({ kind: 'line', text: line })
    }
  }
  if (open) throw trouble('letter-template', { file, line: open.line, value: `{{#${open.name}}}` })
  return { parts }
}

const isValue = (name: string): name is LetterValue => (LETTER_VALUES as readonly string[]).includes(name)

/** The letter's paragraphs with their values. Lines that follow each other without an empty one are one paragraph of several lines. */
export function fillTemplate(template: LetterTemplate, { values, reasons }: LetterData): readonly LetterBlock[] {
  const lines: string[] = []
  const fill = (line: string, own: Readonly<Record<string, string>>): string =>
    line.replaceAll(VALUE, (_, name: string) => own[name] ?? '')
  for (const part of template.parts) {
    if (part.kind === 'line') lines.push(fill(part.text, values))
    else if (part.name === 'reasons')
      for (const reason of reasons) lines.push(...part.lines.map((line) => fill(line, { ...values, ...reason })))
    else if (values[part.name as LetterValue] !== '') lines.push(...part.lines.map((line) => fill(line, values)))
  }
  return blocksOf(lines)
}

function blocksOf(lines: readonly string[]): LetterBlock[] {
  const blocks: LetterBlock[] = []
  let paragraph: string[] = []
  const close = (): void => {
    if (paragraph.length > 0) blocks.push({ kind: 'text', text: paragraph.join('\n') })
    paragraph = []
  }
  for (const line of lines) {
    const special = /^(# |- )(.*)$/.exec(line)
    if (special || line.trim() === '') close()
    if (special) blocks.push({ kind: special[1] === '# ' ? 'title' : 'item', text: special[2] ?? '' })
    else if (line.trim() !== '') paragraph.push(line)
  }
  close()
  return blocks
}
