import { Button, Group, Select } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GridFilter } from '../../contract/gridFilter.ts'
import { OPERATORS, type Operator } from '../../domain/fact.ts'
import { useJob } from '../app/jobs.ts'
import { notifyDone, notifyProblem } from '../app/notify.tsx'
import { engine } from '../app/queries.ts'
import { shell } from '../app/shell.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { JobProgress } from '../ui/JobProgress.tsx'

interface Props {
  /** Only whom this filter of the grey list lets through; null: everybody. */
  readonly where: (GridFilter & { readonly list: 'grey' }) | null
  readonly issued?: () => void
}

/** Has the registry issue what is due to one operator's subscribers. */
export function IssueNotices({ where, issued }: Props) {
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
    const found = await engine.call('issue-notices', { job: next, operator, where, target: target.token })
    notifyDone(
      found.issue === null ? t('notice.nothing') : t('notice.issued', { count: found.rows, rows: number(found.rows) }),
    )
    if (found.issue !== null) issued?.()
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
        data-testid={where ? 'issue-matching' : 'issue-notices'}
      >
        {t('notice.issue')}
      </Button>
      {job?.state === 'running' && <JobProgress job={job} />}
    </Group>
  )
}
