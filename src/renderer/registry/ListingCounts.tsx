import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ListingReason } from '../../domain/listing.ts'
import { useReading } from '../app/queries.ts'
import { useStatus } from '../app/session.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Tiles } from '../ui/Tiles.tsx'

interface Props {
  readonly show: (list: 'grey' | 'black', reason: ListingReason) => void
}

/** How many IMEIs are grey and black for which reason; a figure leads to its rows. */
export function ListingCounts({ show }: Props) {
  const { t } = useTranslation(['registry', 'term'])
  const { number } = useFormat()
  const status = useStatus()
  const counts = useReading('listing-counts', {})
  return (
    <Loaded query={counts} lines={2}>
      {({ groups, overdue, listedSeq }) => (
        <div>
          <Tiles
            label={t('counts')}
            even
            tiles={groups.map(({ list, reason, count }) => ({
              name: `${list}.${reason}`,
              label: `${t(`term:list.${list}`)} · ${t(`term:reason.${reason}`)}`,
              value: number(count),
            }))}
            choose={(name) => {
              const group = groups.find(({ list, reason }) => `${list}.${reason}` === name)
              if (group && (group.list === 'grey' || group.list === 'black')) show(group.list, group.reason)
            }}
          />
          <Text size="sm" c="dimmed" mt="xs">
            {t('overdue', { count: overdue, imeis: number(overdue) })}
            {status && listedSeq < status.seq && ` ${t('listing-behind', { seq: number(listedSeq) })}`}
          </Text>
        </div>
      )}
    </Loaded>
  )
}
