import { Button, Stack, Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useOfficerName } from '../app/officerNames.ts'
import { useReading } from '../app/queries.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Panel } from '../ui/Panel.tsx'
import classes from './BatchList.module.css'
import { QueuePanel } from './QueuePanel.tsx'
import { resume } from './wizard.ts'

/** Files staged and not yet committed, then every batch, newest first. */
export function BatchList({ choose }: { readonly choose: (() => void) | null }) {
  const { t } = useTranslation(['imports', 'term'])
  const { number, instant } = useFormat()
  const officerName = useOfficerName()
  const staged = useReading('staged-batches', {})
  const batches = useReading('batches', { before: null, limit: 200 })
  return (
    <Stack gap="lg">
      <QueuePanel />
      {(staged.data ?? []).length > 0 && (
        <Panel title={t('staged')} flush>
          <Table aria-label={t('staged')} highlightOnHover>
            <Table.Tbody>
              {(staged.data ?? []).map((one) => (
                <Table.Tr key={one.batch} data-staged={one.batch}>
                  <Table.Td>{one.file}</Table.Td>
                  <Table.Td>{t(`term:kind.${one.kind}`)}</Table.Td>
                  <Table.Td ta="right">{number(one.counts.rows)}</Table.Td>
                  <Table.Td ta="right">
                    <Button size="compact-sm" variant="default" onClick={() => resume(one)}>
                      {t('continue')}
                    </Button>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Panel>
      )}
      <Panel title={t('batches')} flush>
        <Loaded query={batches} lines={8}>
          {(all) =>
            all.length === 0 ? (
              <EmptyState
                sentence={t('no-batches')}
                action={choose && <Button onClick={choose}>{t('import')}</Button>}
              />
            ) : (
              <Table aria-label={t('batches')} highlightOnHover stickyHeader>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{t('column.no')}</Table.Th>
                    <Table.Th>{t('column.file')}</Table.Th>
                    <Table.Th>{t('column.kind')}</Table.Th>
                    <Table.Th>{t('column.source')}</Table.Th>
                    <Table.Th ta="right">{t('column.imeis')}</Table.Th>
                    <Table.Th>{t('column.state')}</Table.Th>
                    <Table.Th>{t('column.by')}</Table.Th>
                    <Table.Th>{t('column.at')}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {all.map((batch) => (
                    <Table.Tr key={batch.batch} data-batch={batch.batch} data-state={batch.state}>
                      <Table.Td>{batch.no ?? t('common:nothing')}</Table.Td>
                      <Table.Td>
                        <Link to="/imports" search={{ batch: batch.batch }}>
                          {batch.file || t(`term:kind.${batch.kind}`)}
                        </Link>
                      </Table.Td>
                      <Table.Td>{t(`term:kind.${batch.kind}`)}</Table.Td>
                      <Table.Td>{t(`term:source.${batch.source}`)}</Table.Td>
                      <Table.Td ta="right">{number(batch.counts.imeis)}</Table.Td>
                      <Table.Td>
                        {t(`term:batchState.${batch.state}`)}
                        {batch.undo?.pending && (
                          <Text size="xs" c="dimmed">
                            {t('undo-waits')}
                          </Text>
                        )}
                      </Table.Td>
                      <Table.Td>{[batch.by, ...batch.signedBy].map(officerName).join(', ')}</Table.Td>
                      <Table.Td className={classes.at}>{instant(batch.at)}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            )
          }
        </Loaded>
      </Panel>
    </Stack>
  )
}
