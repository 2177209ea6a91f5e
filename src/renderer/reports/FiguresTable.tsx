import { Table } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/useFormat.ts'
import type { Found } from './Preview.tsx'

/** All figures of a report with the share of the first. */
export function FiguresTable({ found }: { readonly found: Found }) {
  const { t } = useTranslation(['reports', 'report'])
  const { number, share } = useFormat()
  const { measures, totals, rows } = found.table
  const total = totals[0] ?? null
  return (
    <Table aria-label={t('figures')} data-figures>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t(`report:by.${found.by}`)}</Table.Th>
          {measures.map(({ name, label }) => (
            <Table.Th key={name} ta="right">
              {label}
            </Table.Th>
          ))}
          {total !== null && <Table.Th ta="right">{t('share')}</Table.Th>}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(({ key, label, values }) => (
          <Table.Tr key={key} data-group={key}>
            <Table.Td>{label}</Table.Td>
            {measures.map(({ name, decimals }, i) => (
              <Table.Td key={name} ta="right">
                {number(values[i] ?? 0, decimals)}
              </Table.Td>
            ))}
            {total !== null && <Table.Td ta="right">{share(total === 0 ? 0 : (values[0] ?? 0) / total)}</Table.Td>}
          </Table.Tr>
        ))}
      </Table.Tbody>
      <Table.Tfoot>
        <Table.Tr>
          <Table.Th>{t('report:document.total')}</Table.Th>
          {measures.map(({ name, decimals }, i) => (
            <Table.Th key={name} ta="right" data-total={i === 0 ? total : undefined}>
              {totals[i] === null || totals[i] === undefined ? null : number(totals[i], decimals)}
            </Table.Th>
          ))}
          {total !== null && <Table.Th />}
        </Table.Tr>
      </Table.Tfoot>
    </Table>
  )
}
