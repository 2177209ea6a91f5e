import { ActionIcon, Button, CopyButton, Group, Stack, Text, Tooltip } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconCopy, IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../../domain/problem.ts'
import { problemWords } from '../app/problems.ts'
import { useLanguage } from '../i18n/useLanguage.ts'
import classes from './ProblemCard.module.css'

interface Props {
  readonly problem: Problem
  /** Offered when trying again can help. */
  readonly retry?: (() => void) | undefined
  /** Without frame and ground, inside something that has its own. */
  readonly plain?: boolean
}

/** What failed, what the officer can do, and a code to copy for support. */
export function ProblemCard({ problem, retry, plain = false }: Props) {
  const { t } = useTranslation('common')
  const { message, remedy } = problemWords(problem, useLanguage())
  const ref = problem.details.ref
  const code = ref === undefined ? problem.code : `${problem.code} · ${ref}`
  return (
    <div className={plain ? classes.plain : classes.card} role="alert" data-problem={problem.code}>
      {!plain && <IconAlertTriangle className={classes.icon} aria-hidden size={20} />}
      <Stack gap={4} className={classes.words}>
        <Text fw={600}>{message}</Text>
        {remedy !== '' && <Text size="sm">{remedy}</Text>}
        <Group gap={6}>
          <Text size="xs" c="dimmed" className={classes.code}>
            {code}
          </Text>
          <CopyButton value={`${code} ${JSON.stringify(problem.details)}`}>
            {({ copied, copy }) => (
              <Tooltip label={t(copied ? 'copied' : 'copy-code')}>
                <ActionIcon variant="subtle" size="sm" color="gray" aria-label={t('copy-code')} onClick={copy}>
                  {copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
                </ActionIcon>
              </Tooltip>
            )}
          </CopyButton>
          {retry && (
            <Button
              size="compact-xs"
              variant="default"
              leftSection={<IconRefresh size={14} aria-hidden />}
              onClick={retry}
            >
              {t('retry')}
            </Button>
          )}
        </Group>
      </Stack>
    </div>
  )
}
