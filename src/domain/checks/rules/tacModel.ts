import { isSameModel } from '../../deviceName.ts'
import type { NamedDevice } from '../../imei.ts'
import { rule } from '../rule.ts'

/** The brand agrees, but the model of the row is not the one to which the type code was allocated. */
export const tacModel = rule({
  code: 'tac-model',
  scope: 'row',
  level: 'warning',
  levels: { counterfeit: 'off' },
})

/** @param model of the row, '' where it gives none */
export const modelDiffers = (model: string, known: NamedDevice): boolean =>
  model !== '' && known.model !== '' && !isSameModel(model, known.model, known.brand)
