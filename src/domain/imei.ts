import type { Imei14 } from './fact.ts'

/**
 * IMEI (3GPP TS 23.003): 15 digits = TAC 8, serial 6, Luhn check digit; IMEISV: 16 = 14 and software version 2. Matched on the first
 * 14 digits; what was received is kept by whoever has the file.
 */

/** A cell that should hold an IMEI. `text` of a number is its source text, never a rounded or formatted one. */
export interface ImeiCell {
  readonly kind: 'text' | 'number'
  readonly text: string
}

/** Brand and model to which a type code was allocated. */
export interface NamedDevice {
  readonly brand: string
  readonly model: string
}

/** Known type allocation codes; absent or `empty` where the desk has no table, so that nothing is called unknown. */
export interface TacTable {
  readonly empty: boolean
  has(tac: number): boolean
  /** Whose code it is, where the table says so. */
  deviceOf?(tac: number): NamedDevice | undefined
}

/** What had to be cleaned or repaired; each is shown, none rejects by itself. */
export const IMEI_NOTES = ['imei-cleaned', 'imei-lookalike', 'imei-lost-zero'] as const
export type ImeiNote = (typeof IMEI_NOTES)[number]

/** Why a cell holds no usable IMEI. */
export const IMEI_FAULTS = [
  'imei-missing',
  'imei-unreadable',
  'imei-length',
  'imei-scientific',
  'imei-digits-lost',
  'imei-zero-unclear',
  'imei-impossible',
] as const
export type ImeiFault = (typeof IMEI_FAULTS)[number]

export interface Imei {
  readonly imei14: Imei14
  /** First eight digits. */
  readonly tac: number
  /** 14, 15 or 16 digits, cleaned. */
  readonly digits: string
  readonly form: 'imei' | 'imeisv' | 'bare'
  /** `none`: 14 digits or an IMEISV, which have no check digit. */
  readonly check: 'right' | 'wrong' | 'none'
  readonly notes: readonly ImeiNote[]
}

export type ParsedImei =
  | { readonly ok: true; readonly imei: Imei }
  | { readonly ok: false; readonly fault: ImeiFault; readonly details: Readonly<Record<string, string | number>> }

/** Luhn sums of every group of four digits whose second and fourth are doubled: makes checking millions cheap. */
const GROUP_SUM = new Uint8Array(10_000)
const doubled = (d: number): number => (d < 5 ? d * 2 : d * 2 - 9)
for (let n = 0; n < 10_000; n++)
  GROUP_SUM[n] = Math.floor(n / 1000) + doubled(Math.floor(n / 100) % 10) + (Math.floor(n / 10) % 10) + doubled(n % 10)

/** Check digit of the first 14 digits: every second digit from the left doubled (3GPP TS 23.003 annex B). */
export function luhnDigit(imei14: Imei14): number {
  const high = Math.floor(imei14 / 1e8)
  const low = imei14 - high * 1e8
  const lowHigh = (low / 10_000) | 0
  const highHigh = (high / 10_000) | 0
  const sum =
    (GROUP_SUM[highHigh] as number) +
    (GROUP_SUM[high - highHigh * 10_000] as number) +
    (GROUP_SUM[lowHigh] as number) +
    (GROUP_SUM[low - lowHigh * 10_000] as number)
  return (10 - (sum % 10)) % 10
}

/** The key as text, leading zeros kept. */
export const imei14Text = (imei14: Imei14): string => String(imei14).padStart(14, '0')

/** The key with its check digit, as printed on the box. */
export function imei15Text(imei14: Imei14): string {
  // two small integers become texts several times faster than one beyond 32 bits
  const tac = tacOf(imei14)
  const rest = (imei14 - tac * 1e6) * 10 + luhnDigit(imei14)
  return String(1e8 + tac).slice(1) + String(1e7 + rest).slice(1)
}

export const tacOf = (imei14: Imei14): number => Math.floor(imei14 / 1e6)

/** TACs for testing devices (GSMA TS.06): 001001-001017, 0044…, 0086…, 0091…; real devices never carry them. */
export function isTestTac(tac: number): boolean {
  const four = Math.floor(tac / 10_000)
  const six = Math.floor(tac / 100)
  return (six >= 1001 && six <= 1017) || four === 44 || four === 86 || four === 91
}

const IMPOSSIBLE = new Set<Imei14>()
for (let start = 0; start < 10; start++)
  for (const step of [0, 1, 9]) {
    let n = 0
    for (let i = 0; i < 14; i++) n = n * 10 + ((start + i * step) % 10)
    IMPOSSIBLE.add(n)
  }

/** Nobody allocated it: all zeros, one digit repeated, or a run such as 123456789012345 (also downwards). */
export const isImpossible = (imei14: Imei14): boolean =>
  IMPOSSIBLE_STARTS[Math.floor(imei14 / 1e12)] === 1 && IMPOSSIBLE.has(imei14)

/** 1 for the first two digits that such a number can have: spares looking for the millions of others. */
const IMPOSSIBLE_STARTS = new Uint8Array(100)
for (const imei14 of IMPOSSIBLE) IMPOSSIBLE_STARTS[Math.floor(imei14 / 1e12)] = 1

const fault = (code: ImeiFault, value: string, more: Readonly<Record<string, string | number>> = {}): ParsedImei => ({
  ok: false,
  fault: code,
  details: { value, ...more },
})

function usable(digits: string, form: Imei['form'], notes: readonly ImeiNote[], value: string): ParsedImei {
  const imei14 = Number(digits.slice(0, 14))
  if (isImpossible(imei14)) return fault('imei-impossible', value)
  const check = form !== 'imei' ? 'none' : luhnDigit(imei14) === Number(digits[14]) ? 'right' : 'wrong'
  return { ok: true, imei: { imei14, tac: tacOf(imei14), digits, form, check, notes } }
}

