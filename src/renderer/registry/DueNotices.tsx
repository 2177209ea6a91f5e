import { Stack } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { GridFilter } from '../../contract/gridFilter.ts'
import { useReading } from '../app/queries.ts'
import { usePages } from '../app/usePages.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { PagedTable } from '../ui/PagedTable.tsx'
import { Tiles } from '../ui/Tiles.tsx'

const STAGES = ['first', 'reminder', 'last', 'overdue'] as const
const COLUMNS = ['imei', 'stage', 'since', 'deadline', 'operator'] as const
const PAGE = 50

/** What is due today to those a filter of the grey list lets through (null: to all), in numbers and one by one. */
export function DueNotices({ where }: { readonly where: (GridFilter & { readonly list: 'grey' }) | null }) {
  const { t } = useTranslation(['registry', 'term'])
  const { number, shortDate } = useFormat()
  const due = useReading('notices-due', { where })
  const pages = usePages(
    'notices-due-page',
    (after: string | null) => ({ where, after, limit: PAGE }),
    ({ next }) => next,
    [where],
  )
  return (
    <Stack gap="md">
      <Loaded query={due} lines={2}>
        {(counts) => (
          <Tiles
            label={t('notice.due')}
            tiles={STAGES.map((name) => ({ name, label: t(`notice.stage.${name}`), value: number(counts[name]) }))}
          />
        )}
      </Loaded>
      <PagedTable
        title={t('notice.whom')}
        columns={COLUMNS.map((name) => ({ name, label: t(`notice.column.${name}`) }))}
        pages={pages}
        rows={pages.all.flatMap(({ rows }) => rows)}
        keyOf={({ imei14 }) => imei14}
        empty={t('notice.nobody')}
        cell={(row, column) =>
          column === 'imei' ? (
            <Link to="/lookup" search={{ imei: row.imei14 }} className="tamga-imei">
              {row.imei14}
            </Link>
          ) : column === 'stage' ? (
            t(`notice.stage.${row.stage}`)
          ) : column === 'operator' ? (
            row.operator && t(`term:source.${row.operator}`)
          ) : (
            shortDate(column === 'since' ? row.since : row.deadline)
          )
        }
      />
    </Stack>
  )
}
