import { Anchor, Button, Group, ScrollArea, Skeleton, Table, Text } from '@mantine/core'
import { IconChartBar, IconTable } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/useFormat.ts'
import type { ChartData } from './chartData.ts'

// the library is loaded with the first chart, not with the window
const ChartCanvas = lazy(async () => ({ default: (await import('./ChartCanvas.tsx')).ChartCanvas }))

interface Props {
  readonly label: string
  readonly data: ChartData
  readonly height?: number
  /** Heading of the categories in the table. */
  readonly heading: string
  /** Leads from a category to its rows; `picks` says what is found there. */
  readonly pick?: ((index: number) => void) | undefined
  readonly picks?: string | undefined
}

/** A chart, or the same figures as a table: whichever the officer reads better. */
export function ChartFigure({ label, data, height = 280, heading, pick, picks }: Props) {
  const { t } = useTranslation('common')
  const [asTable, setAsTable] = useState(false)
  return (
    <figure style={{ margin: 0 }} aria-label={label}>
      <Group justify={picks ? 'space-between' : 'flex-end'} mb={4} wrap="nowrap">
        {picks && (
          <Text size="xs" c="dimmed">
            {picks}
          </Text>
        )}
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={asTable ? <IconChartBar size={14} aria-hidden /> : <IconTable size={14} aria-hidden />}
          onClick={() => setAsTable(!asTable)}
        >
          {t(asTable ? 'chart.asChart' : 'chart.asTable')}
        </Button>
      </Group>
      {asTable ? (
        <ChartTable label={label} data={data} height={height} heading={heading} pick={pick} picks={picks} />
      ) : (
        <Suspense fallback={<Skeleton height={height} />}>
          <ChartCanvas data={data} label={label} height={height} pick={pick} />
        </Suspense>
      )}
    </figure>
  )
}

/** By keyboard a category is picked here: its name is the way. */
function ChartTable({ label, data, height, heading, pick, picks }: Props) {
  const { number } = useFormat()
  return (
    <ScrollArea h={height} viewportProps={{ tabIndex: 0, 'aria-label': label }}>
      <Table aria-label={label} stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{heading}</Table.Th>
            {data.series.map(({ name }) => (
              <Table.Th key={name} ta="right">
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data.categories.map((category, i) => (
            <Table.Tr key={category}>
              <Table.Td>
                {pick ? (
                  <Anchor component="button" type="button" size="sm" title={picks} onClick={() => pick(i)}>
                    {category}
                  </Anchor>
                ) : (
                  category
                )}
              </Table.Td>
              {data.series.map(({ name, values }) => (
                <Table.Td key={name} ta="right">
                  {number(values[i] ?? 0)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  )
}
