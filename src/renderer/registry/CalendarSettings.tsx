import { NumberInput, SimpleGrid, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { KZ_YEARS } from '../../domain/calendar.ts'

const PARTS = ['moved', 'holidays', 'workingWeekends'] as const
const LAST_KNOWN = Math.max(...KZ_YEARS.map(({ year }) => year))

interface Props {
  /** Settings as far as they are given, by `calendar.YEAR.PART`. */
  readonly settings: Readonly<Record<string, string>>
  readonly change: (key: string, value: string) => void
}

/** The working calendar of one year at a time: days that a decree moves, holidays, and days of weekends that are worked. */
export function CalendarSettings({ settings, change }: Props) {
  const { t } = useTranslation('registry')
  const [year, setYear] = useState(LAST_KNOWN)
  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0, minInlineSize: 0 }}>
      <Text component="legend" size="sm" fw={600} mb={6}>
        {t('policy.calendar.title')}
      </Text>
      <Text size="sm" c="dimmed" mb="xs">
        {t('policy.calendar.means')}
      </Text>
      <SimpleGrid cols={4} spacing="md" style={{ alignItems: 'end' }}>
        <NumberInput
          label={t('policy.calendar.year')}
          value={year}
          min={2024}
          max={2199}
          allowDecimal={false}
          onChange={(value) => value !== '' && setYear(Number(value))}
        />
        {PARTS.map((part) => {
          const key = `calendar.${year}.${part}`
          return (
            <TextInput
              key={part}
              label={t(`policy.calendar.${part}`)}
              placeholder={part === 'moved' ? `${year}-06-10:${year}-06-12` : `+${year}-07-06,-${year}-07-07`}
              value={settings[key] ?? ''}
              data-parameter={key}
              onChange={(event) => change(key, event.currentTarget.value.trim())}
            />
          )
        })}
      </SimpleGrid>
    </fieldset>
  )
}
