import { Button, Stack, Table, Text } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useOfficerName } from '../app/officerNames.ts'
import { useReading } from '../app/queries.ts'
import { useMay } from '../app/session.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Panel } from '../ui/Panel.tsx'
import { ProposeRun } from './ProposeRun.tsx'
import { RunDetails } from './RunDetails.tsx'
import { RunSchedule } from './RunSchedule.tsx'

/** Block runs, the latest first: propose one, open one. */
export function BlockRuns({ open }: { readonly open: string | null }) {
  const { t } = useTranslation(['registry', 'term', 'common'])
  const { number, shortDate } = useFormat()
  const officerName = useOfficerName()
  const mayPropose = useMay('blockrun-propose')
  const runs = useReading('blockruns', {})
  const navigate = useNavigate()
  const [proposing, setProposing] = useState(false)
  const show = (run: string | null): void =>
    void navigate({ to: '/registry', search: run === null ? { show: 'runs' as const } : { run } })
  if (open !== null) return <RunDetails run={open} back={() => show(null)} />
  const propose = mayPropose && (
    <Button onClick={() => setProposing(true)} data-testid="run-propose">
      {t('run.propose')}
    </Button>
  )
  return (
    <Stack gap="lg">
      <Panel title={t('run.all')} actions={propose} flush>
        <Loaded query={runs}>
          {(found) =>
            found.length === 0 ? (
              <EmptyState sentence={t('run.none')} />
            ) : (
              <Table aria-label={t('run.all')} highlightOnHover>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{t('run.no')}</Table.Th>
                    <Table.Th>{t('run.until')}</Table.Th>
                    <Table.Th>{t('run.state')}</Table.Th>
                    <Table.Th ta="right">{t('run.part.block')}</Table.Th>
                    <Table.Th ta="right">{t('run.part.held')}</Table.Th>
                    <Table.Th ta="right">{t('run.part.conflict')}</Table.Th>
                    <Table.Th>{t('run.by')}</Table.Th>
                    <Table.Th>{t('run.signatures')}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {found.map((run) => (
                    <Table.Tr key={run.run} data-run={run.no}>
                      <Table.Td>
                        <Link to="/registry" search={{ run: run.run }}>
                          {t('run.title', { no: number(run.no) })}
                        </Link>
                        {Object.keys(run.part).length > 0 && (
                          <Text size="xs" c="dimmed" data-partial>
                            {t('run.partial-short')}
                          </Text>
                        )}
                      </Table.Td>
                      <Table.Td>{shortDate(run.until)}</Table.Td>
                      <Table.Td>{t(`term:runState.${run.state}`)}</Table.Td>
                      <Table.Td ta="right">{number(run.toBlack)}</Table.Td>
                      <Table.Td ta="right">{number(run.held)}</Table.Td>
                      <Table.Td ta="right">{number(run.conflicts)}</Table.Td>
                      <Table.Td>{officerName(run.by)}</Table.Td>
                      <Table.Td>{run.signatures.map(officerName).join(', ') || t('common:nothing')}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            )
          }
        </Loaded>
      </Panel>
      <RunSchedule />
      {proposing && (
        <ProposeRun
          close={() => setProposing(false)}
          proposed={(run) => {
            setProposing(false)
            show(run)
          }}
        />
      )}
    </Stack>
  )
}
