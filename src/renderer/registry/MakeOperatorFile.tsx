import { Button, Group, Select, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../contract/call.ts'
import type { IssuedFile } from '../../contract/engine/operatorList.ts'
import type { EngineContract } from '../../contract/engine.ts'
import { OPERATORS, type Operator } from '../../domain/fact.ts'
import { FILE_LISTS, type FileList } from '../../domain/operatorFile.ts'
import { useJob } from '../app/jobs.ts'
import { notifyProblem } from '../app/notify.tsx'
import { engine } from '../app/queries.ts'
import { shell } from '../app/shell.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { JobProgress } from '../ui/JobProgress.tsx'
import { Panel } from '../ui/Panel.tsx'

/** A list for an operator, whole or as the change since a file he has. */
export function MakeOperatorFile({ issued }: { readonly issued: readonly IssuedFile[] }) {
  const { t } = useTranslation(['registry', 'term'])
  const { number, instant } = useFormat()
  const [operator, setOperator] = useState<Operator>('kcell')
  const [list, setList] = useState<FileList>('black')
  const [since, setSince] = useState<string | null>(null)
  const [id, setId] = useState<string | null>(null)
  const [made, setMade] = useState<Output<EngineContract['operator-file']> | null>(null)
  const job = useJob(id)
  const bases = issued.filter((file) => file.operator === operator && file.list === list)
  const make = async (): Promise<void> => {
    const target = await shell('pick-folder', { title: t('operator.folder') })
    if (!target) return
    const next = crypto.randomUUID()
    setId(next)
    const from = since === null ? null : Number(since)
    setMade(await engine.call('operator-file', { job: next, operator, list, since: from, target: target.token }))
  }
  return (
    <Panel title={t('operator.make')}>
      <Stack gap="sm">
        <Group align="end" gap="md">
          <Select
            label={t('operator.column.operator')}
            data={OPERATORS.map((value) => ({ value, label: t(`term:source.${value}`) }))}
            value={operator}
            allowDeselect={false}
            onChange={(value) => {
              setOperator(value as Operator)
              setSince(null)
            }}
            w={180}
          />
          <Select
            label={t('operator.column.list')}
            data={FILE_LISTS.map((value) => ({ value, label: t(`operator.lists.${value}`) }))}
            value={list}
            allowDeselect={false}
            onChange={(value) => {
              setList(value as FileList)
              setSince(null)
            }}
            w={220}
          />
          <Select
            label={t('operator.since')}
            data={bases.map((file) => ({
              value: String(file.seq),
              label: t('operator.base', { no: number(file.no), seq: number(file.seq), at: instant(file.at) }),
            }))}
            value={since}
            placeholder={t('operator.full')}
            clearable
            clearButtonProps={{ 'aria-label': t('operator.full') }}
            onChange={setSince}
            w={340}
          />
          <Button
            onClick={() => void make().catch(notifyProblem)}
            loading={job?.state === 'running'}
            data-testid="make-operator-file"
          >
            {t('operator.make')}
          </Button>
        </Group>
        {job?.state === 'running' && <JobProgress job={job} />}
        {made && (
          <div role="status" data-testid="operator-made">
            <Text size="sm">
              {t('operator.made', {
                count: made.rows,
                rows: number(made.rows),
                blocked: number(made.blocked),
                unblocked: number(made.unblocked),
                changed: number(made.changed),
              })}
            </Text>
            {made.files.map(({ name, sha256 }) => (
              <Text key={name} size="xs" c="dimmed">
                {[name, sha256].join('  ')}
              </Text>
            ))}
            <Text size="sm">{t(made.signature === null ? 'operator.unsigned' : 'operator.signed')}</Text>
          </div>
        )}
      </Stack>
    </Panel>
  )
}
