import { Stack, Text } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../contract/call.ts'
import type { EngineContract } from '../../contract/engine.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { ChartFigure } from '../ui/chart/ChartFigure.tsx'
import type { ChartData } from '../ui/chart/chartData.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Panel } from '../ui/Panel.tsx'
import { FiguresGrid } from './FiguresGrid.tsx'
import { FiguresTable } from './FiguresTable.tsx'

export type Found = Output<EngineContract['report-figures']>

/** Groups that lying bars show; over time there is room for more. */
const BARS = 12
const POINTS = 400
const MOST_SERIES = 4
/** More rows than these are shown in a grid that paints what is in sight. */
const TABLE_ROWS = 60

/** A report as it would be written: its definition, what it is as of, a chart and all figures. */
export function Preview({ found }: { readonly found: Found }) {
  const { t } = useTranslation(['reports', 'report'])
  const { number, instant } = useFormat()
  const data = useMemo(() => chartOf(found), [found])
  const title = t(`report:report.${found.report}.title`)
  return (
    <Panel title={title} flush>
      <Text size="sm" c="dimmed" px="md" py="sm" data-preview={`${found.report} ${found.by}`}>
        {t(`report:report.${found.report}.definition`)}{' '}
        {t('as-of', {
          seq: number(found.asOf.seq),
          at: found.asOf.at ? instant(found.asOf.at) : '',
          policy: found.asOf.policy,
        })}
      </Text>
      {found.table.rows.length === 0 ? (
        <EmptyState sentence={t('report:document.none')} />
      ) : (
        <Stack gap="sm">
          <div style={{ padding: '0 16px' }}>
            <ChartFigure
              label={title}
              data={data}
              heading={t(`report:by.${found.by}`)}
              height={data.kind === 'bars' ? 60 + data.categories.length * data.series.length * 26 : 300}
            />
          </div>
          {found.table.rows.length > TABLE_ROWS ? <FiguresGrid found={found} /> : <FiguresTable found={found} />}
        </Stack>
      )}
    </Panel>
  )
}

/** Measures that are the difference of others would be seen twice. */
const DIFFERENCES = ['change', 'net']

function chartOf({ report, by, table }: Found): ChartData {
  const kind = report === 'lists' ? 'lines' : by === 'month' || by === 'day' ? 'columns' : 'bars'
  const rows = table.rows.slice(0, kind === 'bars' ? BARS : POINTS)
  const shown = table.measures
    .map((measure, i) => ({ ...measure, i }))
    .filter(({ name, decimals, i }) =>
      kind === 'bars' ? i === 0 || name === 'before' : decimals === 0 && !DIFFERENCES.includes(name),
    )
    .slice(0, MOST_SERIES)
  return {
    kind,
    categories: rows.map(({ label }) => label),
    series: shown.map(({ label, i }) => ({ name: label, values: rows.map(({ values }) => values[i] ?? 0) })),
  }
}
