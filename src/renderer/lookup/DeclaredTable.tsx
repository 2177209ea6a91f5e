import { Button, Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Declared } from '../../contract/engine/lookup.ts'
import { usePages } from '../app/usePages.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { ListBadge } from '../ui/ListBadge.tsx'
import { PagedTable } from '../ui/PagedTable.tsx'
import { Panel } from '../ui/Panel.tsx'

interface Props {
  readonly title: string
  readonly rows: readonly Declared[]
  readonly more: boolean
  /** Shows the declaration's number: the rows are of several. */
  readonly withNumber?: boolean
}

/** Lines of declarations as customs lists gave them; each opens to its IMEIs. */
export function DeclaredTable({ title, rows, more, withNumber = false }: Props) {
  const { t } = useTranslation(['lookup', 'common'])
  const { shortDate, number } = useFormat()
  const [open, setOpen] = useState<string | null>(null)
  const columns = [
    ...(withNumber ? (['declaration'] as const) : []),
    'line',
    'date',
    'importer',
    'device',
    'quantity',
  ] as const
  return (
    <Panel title={title} flush>
      {rows.length === 0 ? (
        <EmptyState sentence={t('found.nothing-declared')} />
      ) : (
        <Table fz="sm" aria-label={title}>
          <Table.Thead>
            <Table.Tr>
              {columns.map((column) => (
                <Table.Th key={column} ta={column === 'quantity' ? 'right' : 'left'}>
                  {t(`column.${column}`)}
                </Table.Th>
              ))}
              <Table.Th>{t('column.batch')}</Table.Th>
              <Table.Th>{t('column.imei')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => {
              const key = `${row.no}/${row.doc}`
              const cells = {
                declaration: row.declaration && (
                  <Link to="/lookup" search={{ q: row.declaration }} className="tamga-imei">
                    {row.declaration}
                  </Link>
                ),
                line: row.line,
                date: shortDate(row.date),
                importer: [row.importer, row.bin].filter(Boolean).join(' · '),
                device: [row.brand, row.model].filter(Boolean).join(' '),
                quantity: row.quantity === null ? t('common:nothing') : number(row.quantity),
              }
              return (
                <Fragment key={key}>
                  <Table.Tr data-declared={key}>
                    {columns.map((column) => (
                      <Table.Td key={column} ta={column === 'quantity' ? 'right' : 'left'}>
                        {cells[column]}
                      </Table.Td>
                    ))}
                    <Table.Td>
                      <Link to="/imports" search={{ batch: row.batch }}>
                        {row.batch.slice(0, 8)}
                      </Link>
                      {row.ended && ` · ${t('found.ended')}`}
                    </Table.Td>
                    <Table.Td>
                      <Button
                        size="compact-xs"
                        variant="default"
                        aria-expanded={open === key}
                        onClick={() => setOpen(open === key ? null : key)}
                      >
                        {t(open === key ? 'found.hide' : 'found.show')}
                      </Button>
                    </Table.Td>
                  </Table.Tr>
                  {open === key && (
                    <Table.Tr>
                      <Table.Td colSpan={columns.length + 2}>
                        <DocumentImeis no={row.no} doc={row.doc} />
                      </Table.Td>
                    </Table.Tr>
                  )}
                </Fragment>
              )
            })}
          </Table.Tbody>
        </Table>
      )}
      {more && (
        <Text size="sm" c="dimmed" p="sm">
          {t('found.more', { count: rows.length })}
        </Text>
      )}
    </Panel>
  )
}

const PAGE = 50

function DocumentImeis({ no, doc }: { readonly no: number; readonly doc: number }) {
  const { t } = useTranslation(['lookup', 'term'])
  const pages = usePages(
    'document-imeis',
    (after: string | null) => ({ no, doc, after, limit: PAGE }),
    ({ next }) => next,
    [no, doc],
  )
  return (
    <PagedTable
      title={t('found.imeis')}
      columns={(['imei', 'list', 'reason'] as const).map((name) => ({ name, label: t(`column.${name}`) }))}
      pages={pages}
      rows={pages.all.flatMap(({ rows }) => rows)}
      keyOf={({ imei14 }) => imei14}
      empty={t('found.no-imeis')}
      cell={(row, column) =>
        column === 'imei' ? (
          <Link to="/lookup" search={{ imei: row.imei14 }} className="tamga-imei">
            {row.imei14}
          </Link>
        ) : column === 'list' ? (
          <ListBadge list={row.list} />
        ) : (
          row.reason && t(`term:reason.${row.reason}`)
        )
      }
    />
  )
}
