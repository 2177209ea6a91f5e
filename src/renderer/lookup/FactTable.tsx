import { Table } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/useFormat.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Panel } from '../ui/Panel.tsx'
import type { Explained } from './Explanation.tsx'
import classes from './FactTable.module.css'

const COLUMNS = ['fact', 'source', 'date', 'data', 'batch', 'holds'] as const

/** Everything anybody reported about the IMEI, ended facts included. */
export function FactTable({ facts }: { readonly facts: Explained['facts'] }) {
  const { t } = useTranslation(['lookup', 'listing', 'term'])
  const { shortDate } = useFormat()
  return (
    <Panel title={t('facts')} flush>
      {facts.length === 0 ? (
        <EmptyState sentence={t('no-facts')} />
      ) : (
        <Table fz="sm" aria-label={t('facts')}>
          <Table.Thead>
            <Table.Tr>
              {COLUMNS.map((column) => (
                <Table.Th key={column}>{t(`column.${column}`)}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {facts.map((fact) => (
              <Table.Tr
                key={`${fact.batch} ${fact.kind} ${fact.op} ${fact.seq} ${fact.date}`}
                className={classes.fact}
                data-ended={fact.endedSeq !== null}
              >
                <Table.Td>
                  {t(`listing:fact.${fact.kind}`)}
                  {fact.op === 'remove' && ` · ${t('listing:removed')}`}
                </Table.Td>
                <Table.Td>{t(`term:source.${fact.source}`)}</Table.Td>
                <Table.Td>{shortDate(fact.date)}</Table.Td>
                <Table.Td className={classes.data}>{shown(fact.data).join(' · ')}</Table.Td>
                <Table.Td>
                  <Link to="/imports" search={{ batch: fact.batch }} className={classes.batch}>
                    {fact.batch.slice(0, 8)}
                  </Link>
                </Table.Td>
                <Table.Td>{t(fact.endedSeq === null ? 'listing:live' : 'listing:ended')}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Panel>
  )
}

const shown = (data: Readonly<Record<string, string | number>>): readonly string[] =>
  Object.values(data)
    .map(String)
    .filter((text) => text !== '')
