import { Popover, Stack, Text, UnstyledButton } from '@mantine/core'
import { IconLoader2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { JobProgress } from '../../ui/JobProgress.tsx'
import { isOpen, useJobs } from '../jobs.ts'
import classes from './StatusBar.module.css'

/** Running jobs; opens the list of the latest with their progress and a cancel for each. */
export function JobsButton() {
  const { t } = useTranslation('common')
  const jobs = useJobs()
  const running = jobs.filter(isOpen).length
  return (
    <Popover position="top-start" width={380} shadow="md">
      <Popover.Target>
        <UnstyledButton className={classes.item}>
          <IconLoader2 size={15} aria-hidden />
          {running === 0 ? t('jobs.none') : t('jobs.running', { count: running })}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('jobs.title')}>
        <Stack gap="sm">
          <Text fw={600}>{t('jobs.title')}</Text>
          {jobs.length === 0 && <Text c="dimmed">{t('jobs.empty')}</Text>}
          {jobs.slice(0, 6).map((job) => (
            <JobProgress key={job.id} job={job} />
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
