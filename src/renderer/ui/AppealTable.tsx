import { Table, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { memo, type ReactNode, useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { zAppealRow } from '../../contract/engine/appeal.ts'
import { isOpen } from '../../domain/appeal.ts'
import { useOfficerName } from '../app/officerNames.ts'
import { useFormat } from '../i18n/useFormat.ts'
import classes from './AppealTable.module.css'
import { useDueText } from './DueDate.tsx'

export type AppealRow = z.output<typeof zAppealRow>
export type AppealColumn = 'id' | 'applicant' | 'imeis' | 'model' | 'route' | 'state' | 'received' | 'claimedBy' | 'due'

interface Props {
  readonly rows: readonly AppealRow[]
  readonly columns: readonly AppealColumn[]
  readonly label: string
}

/**
 * Appeals as rows; the number is the link, a click anywhere on the row opens it too. A page has a hundred rows and a thousand cells,
 * which ask for nothing themselves: what they need to speak is asked for once.
 */
export function AppealTable({ rows, columns, label }: Props) {
  const { t } = useTranslation('appeals')
  const navigate = useNavigate()
  const write = useCellText()
  const open = useCallback((id: string) => void navigate({ to: '/appeals/$id', params: { id } }), [navigate])
  return (
    <Table className={classes.table} aria-label={label} stickyHeader>
      <Table.Thead>
        <Table.Tr>
          {columns.map((column) => (
            <Table.Th key={column}>{t(`column.${column}`)}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} row={row} columns={columns.join(' ')} write={write} open={open} />
        ))}
      </tbody>
    </Table>
  )
}

type Write = (row: AppealRow, column: AppealColumn) => ReactNode

interface RowProps {
  readonly row: AppealRow
  /** Their names, apart by blanks. */
  readonly columns: string
  readonly write: Write
  readonly open: (id: string) => void
}

const Row = memo(function Row({ row, columns, write, open }: RowProps) {
  return (
    <tr className={classes.row} data-appeal={row.id} data-state={row.state} onClick={() => open(row.id)}>
      {columns.split(' ').map((column) => (
        <td key={column}>{write(row, column as AppealColumn)}</td>
      ))}
    </tr>
  )
})

/** What stands in a cell, in the language of the window. */
function useCellText(): Write {
  const { t } = useTranslation(['appeals', 'term'])
  const { instant } = useFormat()
  const nameOf = useOfficerName()
  const writeDue = useDueText()
  return useMemo(
    () => (row, column) => {
      switch (column) {
        case 'id':
          return (
            <a href={`#/appeals/${row.id}`} className={classes.id} onClick={(event) => event.stopPropagation()}>
              {row.id}
            </a>
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
          return writeDue(row.dueAt, !isOpen(row.state))
      }
    },
    [t, instant, nameOf, writeDue],
  )
}
