import { Button, Group, Progress, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Job } from '../../contract/engine/session.ts'
import { isOpen, secondsLeft } from '../app/jobs.ts'
import { notifyProblem } from '../app/notify.tsx'
import { useActing } from '../app/queries.ts'
import { useFormat } from '../i18n/useFormat.ts'

/** One job: what, how far, how fast, how long; cancel rolls it back. */
export function JobProgress({ job }: { readonly job: Job }) {
  const { t } = useTranslation('common')
  const { number } = useFormat()
  const cancel = useActing('cancel-job')
  const pause = useActing(job.state === 'paused' ? 'resume-job' : 'pause-job')
  const left = secondsLeft(job)
  const share = job.total ? Math.min(100, (job.done / job.total) * 100) : 0
  const running = job.state === 'running'
  const name = t(`jobs.kind.${job.kind}`)
  return (
    <Stack gap={4} data-job={job.kind} data-state={job.state}>
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" truncate>
          {job.subject ? `${name}: ${job.subject}` : name}
        </Text>
        {isOpen(job) ? (
          <Group gap={6} wrap="nowrap">
            {!running && (
              <Text size="xs" c="dimmed">
                {t(`jobs.state.${job.state}`)}
              </Text>
            )}
            {job.kind === 'stage' && (
              <Button
                size="compact-xs"
                variant="default"
                onClick={() => pause.mutate({ id: job.id }, { onError: notifyProblem })}
                data-testid="job-pause"
              >
                {t(job.state === 'paused' ? 'jobs.go-on' : 'jobs.pause')}
              </Button>
            )}
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => cancel.mutate({ id: job.id }, { onError: notifyProblem })}
            >
              {t('cancel')}
            </Button>
          </Group>
        ) : (
          <Text size="xs" c="dimmed">
            {t(`jobs.state.${job.state}`)}
          </Text>
        )}
      </Group>
      {isOpen(job) && (
        <Progress
          value={job.total === null ? (running ? 100 : 0) : share}
          animated={running && job.total === null}
          aria-label={name}
          size="sm"
          transitionDuration={150}
        />
      )}
      <Text size="xs" c="dimmed">
        {t(`jobs.done.${job.unit}`, { count: job.done, done: number(job.done) })}
        {job.total !== null && ` / ${number(job.total)}`}
        {running && job.perSecond > 0 && ` · ${t('jobs.rate', { rate: number(Math.round(job.perSecond)) })}`}
        {running && left !== null && ` · ${t('jobs.left', { count: Math.ceil(left) })}`}
      </Text>
    </Stack>
  )
}
