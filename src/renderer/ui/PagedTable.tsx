import { Button, Table } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf } from '../app/problems.ts'
import type { Pages } from '../app/usePages.ts'
import { EmptyState } from './EmptyState.tsx'
import { Panel } from './Panel.tsx'
import { ProblemCard } from './ProblemCard.tsx'

export interface Column {
  readonly name: string
  readonly label: string
  readonly right?: boolean
}

interface Props<Row> {
  readonly title: string
  readonly columns: readonly Column[]
  readonly pages: Pages<unknown>
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string | number
  /** One sentence for no rows. */
  readonly empty: string
  /** A cell of a row, by the column's name. */
  readonly cell: (row: Row, column: string) => ReactNode
  readonly foot?: ReactNode
  /** What can be done with all rows, beside the title. */
  readonly actions?: ReactNode
}

/** Rows that come page by page: titled, with their problem or an empty sentence, and a button for more. */
export function PagedTable<Row>({ title, columns, pages, rows, keyOf, empty, cell, foot, actions }: Props<Row>) {
  const { t } = useTranslation('common')
  return (
    <Panel title={title} actions={actions} flush>
      {pages.error && <ProblemCard problem={problemOf(pages.error)} />}
      {rows.length === 0 && !pages.loading && !pages.error && <EmptyState sentence={empty} />}
      {rows.length > 0 && (
        <Table aria-label={title} highlightOnHover stickyHeader>
          <Table.Thead>
            <Table.Tr>
              {columns.map(({ name, label, right }) => (
                <Table.Th key={name} ta={right ? 'right' : 'left'}>
                  {label}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={keyOf(row)}>
                {columns.map(({ name, right }) => (
                  <Table.Td key={name} ta={right ? 'right' : 'left'}>
                    {cell(row, name)}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {pages.more && (
        <Button variant="subtle" fullWidth onClick={pages.more} loading={pages.loading}>
          {t('more')}
        </Button>
      )}
      {rows.length > 0 && foot}
    </Panel>
  )
}
