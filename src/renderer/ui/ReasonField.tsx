import { Textarea } from '@mantine/core'

interface Props {
  readonly label: string
  readonly reason: string
  readonly write: (reason: string) => void
  /** Characters. */
  readonly atMost: number
}

/** Where an officer says why; an act without a reason is not sent. Has the focus when its dialog opens. */
export function ReasonField({ label, reason, write, atMost }: Props) {
  return (
    <Textarea
      label={label}
      required
      maxLength={atMost}
      autosize
      minRows={2}
      value={reason}
      onChange={(event) => write(event.currentTarget.value)}
      data-autofocus
    />
  )
}
