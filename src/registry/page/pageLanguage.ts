import type { Lang } from '../../contract/value.ts'

/** Languages of the pages, the state language first. */
export const PAGE_LANGUAGES = ['kk', 'ru', 'en'] as const satisfies readonly Lang[]

const isLanguage = (text: string): text is Lang => (PAGE_LANGUAGES as readonly string[]).includes(text)

/**
 * The language of a page: what the address asks for, else the first of the browser's that we speak by its weight (RFC 9110 12.5.4), else
 * Kazakh.
 */
export function pageLanguage(asked: unknown, acceptLanguage: string | undefined): Lang {
  if (typeof asked === 'string' && isLanguage(asked)) return asked
  const wanted = (acceptLanguage ?? '').slice(0, 500).split(',').map(weighed)
  const spoken = wanted.filter((w) => w.weight > 0).sort((a, b) => b.weight - a.weight)
  for (const { name } of spoken) if (isLanguage(name)) return name
  return 'kk'
}

function weighed(part: string): { name: string; weight: number } {
  const [range = '', ...parameters] = part.trim().toLowerCase().split(';')
  const q = parameters.map((p) => /^\s*q=([\d.]+)\s*$/.exec(p)?.[1]).find((value) => value !== undefined)
  return { name: range.split('-')[0] ?? '', weight: q === undefined ? 1 : Number(q) || 0 }
}
