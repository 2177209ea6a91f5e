import { isSameBrand } from '../../deviceName.ts'
import type { NamedDevice } from '../../imei.ts'
import { rule } from '../rule.ts'

/** The brand of the row is not the one to which the type code was allocated: a cloned code, or another device in the box. */
export const tacBrand = rule({
  code: 'tac-brand',
  scope: 'row',
  level: 'warning',
  levels: { counterfeit: 'off' },
})

/** @param brand of the row, '' where it gives none */
export const brandDiffers = (brand: string, known: NamedDevice): boolean =>
  brand !== '' && known.brand !== '' && !isSameBrand(brand, known.brand)
