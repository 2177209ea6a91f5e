/** Telephone numbers and SIM identities of Kazakhstan. */

/** Country code of Kazakhstan in an IMSI (ITU-T E.212). */
const HOME_MCC = '401'

/** `+7XXXXXXXXXX` of a number written with +7, 7 or 8 and any separators; null when it is none. */
export function parseMsisdn(text: string): string | null {
  const digits = text.replace(/\.0+$/, '').replace(/[\s()+.\-–'’\u200b\ufeff]/g, '')
  if (/^[78]\d{10}$/.test(digits)) return `+7${digits.slice(1)}`
  return /^7\d{9}$/.test(digits) ? `+7${digits}` : null
}

/** 14 or 15 digits; null when it is none. */
export function parseImsi(text: string): string | null {
  const digits = text.replace(/\.0+$/, '').replace(/[\s'’\u200b\ufeff]/g, '')
  return /^\d{14,15}$/.test(digits) ? digits : null
}

export const isHomeImsi = (imsi: string): boolean => imsi.startsWith(HOME_MCC)
