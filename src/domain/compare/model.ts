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

const plain = (text: string): string =>
  [...text.toLowerCase()]
    .map((c) => LOOKALIKES[c] ?? c)
    .join('')
    .replaceAll(/[^\p{L}\p{N}+]/gu, '')

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
  if (line.claim === null) return { ...line, result: known ? 'unclear' : 'none', rule: 'model-not-claimed' }
  if (!known) return { ...line, result: 'none', rule: 'model-tac-unknown' }
  const claimed = plain(line.claim)
  const fact = { brand: plain(known.brand ?? ''), model: plain(known.model ?? '') }
  if (fact.model !== '' && claimed.endsWith(fact.model)) return { ...line, result: 'match', rule: 'model-agrees' }
  if (fact.brand !== '' && claimed === fact.brand) return { ...line, result: 'unclear', rule: 'model-brand-only' }
  const sameModel = model !== undefined && fact.model !== '' && fact.model.endsWith(plain(model))
  if (sameModel && (brand === undefined || plain(brand) === fact.brand))
    return { ...line, result: 'match', rule: 'model-agrees' }
  return { ...line, result: 'contradict', rule: 'model-differs' }
}
