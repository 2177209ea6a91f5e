import { Group, MultiSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useReading } from '../app/queries.ts'
import { useLanguage } from '../i18n/useLanguage.ts'
import { askedOf, type Question } from './question.ts'

/** Values offered for a field; the largest first. */
const OFFERED = 300

interface Props {
  readonly question: Question
  readonly fields: readonly string[]
  readonly ask: (change: Partial<Question>) => void
}

/** What is counted: values of each field that the report knows. */
export function Filters({ question, fields, ask }: Props) {
  const filters = (field: string, values: readonly string[]): Question['filters'] => {
    const { [field]: _, ...others } = question.filters
    return values.length === 0 ? others : { ...others, [field]: values }
  }
  return (
    <Group gap="md" align="end">
      {fields.map((field) => (
        <Filter
          key={field}
          field={field}
          question={question}
          keep={(values) => ask({ filters: filters(field, values) })}
        />
      ))}
    </Group>
  )
}

function Filter({
  field,
  question,
  keep,
}: {
  readonly field: string
  readonly question: Question
  readonly keep: (values: readonly string[]) => void
}) {
  const { t } = useTranslation(['reports', 'report'])
  const language = useLanguage()
  const kept = question.filters[field] ?? []
  // what there is to choose from: the same period by this field, nothing filtered
  const found = useReading('report-figures', {
    ...askedOf({ ...question, by: field, filters: {}, comparison: 'none' }),
    language,
  })
  const rows = found.data?.table.rows.slice(0, OFFERED) ?? []
  const known = new Set(rows.map(({ key }) => key))
  const data = [
    ...rows.map(({ key, label }) => ({ value: key, label })),
    ...kept.filter((key) => !known.has(key)).map((key) => ({ value: key, label: key })),
  ]
  return (
    <MultiSelect
      label={t(`report:by.${field}`)}
      placeholder={kept.length === 0 ? t('all') : undefined}
      data={data}
      value={[...kept]}
      onChange={keep}
      searchable
      clearable
      limit={60}
      w={220}
      data-testid={`filter-${field}`}
    />
  )
}
