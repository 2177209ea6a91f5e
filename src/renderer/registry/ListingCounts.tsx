import { Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ListingReason } from '../../domain/listing.ts'
import { useReading } from '../app/queries.ts'
import { useStatus } from '../app/session.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { ListBadge } from '../ui/ListBadge.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Tiles } from '../ui/Tiles.tsx'

const LISTS = ['grey', 'black'] as const

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
        <Stack gap={6}>
          {LISTS.map((shown) => (
            <Group key={shown} gap="sm">
              <ListBadge list={shown} />
              <Tiles
                label={`${t('counts')}: ${t(`term:list.${shown}`)}`}
                strip
                tiles={groups
                  .filter(({ list }) => list === shown)
                  .map(({ reason, count }) => ({
                    name: `${shown}.${reason}`,
                    label: t(`term:reason.${reason}`),
                    value: number(count),
                  }))}
                choose={(name) => {
                  const group = groups.find(({ list, reason }) => `${list}.${reason}` === name)
                  if (group) show(shown, group.reason)
                }}
              />
              {shown === 'grey' && (
                <Text size="sm" c="dimmed">
                  {t('overdue', { count: overdue, imeis: number(overdue) })}
                  {status && listedSeq < status.seq && ` ${t('listing-behind', { seq: number(listedSeq) })}`}
                </Text>
              )}
            </Group>
          ))}
        </Stack>
      )}
    </Loaded>
  )
}
