import { parseDate } from '../cellDate.ts'
import type { BatchField } from '../checks/batchField.ts'
import { hsCarriesImei, parseDeclaration, parseHs } from '../declaration.ts'
import { isIdentity } from '../identity.ts'
import { hasRightCheckDigit, parseImei, splitImeis } from '../imei.ts'
import { isHomeImsi, parseMsisdn } from '../msisdn.ts'

/** A cell as it is looked at to guess what its column holds. */
export interface SampleCell {
  readonly kind: 'text' | 'number' | 'date' | 'other'
  readonly text: string
}

/** What values tell about themselves, whatever the header says. `imei` goes to the first free IMEI field. */
export type Content =
  | 'imei'
  | 'imeis'
  | Extract<BatchField, 'bin' | 'declaration' | 'date' | 'hs' | 'msisdn' | 'imsi' | 'tac'>

const LOOKS: readonly (readonly [Content, (cell: SampleCell) => boolean])[] = [
  [
    'imeis',
    (c) => c.kind === 'text' && splitImeis(c.text).length > 1 && splitImeis(c.text).every((p) => parseImei(p).ok),
  ],
  ['imei', (c) => hasRightCheckDigit(digitsOf(c)) && !isHomeImsi(digitsOf(c))],
  ['imsi', (c) => /^401\d{11,12}$/.test(digitsOf(c))],
  ['declaration', (c) => parseDeclaration(c.text) !== null],
  ['bin', (c) => isIdentity(digitsOf(c))],
  [
    'date',
    (c) =>
      c.kind === 'date' || (c.kind === 'text' && /\D/.test(c.text) && parseDate({ kind: 'text', text: c.text }).ok),
  ],
  ['msisdn', (c) => /^\+?[78][\s(-]*7/.test(c.text) && parseMsisdn(c.text) !== null],
  [
    'hs',
    (c) => /^\d{4,10}$/.test(digitsOf(c)) && hsCarriesImei(parseHs(c.text) ?? '000000') && digitsOf(c).length >= 6,
  ],
  ['tac', (c) => /^\d{8}$/.test(digitsOf(c))],
]

const digitsOf = (c: SampleCell): string => {
  if (c.kind === 'other' || c.kind === 'date') return ''
  const parsed = parseImei({ kind: c.kind, text: c.text })
  return parsed.ok ? parsed.imei.digits : c.text.replace(/[\s\u200b\ufeff'’]/g, '')
}

/** What most of a column's values are, and how large their share is; null where they are nothing in particular. */
export function contentOf(cells: readonly SampleCell[]): { readonly content: Content; readonly share: number } | null {
  const filled = cells.filter((c) => c.text.trim() !== '')
  if (filled.length === 0) return null
  let best: { content: Content; share: number } | null = null
  for (const [content, looks] of LOOKS) {
    const share = filled.filter(looks).length / filled.length
    // an earlier kind is the more particular one: a later one must be clearly more frequent
    if (share >= 0.5 && (best === null || share > best.share + 0.2)) best = { content, share }
  }
  return best
}

/** Whether values can belong to a field at all; only what would be nonsense is denied. */
export function deniesField(cells: readonly SampleCell[], field: BatchField): boolean {
  const filled = cells.filter((c) => c.text.trim() !== '')
  if (filled.length < 3) return false
  const share = (test: (c: SampleCell) => boolean): number => filled.filter(test).length / filled.length
  if (/^imei/.test(field)) return share((c) => /\d{6}/.test(c.text.replace(/[\s-]/g, '')) || /e\+/i.test(c.text)) < 0.3
  if (field === 'declarationDate' || field === 'date') return share((c) => c.kind === 'date' || /\d/.test(c.text)) < 0.3
  if (field === 'bin' || field === 'iin' || field === 'tac' || field === 'quantity')
    return share((c) => /\d/.test(c.text)) < 0.3
  return false
}
