import { Button, Group, Select, Stack, Table, Text } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { NoticeIssue } from '../../contract/engine/notices.ts'
import { OPERATORS, type Operator } from '../../domain/fact.ts'
import { useJob } from '../app/jobs.ts'
import { notifyDone, notifyProblem } from '../app/notify.tsx'
import { useOfficerName } from '../app/officerNames.ts'
import { engine, useReading } from '../app/queries.ts'
import { useMay } from '../app/session.ts'
import { shell } from '../app/shell.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { JobProgress } from '../ui/JobProgress.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Panel } from '../ui/Panel.tsx'
import { Tiles } from '../ui/Tiles.tsx'

const STAGES = ['first', 'reminder', 'last', 'overdue'] as const
const FIGURES = ['first', 'reminder', 'last', 'rows', 'delivered', 'failed'] as const

/** Warnings to holders of grey devices: what is due today, lists for operators, and what became of them. */
export function Notices() {
  const { t } = useTranslation(['registry', 'term', 'common'])
  const { number } = useFormat()
  const due = useReading('notices-due', {})
  const issues = useReading('notice-issues', {})
  const mayIssue = useMay('operator-file')
  return (
    <Stack gap="lg">
      <Text size="sm" c="dimmed">
        {t('notice.means')}
      </Text>
      <Loaded query={due} lines={2}>
        {(counts) => (
          <Tiles
            label={t('notice.due')}
            tiles={STAGES.map((name) => ({ name, label: t(`notice.stage.${name}`), value: number(counts[name]) }))}
          />
        )}
      </Loaded>
      {mayIssue && <IssueNotices />}
      <Panel title={t('notice.issues')} flush>
        <Loaded query={issues}>
          {(found) => (found.length === 0 ? <EmptyState sentence={t('notice.none')} /> : <Issues issues={found} />)}
        </Loaded>
      </Panel>
    </Stack>
  )
}

function Issues({ issues }: { readonly issues: readonly NoticeIssue[] }) {
  const { t } = useTranslation(['registry', 'term'])
  const { number, shortDate } = useFormat()
  const officerName = useOfficerName()
  const mayRead = useMay('receipt')
  const read = async (issue: string): Promise<void> => {
    const source = await shell('pick-file', {
      title: t('notice.delivery'),
      filterName: 'CSV',
      extensions: ['csv', 'txt', 'xlsx'],
    })
    if (!source) return
    const found = await engine.call('record-delivery', { issue, source: source.token })
    notifyDone(t('notice.recorded', { delivered: number(found.delivered), failed: number(found.failed) }))
  }
  return (
    <Table aria-label={t('notice.issues')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('notice.no')}</Table.Th>
          <Table.Th>{t('notice.day')}</Table.Th>
          <Table.Th>{t('operator.column.operator')}</Table.Th>
          {FIGURES.map((name) => (
            <Table.Th key={name} ta="right">
              {t(`notice.stage.${name}`)}
            </Table.Th>
          ))}
          <Table.Th>{t('notice.by')}</Table.Th>
          {mayRead && <Table.Th>{t('notice.delivery')}</Table.Th>}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {issues.map((issue) => (
          <Table.Tr key={issue.no} data-issue={issue.no}>
            <Table.Td>{number(issue.no)}</Table.Td>
            <Table.Td>{shortDate(issue.day)}</Table.Td>
            <Table.Td>{t(`term:source.${issue.operator}`)}</Table.Td>
            {FIGURES.map((name) => (
              <Table.Td key={name} ta="right">
                {number(issue[name])}
              </Table.Td>
            ))}
            <Table.Td>{officerName(issue.by)}</Table.Td>
            {mayRead && (
              <Table.Td>
                <Button
                  size="compact-xs"
                  variant="default"
                  leftSection={<IconFileImport size={14} aria-hidden />}
                  onClick={() => void read(issue.issue).catch(notifyProblem)}
                >
                  {t('notice.read')}
                </Button>
              </Table.Td>
            )}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

/** Has the registry issue what is due to one operator's subscribers. */
function IssueNotices() {
  const { t } = useTranslation(['registry', 'term'])
  const { number } = useFormat()
  const [operator, setOperator] = useState<Operator>('kcell')
  const [id, setId] = useState<string | null>(null)
  const job = useJob(id)
  const issue = async (): Promise<void> => {
    const target = await shell('pick-folder', { title: t('operator.folder') })
    if (!target) return
    const next = crypto.randomUUID()
    setId(next)
    const found = await engine.call('issue-notices', { job: next, operator, target: target.token })
    notifyDone(
      found.issue === null ? t('notice.nothing') : t('notice.issued', { count: found.rows, rows: number(found.rows) }),
    )
  }
  return (
    <Group align="end" gap="md">
      <Select
        label={t('operator.column.operator')}
        data={OPERATORS.map((value) => ({ value, label: t(`term:source.${value}`) }))}
        value={operator}
        allowDeselect={false}
        onChange={(value) => setOperator(value as Operator)}
        w={180}
      />
      <Button
        onClick={() => void issue().catch(notifyProblem)}
        loading={job?.state === 'running'}
        data-testid="issue-notices"
      >
        {t('notice.issue')}
      </Button>
      {job?.state === 'running' && <JobProgress job={job} />}
    </Group>
  )
}
