import { Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useReading } from '../app/queries.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Panel } from '../ui/Panel.tsx'

const SHOWN = 200

/** Blocked IMEIs that are seen in a network all the same, those with most days first. */
export function Violations() {
  const { t } = useTranslation(['registry', 'term'])
  const { number, shortDate } = useFormat()
  const found = useReading('violations', { limit: SHOWN })
  return (
    <Panel title={t('violation.title')} flush>
      <Loaded query={found}>
        {({ total, rows }) =>
          rows.length === 0 ? (
            <EmptyState sentence={t('violation.none')} />
          ) : (
            <>
              <Table aria-label={t('violation.title')}>
                <Table.Thead>
                  <Table.Tr>
                    {(['imei', 'operator', 'blocked', 'first', 'last', 'days'] as const).map((name) => (
                      <Table.Th key={name} ta={name === 'days' ? 'right' : 'left'}>
                        {t(`violation.${name}`)}
                      </Table.Th>
                    ))}
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {rows.map((row) => (
                    <Table.Tr key={`${row.imei14} ${row.operator}`} data-violation={row.imei14}>
                      <Table.Td>
                        <Link to="/lookup" search={{ imei: row.imei14 }} className="tamga-imei">
                          {row.imei14}
                        </Link>
                      </Table.Td>
                      <Table.Td>{t(`term:source.${row.operator}`)}</Table.Td>
                      <Table.Td>{shortDate(row.since)}</Table.Td>
                      <Table.Td>{shortDate(row.firstDay)}</Table.Td>
                      <Table.Td>{shortDate(row.lastDay)}</Table.Td>
                      <Table.Td ta="right">{number(row.days)}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
              <Text size="xs" c="dimmed" px="md" py="xs">
                {t('shown', { shown: number(rows.length), total: number(total) })}
              </Text>
            </>
          )
        }
      </Loaded>
    </Panel>
  )
}
