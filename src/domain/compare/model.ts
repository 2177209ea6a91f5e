import type { Compared, Comparing } from './compared.ts'

/** Letters that look alike in Cyrillic and Latin: names in receipts and tables mix them. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  а: 'a',
  в: 'b',
  е: 'e',
  к: 'k',
  м: 'm',
  н: 'h',
  о: 'o',
  р: 'p',
  с: 'c',
  т: 't',
  у: 'y',
  х: 'x',
}

const plain = (text: string | null | undefined): string =>
  [...(text ?? '').toLowerCase()]
    .map((c) => LOOKALIKES[c] ?? c)
    .join('')
    .replaceAll(/[^\p{L}\p{N}+]/gu, '')

/** A model without what stands beside it: codes in brackets, the size of the memory, the brand before it. */
function bare(model: string | null | undefined, brand: string): string {
  const text = plain((model ?? '').replaceAll(/\([^)]*\)|\b\d+\s*(?:gb|tb|гб|тб)\b/giu, ' '))
  return brand !== '' && text.startsWith(brand) && text !== brand ? text.slice(brand.length) : text
}

const named = (brand: string | undefined | null, model: string | undefined | null): string =>
  [brand, model].filter(Boolean).join(' ')

/** The claimed model against the table of type allocation codes, of the first IMEI whose type is known. */
export function compareModel({ appeal, imeis }: Comparing): Compared {
  const { brand, model } = appeal.claim
  const known = imeis.find((i) => i.brand !== null)
  const line = {
    field: 'model' as const,
    claim: named(brand, model) || null,
    fact: known ? named(known.brand, known.model) : null,
  }
  if (line.claim === null) return { ...line, result: 'none', rule: 'model-not-claimed' }
  if (!known) return { ...line, result: 'none', rule: 'model-tac-unknown' }
  const make = plain(known.brand)
  const claimed = { brand: plain(brand), model: bare(model, make) }
  if (claimed.brand !== '' && claimed.brand !== make) return { ...line, result: 'contradict', rule: 'model-differs' }
  if (claimed.model === '' || claimed.model === make) return { ...line, result: 'unclear', rule: 'model-brand-only' }
  return claimed.model === bare(known.model, make)
    ? { ...line, result: 'match', rule: 'model-agrees' }
    : { ...line, result: 'contradict', rule: 'model-differs' }
}
