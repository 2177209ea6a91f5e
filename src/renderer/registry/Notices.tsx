import { Button, Stack, Table, Text } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { NoticeIssue } from '../../contract/engine/notices.ts'
import { notifyDone, notifyProblem } from '../app/notify.tsx'
import { useOfficerName } from '../app/officerNames.ts'
import { engine, useReading } from '../app/queries.ts'
import { useMay } from '../app/session.ts'
import { shell } from '../app/shell.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Panel } from '../ui/Panel.tsx'
import { useFilterWords } from './AskedPart.tsx'
import { DueNotices } from './DueNotices.tsx'
import { IssueNotices } from './IssueNotices.tsx'

const FIGURES = ['first', 'reminder', 'last', 'rows', 'delivered', 'failed'] as const

/** Warnings to holders of grey devices: what is due today, lists for operators, and what became of them. */
export function Notices() {
  const { t } = useTranslation(['registry', 'term', 'common'])
  const issues = useReading('notice-issues', {})
  const mayIssue = useMay('operator-file')
  return (
    <Stack gap="lg">
      <Text size="sm" c="dimmed">
        {t('notice.means')}
      </Text>
      {mayIssue && <IssueNotices where={null} />}
      <Panel title={t('notice.issues')} flush>
        <Loaded query={issues}>
          {(found) => (found.length === 0 ? <EmptyState sentence={t('notice.none')} /> : <Issues issues={found} />)}
        </Loaded>
      </Panel>
      <DueNotices where={null} />
    </Stack>
  )
}

function Issues({ issues }: { readonly issues: readonly NoticeIssue[] }) {
  const { t } = useTranslation(['registry', 'term'])
  const { number, shortDate } = useFormat()
  const officerName = useOfficerName()
  const inWords = useFilterWords()
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
            <Table.Td>
              {number(issue.no)}
              {issue.where && (
                <Text size="xs" c="dimmed">
                  {t('notice.only', { what: inWords(issue.where).join('; ') || t('run.all-grey') })}
                </Text>
              )}
            </Table.Td>
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