/**
 * Reads one cell. A number of 14 digits has lost a zero and is restored only if type code and check digit then fit; 14 digits as text
 * are an IMEI without check digit. A wrong check digit is no fault here: what it means depends on the kind of list.
 */
export function parseImei(cell: string | ImeiCell, tacs?: TacTable): ParsedImei {
  return typeof cell === 'string' || cell.kind === 'text'
    ? parseText(typeof cell === 'string' ? cell : cell.text)
    : parseNumber(cell.text, tacs)
}

function parseNumber(source: string, tacs: TacTable | undefined): ParsedImei {
  const m = /^\s*(\d+)(?:\.(\d*))?(?:[eE]\+?(\d+))?\s*$/.exec(source)
  if (!m) return fault(source.trim() === '' ? 'imei-missing' : 'imei-unreadable', source)
  const fraction = (m[2] ?? '').replace(/0+$/, '')
  const exponent = Number(m[3] ?? 0)
  if (fraction.length > exponent || exponent > 30) return fault('imei-unreadable', source)
  const digits = (m[1] + fraction + '0'.repeat(exponent - fraction.length)).replace(/^0+/, '')
  if (digits.length > 15) return fault('imei-digits-lost', source)
  if (m[3] !== undefined && digits.length >= 14 && /0{6}$/.test(digits)) return fault('imei-scientific', source)
  if (digits.length === 15) return usable(digits, 'imei', [], source)
  if (digits.length === 0) return fault('imei-impossible', source)
  if (digits.length !== 14) return fault('imei-length', source, { digits: digits.length })
  const padded = `0${digits}`
  return hasRightCheckDigit(padded) && tacFits(Number(padded.slice(0, 8)), tacs)
    ? usable(padded, 'imei', ['imei-lost-zero'], source)
    : fault('imei-zero-unclear', source)
}

/** Without a table only 01…, the one reporting body whose codes begin with a zero and are still made, counts as fitting. */
const tacFits = (tac: number, tacs: TacTable | undefined): boolean =>
  tacs && !tacs.empty ? tacs.has(tac) : Math.floor(tac / 1e6) === 1

/** True for 15 digits whose last is the check digit of the others. */
export const hasRightCheckDigit = (digits: string): boolean =>
  /^\d{15}$/.test(digits) && luhnDigit(Number(digits.slice(0, 14))) === Number(digits[14])

const LABEL = /^(?:imei|имеи|имей|ιμει)(?:\s*sv)?(?:\s*[1-4]\s*[:.)=-])?[\s:.=№#-]*/i
/** Zero-width marks, soft hyphen, byte order mark and the quoting of Excel: nothing a person sees. */
const UNSEEN = /[\u200b-\u200f\u2060\ufeff\u00ad]/g
const LOOKALIKES: Readonly<Record<string, string>> = { O: '0', О: '0', Ο: '0', З: '3', I: '1', І: '1', L: '1' }

function parseText(source: string): ParsedImei {
  const plain = source.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '')
  if (/^\d{15}$/.test(plain)) return usable(plain, 'imei', [], source)
  let text = fullWidthToAscii(source).replace(UNSEEN, '').trim()
  text = text.replace(/^=?["'’‘`´]+|["'’‘`´]+$/g, '').replace(LABEL, '')
  if (text === '') return fault('imei-missing', source)
  if (/^\d([.,]\d*)?e\+?\d+$/i.test(text)) return fault('imei-scientific', source)
  const joined = text.replace(/^(\d{14,16})[.,]0+$/, '$1').replace(/[\s\-‐‑–—./]/g, '')
  if (!/^\d+$/.test(joined)) return parseLookalikes(joined, source)
  const notes: ImeiNote[] = joined === plain ? [] : ['imei-cleaned']
  if (joined.length === 15) return usable(joined, 'imei', notes, source)
  if (joined.length === 16) return usable(joined, 'imeisv', notes, source)
  if (joined.length === 14) return usable(joined, 'bare', notes, source)
  // The menu of a phone shows the software version behind the IMEI: 15 digits, a slash, two digits.
  if (joined.length === 17 && /\d\s*[/ ]\s*\d\d$/.test(text)) return usable(joined.slice(0, 15), 'imei', notes, source)
  return /^0+$/.test(joined)
    ? fault('imei-impossible', source)
    : fault('imei-length', source, { digits: joined.length })
}

/** Letters that look like digits are read only where the check digit then proves it. */
function parseLookalikes(joined: string, source: string): ParsedImei {
  const digits = [...joined.toUpperCase()].map((c) => LOOKALIKES[c] ?? c).join('')
  return hasRightCheckDigit(digits)
    ? usable(digits, 'imei', ['imei-lookalike'], source)
    : fault('imei-unreadable', source)
}

const fullWidthToAscii = (text: string): string =>
  text.replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))

/** Splits a cell that holds several IMEIs (commas, semicolons, slashes, line breaks, spaces); one that holds one stays whole. */
export function splitImeis(text: string): readonly string[] {
  for (const separator of [/[,;|\n\r\t]+/, /\s*\/\s*|\s+(?:и|және|and|&|\+)\s+/i, /\s+/]) {
    const parts = text.split(separator).filter((p) => p.trim() !== '')
    if (parts.length > 1 && parts.every((p) => (p.match(/\d/g)?.length ?? 0) >= 14)) return parts.map((p) => p.trim())
  }
  return [text]
}
