import { useTranslation } from 'react-i18next'
import type { Effect } from '../../domain/effect.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { Tiles } from '../ui/Tiles.tsx'
import type { Move } from './Moves.tsx'

const SHOWN = ['toWhite', 'toGrey', 'toBlack', 'toNone', 'leaveBlack', 'unchanged', 'underAppeal'] as const

interface Props {
  readonly effect: Effect
  readonly chosen?: Move | null
  readonly choose?: (move: Move | null) => void
  /** In a dialog, where several rows would tear them apart. */
  readonly oneRow?: boolean
}

/** Counts of an effect in IMEIs; a tile narrows the list below it where there is one. */
export function EffectTiles({ effect, chosen = null, choose, oneRow = false }: Props) {
  const { t } = useTranslation('imports')
  const { number } = useFormat()
  const tiles = SHOWN.map((name) => ({
    name,
    label: t(`effect.${name}`),
    value: number(effect[name]),
    alarming: (name === 'toBlack' || name === 'leaveBlack') && effect[name] > 0,
  }))
  return (
    <Tiles
      label={t('effect.label')}
      tiles={tiles}
      oneRow={oneRow}
      chosen={chosen}
      {...(choose && {
        choose: (name: string) => choose(name === 'unchanged' || name === chosen ? null : (name as Move)),
      })}
    />
  )
}
