import { Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../contract/call.ts'
import type { EngineContract } from '../../contract/engine.ts'
import { problemText } from '../../contract/problemText.ts'
import { useReading } from '../app/queries.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { useLanguage } from '../i18n/useLanguage.ts'
import { ListBadge } from '../ui/ListBadge.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Panel } from '../ui/Panel.tsx'

type Found = Output<EngineContract['lookup']>[number]

/** Rows on screen; the counts are over all that was asked. */
const SHOWN = 500

/** A pasted list, in the order asked. */
export function LookupTable({ imeis }: { readonly imeis: readonly string[] }) {
  const { t } = useTranslation('lookup')
  const found = useReading('lookup', { imeis: [...imeis] })
  return (
    <Loaded query={found}>
      {(rows) => (
        <Panel title={t('many.title', { count: rows.length })} flush actions={<Counts rows={rows} />}>
          <Table fz="sm" stickyHeader highlightOnHover aria-label={t('many.title', { count: rows.length })}>
            <Table.Thead>
              <Table.Tr>
                {(['imei', 'list', 'reason', 'since', 'deadline', 'device'] as const).map((column) => (
                  <Table.Th key={column}>{t(`column.${column}`)}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.slice(0, SHOWN).map((row) => (
                <Row key={row.imei} row={row} />
              ))}
            </Table.Tbody>
          </Table>
          {rows.length > SHOWN && (
            <Text p="sm" size="sm" c="dimmed">
              {t('many.cut', { count: SHOWN })}
            </Text>
          )}
        </Panel>
      )}
    </Loaded>
  )
}

function Row({ row }: { readonly row: Found }) {
  const { t } = useTranslation(['lookup', 'term'])
  const { shortDate } = useFormat()
  const language = useLanguage()
  if (row.problem)
    return (
      <Table.Tr>
        <Table.Td className="tamga-imei">{row.imei}</Table.Td>
        <Table.Td colSpan={5} c="var(--tamga-bad)">
          {problemText(row.problem, language).message}
        </Table.Td>
      </Table.Tr>
    )
  return (
    <Table.Tr>
      <Table.Td className="tamga-imei">
        <Link to="/lookup" search={{ imei: row.imei }}>
          {row.imei}
        </Link>
      </Table.Td>
      <Table.Td>
        <ListBadge list={row.list} />
      </Table.Td>
      <Table.Td>{row.reason && t(`term:reason.${row.reason}`)}</Table.Td>
      <Table.Td>{row.since && shortDate(row.since)}</Table.Td>
      <Table.Td>
        {row.deadline && shortDate(row.deadline)}
        {row.overdue && ` · ${t('overdue')}`}
      </Table.Td>
      <Table.Td>{row.device && deviceName(row.device)}</Table.Td>
    </Table.Tr>
  )
}

const deviceName = ({ brand, model, tac }: NonNullable<Found['device']>): string =>
  [brand, model].filter(Boolean).join(' ') || tac

function Counts({ rows }: { readonly rows: readonly Found[] }) {
  const { t } = useTranslation(['lookup', 'term'])
  const { number } = useFormat()
  const groups = Map.groupBy(rows, ({ problem, list }) => (problem ? 'unusable' : list))
  return (
    <Text size="sm" data-figures>
      {[...groups]
        .map(
          ([name, same]) => `${name === 'unusable' ? t('unusable') : t(`term:list.${name}`)}: ${number(same.length)}`,
        )
        .join(' · ')}
    </Text>
  )
}
