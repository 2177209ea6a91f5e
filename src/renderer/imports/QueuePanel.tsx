import { Button, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { QueuedImport } from '../../contract/engine/importQueue.ts'
import { isOpen, useJob } from '../app/jobs.ts'
import { notifyProblem } from '../app/notify.tsx'
import { useActing, useReading } from '../app/queries.ts'
import { useMay } from '../app/session.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { JobProgress } from '../ui/JobProgress.tsx'
import { Panel } from '../ui/Panel.tsx'

/** Files on their way to being staged, in order: how far they are; those a crash or a closed desk interrupted can go on. */
export function QueuePanel() {
  const { t } = useTranslation('imports')
  const queue = useReading('import-queue', {}).data ?? []
  if (queue.length === 0) return null
  return (
    <Panel title={t('queue.title')}>
      <Stack gap="md" component="ol" data-testid="import-queue" m={0} pl={22}>
        {queue.map((entry) => (
          <Entry key={entry.batch} entry={entry} />
        ))}
      </Stack>
    </Panel>
  )
}

/** One file; its job tells sooner than the list what becomes of it. */
function Entry({ entry }: { readonly entry: QueuedImport }) {
  const job = useJob(entry.job)
  const state = entry.job !== null && job && isOpen(job) ? job.state : entry.state
  return (
    <li data-queued={state}>
      {state === 'interrupted' ? (
        <Interrupted entry={entry} />
      ) : job ? (
        <JobProgress job={job} />
      ) : (
        <Text size="sm">{entry.file}</Text>
      )}
    </li>
  )
}

function Interrupted({ entry }: { readonly entry: QueuedImport }) {
  const { t } = useTranslation(['imports', 'term'])
  const { instant } = useFormat()
  const mayImport = useMay('import')
  const resume = useActing('resume-import')
  const drop = useActing('drop-import')
  const { batch, file, kind, at } = entry
  return (
    <Group justify="space-between" wrap="nowrap">
      <Text size="sm">{t('queue.interrupted', { file, kind: t(`term:kind.${kind}`), at: instant(at) })}</Text>
      {mayImport && (
        <Group gap={8} wrap="nowrap">
          <Button
            size="compact-sm"
            onClick={() => resume.mutate({ batch, job: crypto.randomUUID() }, { onError: notifyProblem })}
            data-testid="resume-import"
          >
            {t('queue.resume')}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => drop.mutate({ batch }, { onError: notifyProblem })}
          >
            {t('queue.drop')}
          </Button>
        </Group>
      )}
    </Group>
  )
}
