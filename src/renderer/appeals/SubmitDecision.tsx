import { Button } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { memo } from 'react'
import { KeyCap } from '../ui/KeyCap.tsx'
import classes from './DecisionBar.module.css'

interface Props {
  readonly label: string
  /** How far the draft is on disk; empty while nothing was written. */
  readonly saving: string
  readonly hindered: boolean
  readonly busy: boolean
  readonly submit: () => void
}

/** The end of a decision's bar: whether the draft is safe, and the button that sends it and opens the next appeal. */
export function SubmitDecision({ saving, ...send }: Props) {
  return (
    <>
      <span className={classes.saving}>{saving}</span>
      <Send {...send} />
    </>
  )
}

const Send = memo(function Send({ label, hindered, busy, submit }: Omit<Props, 'saving'>) {
  return (
    <Button
      disabled={hindered}
      loading={busy}
      leftSection={<IconSend size={16} aria-hidden />}
      rightSection={<KeyCap press="$mod+Enter" />}
      data-testid="submit"
      onClick={submit}
    >
      {label}
    </Button>
  )
})
