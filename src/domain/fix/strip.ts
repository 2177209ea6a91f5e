import type { BatchField } from '../checks/batchField.ts'
import { sortOf } from './fieldSort.ts'

/** Control and format marks; tabs and line breaks part numbers and stay. */
const unseen = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]/gu, (c) => (/[\t\r\n]/.test(c) ? c : ''))
const QUOTES = /^[=\s]*["'’‘`´]+|["'’‘`´]+\s*$/g
const LABEL = /^(?:imei|имеи|имей|бин|иин|бсн|жсн|bin|iin|tac|imsi|msisdn)(?:\s*sv)?(?:\s*[1-4]\s*[:.)=-])?[\s:.=№#-]*/i

/**
 * Takes away what nobody meant to write: unseen marks and spaces around; in numbers also quotes, a label in front, separators between
 * digits and full-width digits. A cell with several numbers keeps what separates them.
 */
export function strip(text: string, field: BatchField): string {
  const sort = sortOf(field)
  const seen = unseen(text).replace(/\u00a0/g, ' ')
  if (sort === 'words' || sort === 'date') return seen.replace(/\s+/g, ' ').trim()
  let bare = ascii(seen)
  for (let before = ''; before !== bare; ) {
    before = bare
    bare = bare.replace(QUOTES, '').replace(LABEL, '').trim()
  }
  const joined = bare.replace(/^(\d{8,16})[.,]0+$/, '$1').replace(/[\s\-‐‑–—.]/g, '')
  return /^\d{1,19}$/.test(joined) ? joined : bare
}

/** Full-width digits and letters as ordinary ones. */
const ascii = (text: string): string =>
  text.replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).trim()
