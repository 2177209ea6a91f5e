import { Button, Collapse, Group, NumberInput, Select, Stack } from '@mantine/core'
import { IconFilter } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../contract/call.ts'
import type { EngineContract } from '../../contract/engine.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { DateField } from '../ui/DateField.tsx'
import { Filters } from './Filters.tsx'
import { COMPARISONS, type Comparison, type Question } from './question.ts'

interface Props {
  readonly question: Question
  readonly catalogue: Output<EngineContract['report-catalogue']>
  readonly ask: (change: Partial<Question>) => void
}

/** The question: report, period, grouping, comparison, filters, and as of which number. */
export function Builder({ question, catalogue, ask }: Props) {
  const { t } = useTranslation(['reports', 'report'])
  const { number } = useFormat()
  const [filtering, setFiltering] = useState(false)
  const entry = catalogue.find(({ report }) => report === question.report)
  const filtered = Object.keys(question.filters).length
  const comparable = entry !== undefined && !entry.measures.includes('change')
  return (
    <Stack gap="sm">
      <Group align="end" gap="sm">
        <Select
          label={t('report')}
          data={catalogue.map(({ report }) => ({ value: report, label: t(`report:report.${report}.title`) }))}
          value={question.report}
          allowDeselect={false}
          onChange={(report) => report && ask({ report, by: null, filters: {}, comparison: 'none' })}
          w={260}
          maxDropdownHeight={420}
        />
        <DateField
          label={t('from')}
          value={question.from}
          maxDate={question.to}
          onChange={(from) => from && ask({ from })}
          w={125}
        />
        <DateField
          label={t('to')}
          value={question.to}
          minDate={question.from}
          onChange={(to) => to && ask({ to })}
          w={125}
        />
        <Select
          label={t('by')}
          data={entry?.groupings.map((value) => ({ value, label: t(`report:by.${value}`) })) ?? []}
          value={question.by ?? entry?.groupings[0] ?? null}
          allowDeselect={false}
          onChange={(by) => by && ask({ by })}
          w={165}
          data-testid="report-by"
        />
        <Select
          label={t('compare')}
          data={COMPARISONS.map((value) => ({ value, label: t(`comparison.${value}`) }))}
          value={question.comparison}
          allowDeselect={false}
          disabled={!comparable}
          onChange={(comparison) => comparison && ask({ comparison: comparison as Comparison })}
          w={175}
        />
        <NumberInput
          label={t('as-of-number')}
          placeholder={t('now')}
          value={question.asOfSeq ?? ''}
          onChange={(value) => ask({ asOfSeq: typeof value === 'number' && value > 0 ? value : null })}
          min={1}
          allowDecimal={false}
          hideControls
          w={140}
        />
        {entry && entry.filters.length > 0 && (
          <Button
            variant={filtered > 0 ? 'light' : 'default'}
            leftSection={<IconFilter size={18} aria-hidden />}
            aria-expanded={filtering}
            onClick={() => setFiltering(!filtering)}
          >
            {filtered > 0 ? t('filters-set', { count: filtered, filters: number(filtered) }) : t('filters')}
          </Button>
        )}
      </Group>
      <Collapse expanded={filtering}>
        {filtering && entry && <Filters question={question} fields={entry.filters} ask={ask} />}
      </Collapse>
    </Stack>
  )
}
