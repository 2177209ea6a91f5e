import { Group, Title } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { FactsAge } from './FactsAge.tsx'
import classes from './Screen.module.css'

interface Props {
  readonly title: string
  /** Buttons on the title's line. */
  readonly actions?: ReactNode
  readonly children: ReactNode
  /** Facts are shown here: their age stands beside the title. */
  readonly facts?: boolean
  /** Fill the height and scroll inside (grids, the review) instead of scrolling as a whole. */
  readonly filled?: boolean
}

/** Frame of a screen: title line, actions, content. Sets the window's title. */
export function Screen({ title, actions, children, facts = false, filled = false }: Props) {
  useEffect(() => {
    document.title = `${title} · Tamga`
  }, [title])
  return (
    <section className={filled ? classes.filled : classes.screen}>
      <Group className={classes.head} justify="space-between" wrap="nowrap">
        <Group gap="md" wrap="nowrap">
          <Title order={1}>{title}</Title>
          {facts && <FactsAge />}
        </Group>
        <Group gap="sm">{actions}</Group>
      </Group>
      <div className={filled ? classes.filledBody : classes.body}>{children}</div>
    </section>
  )
}
