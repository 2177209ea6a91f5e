import { Table } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/useFormat.ts'

interface Props {
  /** Moves by name, with the number of IMEIs when it was reviewed and today. */
  readonly rows: readonly { readonly name: string; readonly was: number; readonly now: number }[]
}

/** What a batch would have done when it was reviewed, beside what it would do now. */
export function WasAndNow({ rows }: Props) {
  const { t } = useTranslation('imports')
  const { number } = useFormat()
  return (
    <Table aria-label={t('changed.counts')} maw={520}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('effect.label')}</Table.Th>
          <Table.Th ta="right">{t('changed.was')}</Table.Th>
          <Table.Th ta="right">{t('changed.now')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(({ name, was, now }) => (
          <Table.Tr key={name}>
            <Table.Td>{t(`effect.${name}`)}</Table.Td>
            <Table.Td ta="right">{number(was)}</Table.Td>
            <Table.Td ta="right">{number(now)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
