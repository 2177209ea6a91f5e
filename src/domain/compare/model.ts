import { bareModel, plainName } from '../deviceName.ts'
import type { Compared, Comparing } from './compared.ts'

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
  const make = plainName(known.brand)
  const claimed = { brand: plainName(brand), model: bareModel(model, make) }
  if (claimed.brand !== '' && claimed.brand !== make) return { ...line, result: 'contradict', rule: 'model-differs' }
  if (claimed.model === '' || claimed.model === make) return { ...line, result: 'unclear', rule: 'model-brand-only' }
  return claimed.model === bareModel(known.model, make)
    ? { ...line, result: 'match', rule: 'model-agrees' }
    : { ...line, result: 'contradict', rule: 'model-differs' }
}
