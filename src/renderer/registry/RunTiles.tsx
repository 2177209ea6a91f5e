import { useTranslation } from 'react-i18next'
import type { RunPart } from '../../contract/engine/blockRun.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { type Tile, Tiles } from '../ui/Tiles.tsx'

interface Counts {
  readonly toBlack: number
  readonly held: number
  readonly conflicts: number
  readonly dropped?: number
}
interface Props {
  readonly run: Counts
  readonly chosen?: RunPart
  readonly choose?: (part: RunPart) => void
}

/** Counts of a run in IMEIs; a tile leads to its IMEIs where they are listed. */
export function RunTiles({ run, chosen, choose }: Props) {
  const { t } = useTranslation('registry')
  const { number } = useFormat()
  const tile = (name: RunPart, count: number): Tile => ({
    name,
    label: t(`run.part.${name}`),
    value: number(count),
    ...(name === 'block' && count > 0 && { alarming: true }),
  })
  const tiles = [
    tile('block', run.toBlack),
    tile('held', run.held),
    tile('conflict', run.conflicts),
    ...(run.dropped === undefined ? [] : [tile('dropped', run.dropped)]),
  ]
  return (
    <Tiles
      label={t('run.counts')}
      tiles={tiles}
      chosen={chosen ?? null}
      {...(choose && { choose: (name: string) => choose(name as RunPart) })}
    />
  )
}
