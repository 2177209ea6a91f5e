import { Table, Text } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { zAppealRow } from '../../contract/engine/appeal.ts'
import { useOfficerName } from '../app/officerNames.ts'
import { useFormat } from '../i18n/useFormat.ts'
import classes from './AppealTable.module.css'
import { DueDate } from './DueDate.tsx'

export type AppealRow = z.output<typeof zAppealRow>
export type AppealColumn = 'id' | 'applicant' | 'imeis' | 'model' | 'route' | 'state' | 'received' | 'claimedBy' | 'due'

interface Props {
  readonly rows: readonly AppealRow[]
  readonly columns: readonly AppealColumn[]
  readonly label: string
}

/** Appeals as rows; the number is the link, a click anywhere on the row opens it too. */
export function AppealTable({ rows, columns, label }: Props) {
  const { t } = useTranslation(['appeals', 'term'])
  const navigate = useNavigate()
  return (
    <Table className={classes.table} aria-label={label} highlightOnHover stickyHeader>
      <Table.Thead>
        <Table.Tr>
          {columns.map((column) => (
            <Table.Th key={column}>{t(`column.${column}`)}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr
            key={row.id}
            className={classes.row}
            data-appeal={row.id}
            data-state={row.state}
            onClick={() => void navigate({ to: '/appeals/$id', params: { id: row.id } })}
          >
            {columns.map((column) => (
              <Table.Td key={column}>
                <Cell row={row} column={column} />
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

function Cell({ row, column }: { readonly row: AppealRow; readonly column: AppealColumn }) {
  const { t } = useTranslation(['appeals', 'term'])
  const { instant } = useFormat()
  const nameOf = useOfficerName()
  switch (column) {
    case 'id':
      return (
        <Link
          to="/appeals/$id"
          params={{ id: row.id }}
          className={classes.id}
          onClick={(event) => event.stopPropagation()}
        >
          {row.id}
        </Link>
      )
    case 'applicant':
      return row.applicant
    case 'imeis':
      return (
        <span className="tamga-imei">
          {row.imeis[0]}
          {row.imeis.length > 1 && (
            <span className={classes.more}>{t('more-imeis', { count: row.imeis.length - 1 })}</span>
          )}
        </span>
      )
    case 'model':
      return row.model ?? t('common:nothing')
    case 'route':
      return t(`term:route.${row.route}`)
    case 'state':
      return (
        <>
          {t(`term:appealState.${row.state}`)}
          {row.pending && (
            <Text span size="xs" c="dimmed">
              {' '}
              {t('pending')}
            </Text>
          )}
        </>
      )
    case 'received':
      return instant(row.receivedAt)
    case 'claimedBy':
      return row.claimedBy ? nameOf(row.claimedBy) : t('common:nothing')
    case 'due':
      return <DueDate date={row.dueAt} />
  }
}
