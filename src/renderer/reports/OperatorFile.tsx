import { Button, Group, Select, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../contract/call.ts'
import type { EngineContract } from '../../contract/engine.ts'
import { OPERATORS, type Operator } from '../../domain/fact.ts'
import { useJob } from '../app/jobs.ts'
import { notifyProblem } from '../app/notify.tsx'
import { engine } from '../app/queries.ts'
import { shell } from '../app/shell.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { JobProgress } from '../ui/JobProgress.tsx'
import { Panel } from '../ui/Panel.tsx'

/** The block list for an operator: a text file and its manifest. */
export function OperatorFile() {
  const { t } = useTranslation(['reports', 'term'])
  const { number } = useFormat()
  const [operator, setOperator] = useState<Operator>('kcell')
  const [id, setId] = useState<string | null>(null)
  const [written, setWritten] = useState<Output<EngineContract['operator-file']> | null>(null)
  const job = useJob(id)
  const write = async (): Promise<void> => {
    const target = await shell('pick-folder', { title: t('operator.folder') })
    if (!target) return
    const next = crypto.randomUUID()
    setId(next)
    setWritten(
      await engine.call('operator-file', { operator, list: 'black', since: null, target: target.token, job: next }),
    )
  }
  return (
    <Panel title={t('operator.title')}>
      <Stack gap="sm">
        <Group align="end" gap="md">
          <Select
            label={t('operator.operator')}
            data={OPERATORS.map((value) => ({ value, label: t(`term:source.${value}`) }))}
            value={operator}
            allowDeselect={false}
            onChange={(value) => value && setOperator(value as Operator)}
            w={220}
          />
          <Button onClick={() => void write().catch(notifyProblem)} data-testid="operator-file">
            {t('operator.write')}
          </Button>
        </Group>
        {job?.state === 'running' && <JobProgress job={job} />}
        {written && (
          <div data-testid="operator-written" role="status">
            <Text size="sm">
              {t('operator.written', { count: written.rows, rows: number(written.rows), seq: number(written.seq) })}
            </Text>
            {written.files.map(({ name, sha256 }) => (
              <Text key={name} size="xs" c="dimmed">
                {[name, sha256].join('  ')}
              </Text>
            ))}
          </div>
        )}
      </Stack>
    </Panel>
  )
}
