import { Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { BlockRun } from '../../contract/engine/blockRun.ts'
import type { GridFilter } from '../../contract/gridFilter.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { CHOSEN } from './gridFilters.ts'

const DATES = ['sinceFrom', 'sinceTo', 'deadlineFrom', 'deadlineTo'] as const

/** A filter in words, one condition after the other; nothing where it lets everything through. */
export function useFilterWords(): (filter: GridFilter) => string[] {
  const { t } = useTranslation(['registry', 'term'])
  const { shortDate } = useFormat()
  return (filter) => [
    ...(filter.prefix === '' ? [] : [`${t('prefix')}: ${filter.prefix}`]),
    ...CHOSEN.flatMap((trait) => {
      const value = filter[trait]
      if (value === null) return []
      const word = trait === 'reason' ? `term:reason.${value}` : trait === 'operator' ? `term:source.${value}` : null
      return [`${t(`trait.${trait}`)}: ${word === null ? value : t(word)}`]
    }),
    ...DATES.flatMap((name) => {
      const day = filter[name]
      return day === null ? [] : [`${t(`dates.${name}`)}: ${shortDate(day)}`]
    }),
  ]
}

/** That a run takes a part only of what was due, and which; nothing for a whole run. */
export function AskedPart({ part }: { readonly part: BlockRun['part'] }) {
  const { t } = useTranslation('registry')
  const { number } = useFormat()
  const inWords = useFilterWords()
  const words = [
    ...(part.where ? inWords(part.where) : []),
    ...(part.prefix === undefined ? [] : [`${t('prefix')}: ${part.prefix}`]),
    ...(part.most === undefined ? [] : [`${t('run.most')}: ${number(part.most)}`]),
  ]
  if (words.length === 0 && !part.where) return null
  return (
    <Group gap={6} data-testid="run-part">
      <Text size="sm" fw={600}>
        {t('run.partial')}
      </Text>
      <Text size="sm">{words.length === 0 ? t('run.all-grey') : words.join('; ')}</Text>
    </Group>
  )
}
