import type { Lang } from '../contract/value.ts'

/** The language before an officer has chosen one: the system's, or Russian where we do not have it. */
export function defaultLanguage(locale: string): Lang {
  const [name] = locale.toLowerCase().split(/[-_]/)
  return name === 'kk' || name === 'en' ? name : 'ru'
}
