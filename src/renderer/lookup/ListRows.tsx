import { Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../contract/call.ts'
import type { ShownOfList } from '../../contract/engine/lookup.ts'
import type { EngineContract } from '../../contract/engine.ts'
import { problemText } from '../../contract/problemText.ts'
import { problemOf } from '../app/problems.ts'
import { usePages } from '../app/usePages.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { useLanguage } from '../i18n/useLanguage.ts'
import { ListBadge } from '../ui/ListBadge.tsx'
import { PagedTable } from '../ui/PagedTable.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'

type Row = Output<EngineContract['list-page']>['rows'][number]

const PAGE = 200
const COLUMNS = ['imei', 'list', 'reason', 'since', 'deadline', 'device'] as const

interface Props {
  readonly list: string
  readonly show: ShownOfList
  readonly total: number
  /** Asks the whole list anew, once the engine has forgotten it. */
  readonly again: () => void
}

/** Rows of a pasted list in the order asked. */
export function ListRows({ list, show, total, again }: Props) {
  const { t } = useTranslation(['lookup', 'term', 'common'])
  const { number } = useFormat()
  const pages = usePages(
    'list-page',
    (after: number | null) => ({ list, show, after, limit: PAGE }),
    ({ rows }) => (rows.length < PAGE ? null : (rows.at(-1)?.place ?? null)),
    [list, show],
  )
  if (pages.error) return <ProblemCard problem={problemOf(pages.error)} retry={again} />
  const rows = pages.all.flatMap((page) => page.rows)
  return (
    <PagedTable
      title={t('many.title', { count: total, codes: number(total) })}
      columns={COLUMNS.map((name) => ({ name, label: t(`column.${name}`) }))}
      pages={pages}
      rows={rows}
      keyOf={({ place }) => place}
      empty={t('many.none')}
      cell={(row, column) => <Cell row={row} column={column} />}
      foot={
        <Text size="xs" c="dimmed" px="md" py="xs">
          {t('many.shown', { shown: number(rows.length), total: number(total) })}
        </Text>
      }
    />
  )
}

function Cell({ row, column }: { readonly row: Row; readonly column: string }) {
  const { t } = useTranslation(['lookup', 'term'])
  const { shortDate } = useFormat()
  const language = useLanguage()
  if (row.problem) {
    if (column === 'imei') return <span className="tamga-imei">{row.imei}</span>
    return column === 'reason' ? (
      <Text size="sm" c="var(--tamga-bad)">
        {problemText(row.problem, language).message}
      </Text>
    ) : null
  }
  switch (column) {
    case 'imei':
      return (
        <Link to="/lookup" search={{ imei: row.imei }} className="tamga-imei">
          {row.imei}
        </Link>
      )
    case 'list':
      return <ListBadge list={row.list} />
    case 'reason':
      return row.reason && t(`term:reason.${row.reason}`)
    case 'since':
      return row.since && shortDate(row.since)
    case 'deadline':
      return row.deadline && `${shortDate(row.deadline)}${row.overdue ? ` · ${t('overdue')}` : ''}`
    default:
      return row.device && ([row.device.brand, row.device.model].filter(Boolean).join(' ') || row.device.tac)
  }
}
