import { Button, Group, Text } from '@mantine/core'
import { IconFileSpreadsheet, IconFileText } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GridRow } from '../../contract/engine/grid.ts'
import type { GridFilter } from '../../contract/gridFilter.ts'
import { useJob } from '../app/jobs.ts'
import { notifyDone, notifyProblem } from '../app/notify.tsx'
import { engine } from '../app/queries.ts'
import { useStatus } from '../app/session.ts'
import { shell } from '../app/shell.ts'
import { usePages } from '../app/usePages.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { useLanguage } from '../i18n/useLanguage.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { JobProgress } from '../ui/JobProgress.tsx'
import { ListBadge } from '../ui/ListBadge.tsx'
import { PagedTable } from '../ui/PagedTable.tsx'
import { Panel } from '../ui/Panel.tsx'
import { ActOnAll } from './ActOnAll.tsx'

const PAGE = 200
const COLUMNS = ['imei', 'list', 'reason', 'device', 'operator', 'region', 'importer', 'since', 'deadline'] as const

interface Props {
  readonly filter: GridFilter
  /** How many match; null where nobody counts them. */
  readonly total: number | null
  /** Answered by the registry, so that the desk must be connected. */
  readonly atRegistry: boolean
}

/** Rows of a filter by IMEI, and all of them as a file. */
export function GridTable({ filter, total, atRegistry }: Props) {
  const { t } = useTranslation(['registry', 'common'])
  const status = useStatus()
  if (atRegistry && status?.online === false)
    return (
      <Panel title={t('offline.title')}>
        <EmptyState sentence={t('offline.white')} />
      </Panel>
    )
  return <Rows filter={filter} total={total} />
}

function Rows({ filter, total }: Omit<Props, 'atRegistry'>) {
  const { t } = useTranslation(['registry', 'common'])
  const { number } = useFormat()
  const pages = usePages(
    'grid-page',
    (after: string | null) => ({ filter, after, limit: PAGE }),
    ({ next }) => next,
    [filter],
  )
  const rows = pages.all.flatMap((page) => page.rows)
  return (
    <PagedTable
      title={total === null ? t('found-uncounted') : t('found', { count: total, imeis: number(total) })}
      columns={COLUMNS.map((name) => ({ name, label: t(`grid.${name}`) }))}
      pages={pages}
      rows={rows}
      keyOf={({ imei14 }) => imei14}
      empty={t('empty')}
      cell={(row, column) => <Cell row={row} column={column} />}
      actions={
        <Group gap="sm" justify="flex-end">
          <ExportAll filter={filter} total={total} />
          <ActOnAll filter={filter} total={total} />
        </Group>
      }
      foot={
        <Text size="xs" c="dimmed" px="md" py="xs">
          {total === null
            ? t('shown-uncounted', { count: rows.length, shown: number(rows.length) })
            : t('shown', { shown: number(rows.length), total: number(total) })}
        </Text>
      }
    />
  )
}

function Cell({ row, column }: { readonly row: GridRow; readonly column: string }) {
  const { t } = useTranslation(['registry', 'term', 'common'])
  const { shortDate } = useFormat()
  switch (column) {
    case 'imei':
      return (
        <Link to="/lookup" search={{ imei: row.imei14 }} className="tamga-imei">
          {row.imei14}
        </Link>
      )
    case 'list':
      return <ListBadge list={row.list} />
    case 'reason':
      return row.reason && t(`term:reason.${row.reason}`)
    case 'device':
      return [row.brand, row.model].filter(Boolean).join(' ') || t('common:nothing')
    case 'operator':
      return row.operator ? t(`term:source.${row.operator}`) : t('common:nothing')
    case 'region':
      return row.region ?? t('common:nothing')
    case 'importer':
      return row.importer ? (
        <Link to="/lookup" search={{ q: row.importer }} className="tamga-imei">
          {row.importer}
        </Link>
      ) : (
        t('common:nothing')
      )
    case 'since':
      return row.since ? shortDate(row.since) : t('common:nothing')
    default:
      return row.deadline ? shortDate(row.deadline) : t('common:nothing')
  }
}

const FORMATS = [
  { format: 'xlsx', icon: IconFileSpreadsheet },
  { format: 'csv', icon: IconFileText },
] as const

/** Writes everything that matches; how many that is stands on the button before it is pressed. */
function ExportAll({ filter, total }: { readonly filter: GridFilter; readonly total: number | null }) {
  const { t } = useTranslation('registry')
  const { number } = useFormat()
  const language = useLanguage()
  const [id, setId] = useState<string | null>(null)
  const job = useJob(id)
  const write = async (format: 'csv' | 'xlsx'): Promise<void> => {
    const target = await shell('pick-target', { title: t('export.title'), suggested: `${filter.list}.${format}` })
    if (!target) return
    const next = crypto.randomUUID()
    setId(next)
    const written = await engine.call('grid-export', { filter, format, language, target: target.token, job: next })
    notifyDone(t('export.written', { count: written.rows, rows: number(written.rows), file: target.name }))
  }
  if (job?.state === 'running') return <JobProgress job={job} />
  return (
    <>
      <Text size="sm">
        {total === null ? t('export.all-uncounted') : t('export.all', { count: total, imeis: number(total) })}
      </Text>
      {FORMATS.map(({ format, icon: Icon }) => (
        <Button
          key={format}
          size="xs"
          variant="default"
          leftSection={<Icon size={16} aria-hidden />}
          disabled={total === 0}
          onClick={() => void write(format).catch(notifyProblem)}
          data-testid={`export-${format}`}
        >
          {t(`export.${format}`)}
        </Button>
      ))}
    </>
  )
}
