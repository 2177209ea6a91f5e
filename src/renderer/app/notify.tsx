import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { UndoNotice } from '../ui/UndoNotice.tsx'
import { problemOf } from './problems.ts'

/** Tells briefly that something was done. The text comes translated. */
export function notifyDone(message: string): void {
  notifications.show({ message, color: 'teal.9', autoClose: 5000, closeButtonProps: closeLabel() })
}

/** Shows the problem an error carries: what failed, what to do, a code to copy. Stays until it is closed. */
export function notifyProblem(error: unknown): void {
  notifications.show({
    message: <ProblemCard problem={problemOf(error)} plain />,
    color: 'red.9',
    autoClose: false,
    closeButtonProps: closeLabel(),
  })
}

/** Tells that something was done and can be taken back for so many seconds; answers the id, for `closeNotice`. */
export function notifyUndoable(message: string, seconds: number, undo: () => void): string {
  const id = notifications.show({
    message: (
      <UndoNotice
        message={message}
        seconds={seconds}
        undo={() => {
          undo()
          notifications.hide(id)
        }}
      />
    ),
    color: 'tamga.8',
    autoClose: seconds * 1000,
    closeButtonProps: closeLabel(),
  })
  return id
}

/** Closes a notice before its time. */
export const closeNotice = (id: string): void => void notifications.hide(id)

const closeLabel = () => ({ 'aria-label': i18next.t('common:close') })
