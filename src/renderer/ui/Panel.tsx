import { Group, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './Panel.module.css'

interface Props {
  readonly title: string
  readonly actions?: ReactNode
  readonly children: ReactNode
  /** Without inner margins, for lists and tables that reach the edges. */
  readonly flush?: boolean
}

/** A titled box on a screen. */
export function Panel({ title, actions, children, flush = false }: Props) {
  return (
    <section className={classes.panel} aria-label={title}>
      <Group className={classes.head} justify="space-between" wrap="nowrap">
        <Title order={2}>{title}</Title>
        {actions}
      </Group>
      <div className={flush ? classes.flush : classes.body}>{children}</div>
    </section>
  )
}
