import { isIsoDate } from './businessDate.ts'
import type { IsoDate } from './fact.ts'

/** Customs declaration (ДТ): post / DDMMYY / number, with the line of goods behind another slash where it is given. */
export interface Declaration {
  readonly number: string
  readonly line: string | null
  /** The date in the middle; null when no such day exists. */
  readonly date: IsoDate | null
}

const FORM = /^(\d{5}(?:\d{3})?)\/(\d{2})(\d{2})(\d{2})\/(\d{7})(?:\/(\d{1,5}))?$/

/** Null for a text of another form (imports from the Eurasian Economic Union have no ДТ: form 328.00, СНТ or ЭСФ instead). */
export function parseDeclaration(text: string): Declaration | null {
  const m =
    FORM.exec(text) ??
    FORM.exec(
      text
        .replace(/^\s*(?:дт|кд|dt)[\s№:]*/i, '')
        .replace(/[\s\u200b\ufeff]/g, '')
        .replace(/[\\|]/g, '/'),
    )
  if (!m) return null
  const date = `20${m[4]}-${m[3]}-${m[2]}`
  return {
    number: `${m[1]}/${m[2]}${m[3]}${m[4]}/${m[5]}`,
    line: m[6] ?? null,
    date: isIsoDate(date) ? date : null,
  }
}

/** Document of an import from the Union: СНТ (KZ-SNT-…), ЭСФ (ESF-…), or a form 328.00. */
export const isUnionDocument = (text: string): boolean =>
  /(?:^|\W)(?:KZ-?SNT|SNT|СНТ|ESF|ЭСФ|328)(?:\W|$)/i.test(text.replace(/[\s]+/g, ' ')) && /\d/.test(text)

/** HS codes of what carries an IMEI: telephones (851712 in old files), modems and watches, tablets. Others are asked about. */
const HEADINGS = ['851712', '851713', '851714', '851762', '847130'] as const

const HS = /^\d{4,10}$/

/** Digits of an HS code of 4 to 10 digits, null when it is none. */
export function parseHs(text: string): string | null {
  if (HS.test(text)) return text
  const digits = text.replace(/\.0+$/, '').replace(/[\s.\-'’\u200b\ufeff]/g, '')
  return HS.test(digits) ? digits : null
}

/** Whether goods of this code can carry an IMEI; a heading of four digits is not contradicted. */
export const hsCarriesImei = (hs: string): boolean => HEADINGS.some((h) => h.startsWith(hs.slice(0, 6)))
