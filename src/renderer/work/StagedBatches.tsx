import { Table } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useReading } from '../app/queries.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Panel } from '../ui/Panel.tsx'

/** Files that were checked and not yet committed. */
export function StagedBatches() {
  const { t } = useTranslation(['work', 'term'])
  const { number } = useFormat()
  const staged = useReading('staged-batches', {})
  return (
    <Panel title={t('staged.title')} flush>
      <Loaded query={staged}>
        {(batches) =>
          batches.length === 0 ? (
            <EmptyState sentence={t('staged.empty')} />
          ) : (
            <Table aria-label={t('staged.title')} highlightOnHover>
              <Table.Tbody>
                {batches.map((batch) => (
                  <Table.Tr key={batch.batch}>
                    <Table.Td>
                      <Link to="/imports" search={{ batch: batch.batch }}>
                        {batch.file}
                      </Link>
                    </Table.Td>
                    <Table.Td>{t(`term:kind.${batch.kind}`)}</Table.Td>
                    <Table.Td ta="right">
                      {t('staged.rows', { count: batch.counts.rows, rows: number(batch.counts.rows) })}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )
        }
      </Loaded>
    </Panel>
  )
}
