import { Stack, Table } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Officer } from '../../domain/officer.ts'
import { AWAITING_SIGNATURE } from '../app/nextAppeal.ts'
import { useOfficerName } from '../app/officerNames.ts'
import { useReading } from '../app/queries.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { AppealTable } from '../ui/AppealTable.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Panel } from '../ui/Panel.tsx'

/** What waits for a second signature: appeals, batches and block runs. Own acts are not offered for signing. */
export function AwaitingSignature({ officer }: { readonly officer: Officer }) {
  const { t } = useTranslation(['work', 'term'])
  const { number } = useFormat()
  const nameOf = useOfficerName()
  const appeals = useReading('appeals', AWAITING_SIGNATURE)
  const batches = useReading('batches', { before: null, limit: 100 })
  const waiting = (batches.data ?? []).filter(
    (batch) => batch.state === 'awaiting-signature' || batch.undo?.pending === true,
  )
  const runs = (useReading('blockruns', {}).data ?? []).filter((run) => run.state === 'awaiting-signature')
  return (
    <Panel title={t(officer.role === 'approver' ? 'sign.mine' : 'sign.all')} flush>
      <Loaded query={appeals}>
        {({ rows }) =>
          rows.length + waiting.length + runs.length === 0 ? (
            <EmptyState sentence={t('sign.empty')} />
          ) : (
            <Stack gap={0}>
              {rows.length > 0 && <AppealTable rows={rows} label={t('sign.all')} columns={['id', 'route', 'due']} />}
              {waiting.length > 0 && (
                <Table aria-label={t('sign.batches')} highlightOnHover>
                  <Table.Tbody>
                    {waiting.map((batch) => (
                      <Table.Tr key={batch.batch}>
                        <Table.Td>
                          {batch.kind === 'decision' && batch.letter ? (
                            <Link to="/appeals/$id" params={{ id: batch.letter }}>
                              {batch.letter}
                            </Link>
                          ) : (
                            <Link to="/imports" search={{ batch: batch.batch }}>
                              {batch.file || t(`term:kind.${batch.kind}`)}
                            </Link>
                          )}
                        </Table.Td>
                        <Table.Td>{t(batch.undo ? 'sign.undo' : `term:kind.${batch.kind}`)}</Table.Td>
                        <Table.Td ta="right">
                          {t('sign.imeis', { count: batch.counts.imeis, imeis: number(batch.counts.imeis) })}
                        </Table.Td>
                        <Table.Td>{batch.by === officer.id ? t('sign.own') : nameOf(batch.by)}</Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              )}
              {runs.length > 0 && (
                <Table aria-label={t('sign.runs')} highlightOnHover>
                  <Table.Tbody>
                    {runs.map(({ run, no, toBlack, by, signatures }) => (
                      <Table.Tr key={run}>
                        <Table.Td>
                          <Link to="/registry" search={{ run }}>
                            {t('sign.run', { no: number(no) })}
                          </Link>
                        </Table.Td>
                        <Table.Td>{signatures.map(nameOf).join(', ')}</Table.Td>
                        <Table.Td ta="right">{t('sign.imeis', { count: toBlack, imeis: number(toBlack) })}</Table.Td>
                        <Table.Td>{by === officer.id ? t('sign.own') : nameOf(by)}</Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              )}
            </Stack>
          )
        }
      </Loaded>
    </Panel>
  )
}
