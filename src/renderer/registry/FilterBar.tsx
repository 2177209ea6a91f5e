import { Button, Group, Input, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../contract/call.ts'
import type { EngineContract } from '../../contract/engine.ts'
import type { GridFilter } from '../../contract/gridFilter.ts'
import { OPERATORS } from '../../domain/fact.ts'
import { LISTING_REASONS } from '../../domain/listing.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { DateField } from '../ui/DateField.tsx'
import { CHOSEN, type Chosen, EVERYTHING } from './gridFilters.ts'

interface Props {
  readonly filter: GridFilter
  readonly counts: Output<EngineContract['grid-counts']> | null
  readonly change: (filter: GridFilter) => void
  /** Stand behind the dates. */
  readonly views: ReactNode
}

/** Filters of the lists; values are offered with how many they would leave. White offers what is known without counting. */
export function FilterBar({ filter, counts, change, views }: Props) {
  const { t } = useTranslation(['registry', 'term'])
  const { number } = useFormat()
  const isWhite = filter.list === 'white'
  const nameOf = (trait: Chosen, value: string): string =>
    trait === 'reason' ? t(`term:reason.${value}`) : trait === 'operator' ? t(`term:source.${value}`) : value
  const valuesOf = (trait: Chosen) => {
    const counted = (counts?.[trait] ?? []).map(({ value, count }) => ({
      value,
      label: `${nameOf(trait, value)} · ${number(count)}`,
    }))
    const known = trait === 'reason' ? LISTING_REASONS : trait === 'operator' ? OPERATORS : []
    const others = isWhite ? known.map((value) => ({ value, label: nameOf(trait, value) })) : []
    const chosen = filter[trait]
    const all = [...counted, ...others]
    return chosen === null || all.some(({ value }) => value === chosen)
      ? all
      : [{ value: chosen, label: nameOf(trait, chosen) }, ...all]
  }
  const withDates = isWhite
    ? (['sinceFrom', 'sinceTo'] as const)
    : (['sinceFrom', 'sinceTo', 'deadlineFrom', 'deadlineTo'] as const)
  const isFiltered = JSON.stringify({ ...filter, list: 'grey' }) !== JSON.stringify(EVERYTHING)
  return (
    <Stack gap={6}>
      <Group align="end" gap="sm">
        <Input.Wrapper label={t('list')} labelElement="div" size="xs">
          <SegmentedControl
            size="xs"
            aria-label={t('list')}
            data={(['black', 'grey', 'white'] as const).map((value) => ({ value, label: t(`term:list.${value}`) }))}
            value={filter.list}
            onChange={(value) => change({ ...EVERYTHING, prefix: filter.prefix, list: value as GridFilter['list'] })}
            display="flex"
            h={30}
          />
        </Input.Wrapper>
        <Typed
          label={t('prefix')}
          value={filter.prefix}
          clean={(text) => text.replace(/\D/g, '').slice(0, 14)}
          change={(prefix) => change({ ...filter, prefix })}
        />
        {CHOSEN.map((trait) =>
          isWhite && (trait === 'brand' || trait === 'region') ? (
            <Typed
              key={trait}
              label={t(`trait.${trait}`)}
              value={filter[trait] ?? ''}
              clean={(text) => text.slice(0, 100)}
              change={(value) => change({ ...filter, [trait]: value.trim() === '' ? null : value.trim() })}
            />
          ) : isWhite && trait === 'importer' ? (
            <Typed
              key={trait}
              label={t('trait.importer')}
              value={filter.importer ?? ''}
              clean={(text) => text.replace(/\D/g, '').slice(0, 12)}
              change={(value) => change({ ...filter, importer: value.length === 12 ? value : null })}
            />
          ) : (
            <Select
              key={trait}
              label={t(`trait.${trait}`)}
              data={valuesOf(trait)}
              value={filter[trait]}
              placeholder={t('any')}
              searchable
              clearable
              clearButtonProps={{ 'aria-label': t('any') }}
              onChange={(value) => change({ ...filter, [trait]: value })}
              data-filter={trait}
              size="xs"
              w={trait === 'reason' ? 220 : 140}
            />
          ),
        )}
      </Group>
      <Group align="end" gap="sm">
        {withDates.map((name) => (
          <DateField
            key={name}
            label={t(`dates.${name}`)}
            placeholder={t('any')}
            clearable
            clearButtonProps={{ 'aria-label': t('any') }}
            value={filter[name]}
            onChange={(day) => change({ ...filter, [name]: day })}
            size="xs"
            w={135}
          />
        ))}
        {isFiltered && (
          <Button size="xs" variant="subtle" onClick={() => change({ ...EVERYTHING, list: filter.list })}>
            {t('clear')}
          </Button>
        )}
        {views}
      </Group>
      {isWhite && (
        <Text size="sm" c="dimmed">
          {t('white-means')}
        </Text>
      )}
    </Stack>
  )
}

interface TypedProps {
  readonly label: string
  readonly value: string
  readonly clean: (text: string) => string
  readonly change: (value: string) => void
}

/** A filter that is typed; it takes effect when the typing pauses. */
function Typed({ label, value, clean, change }: TypedProps) {
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  const later = useDebouncedCallback(change, 250)
  return (
    <TextInput
      label={label}
      value={text}
      onChange={(event) => {
        const cleaned = clean(event.currentTarget.value)
        setText(cleaned)
        later(cleaned)
      }}
      size="xs"
      w={140}
    />
  )
}
