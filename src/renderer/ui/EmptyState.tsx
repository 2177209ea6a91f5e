import { Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './EmptyState.module.css'

interface Props {
  /** One sentence. */
  readonly sentence: string
  /** One action. */
  readonly action?: ReactNode
  readonly icon?: ReactNode
}

/** Nothing here yet: one sentence, one action. */
export function EmptyState({ sentence, action, icon }: Props) {
  return (
    <Stack className={classes.empty} align="center" gap="sm">
      {icon}
      <Text c="dimmed" ta="center">
        {sentence}
      </Text>
      {action}
    </Stack>
  )
}
