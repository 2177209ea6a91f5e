import { Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../contract/call.ts'
import type { EngineContract } from '../../contract/engine.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Panel } from '../ui/Panel.tsx'
import classes from './FiguresTable.module.css'
import { useGroupName } from './groupName.ts'

type Found = Output<EngineContract['report-figures']>

/** Figures of a report with their shares as bars, the definition beside them and what they are as of. */
export function FiguresTable({ found }: { readonly found: Found }) {
  const { t } = useTranslation(['reports', 'report'])
  const { number, share, instant } = useFormat()
  const nameOf = useGroupName(found.by)
  const { total, groups } = found.figures
  const largest = Math.max(1, ...groups.map(({ count }) => count))
  return (
    <Panel title={t(`report:report.${found.report}.title`)} flush>
      <Text size="sm" c="dimmed" px="md" py="sm">
        {t(`report:report.${found.report}.definition`)}{' '}
        {t('as-of', {
          seq: number(found.asOf.seq),
          at: found.asOf.at ? instant(found.asOf.at) : '',
          policy: found.asOf.policy,
        })}
      </Text>
      {total === 0 ? (
        <EmptyState sentence={t('report:document.none')} />
      ) : (
        <Table aria-label={t(`report:report.${found.report}.title`)}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th className={classes.group}>{t(`report:by.${found.by}`)}</Table.Th>
              <Table.Th ta="right">{t(`report:report.${found.report}.unit`)}</Table.Th>
              <Table.Th ta="right">{t('share')}</Table.Th>
              <Table.Th className={classes.barHead}>{t('chart')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {groups.map(({ key, count }) => (
              <Table.Tr key={key} data-group={key}>
                <Table.Td>{nameOf(key)}</Table.Td>
                <Table.Td ta="right">{number(count)}</Table.Td>
                <Table.Td ta="right">{share(count / total)}</Table.Td>
                <Table.Td>
                  <meter className={classes.bar} min={0} max={largest} value={count} aria-label={nameOf(key)} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
          <Table.Tfoot>
            <Table.Tr>
              <Table.Th>{t('report:document.total')}</Table.Th>
              <Table.Th ta="right" data-total={total}>
                {number(total)}
              </Table.Th>
              <Table.Th />
              <Table.Th />
            </Table.Tr>
          </Table.Tfoot>
        </Table>
      )}
    </Panel>
  )
}
