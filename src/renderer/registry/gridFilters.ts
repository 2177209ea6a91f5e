import { type GridFilter, zGridFilter } from '../../contract/gridFilter.ts'

/** A filter that lets all of grey through. */
export const EVERYTHING: GridFilter = zGridFilter.parse({ list: 'grey' })

/** Traits whose values are chosen from what there is. */
export const CHOSEN = ['reason', 'operator', 'region', 'brand', 'importer'] as const
export type Chosen = (typeof CHOSEN)[number]
