import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { Verdict } from '../../domain/appeal.ts'
import type { KeyBinding } from '../app/keys/keyboard.ts'
import { useKeys } from '../app/keys/useKeys.ts'
import type { ReviewMode } from './reviewMode.ts'
import type { ReviewAct } from './reviewState.ts'
import { useLookingKeys } from './useLookingKeys.ts'
import type { ViewerAct } from './viewerState.ts'

interface Steps {
  readonly mode: ReviewMode
  readonly act: (act: ReviewAct) => void
  readonly look: (act: ViewerAct) => void
  readonly files: number
  readonly pages: number
  readonly fitted: RefObject<number>
  readonly choose: (verdict: Verdict) => void
  readonly submit: () => void
  readonly skip: () => void
  readonly take: () => void
  readonly turnPane: (by: 1 | -1) => void
  readonly note: () => void
  /** Papers in a window of their own. */
  readonly tearOff: () => void
  /** To the next appeal that shares something with this one. */
  readonly toShared: () => void
}

/** The keys of the review, by position. */
export function useReviewKeys(steps: Steps): void {
  const { t } = useTranslation('appeals')
  const { mode, act, look, files, pages, fitted, choose, submit, skip, take, turnPane, note, tearOff, toShared } = steps
  const key = (press: string, name: string, run: () => void): KeyBinding => ({ press, label: t(`key.${name}`), run })
  const always = (press: string, name: string, run: () => void): KeyBinding => ({
    ...key(press, name, run),
    whileTyping: true,
  })
  const judging = mode === 'decide' || mode === 'sign'
  useLookingKeys({ look, files, pages, fitted }, [
    key('KeyJ', 'next-field', () => act({ do: 'step', by: 1 })),
    key('KeyK', 'previous-field', () => act({ do: 'step', by: -1 })),
    key('KeyO', 'tear-off', tearOff),
    key('KeyU', 'shared', toShared),
    always('F6', 'next-pane', () => turnPane(1)),
    always('Shift+F6', 'previous-pane', () => turnPane(-1)),
  ])
  useKeys(t('keys.judging'), [
    ...(judging
      ? [
          key('Digit1', 'match', () => act({ do: 'judge', verdict: 'match' })),
          key('Digit2', 'contradict', () => act({ do: 'judge', verdict: 'contradict' })),
          key('Digit3', 'unclear', () => act({ do: 'judge', verdict: 'unclear' })),
          key('Digit0', 'unsee', () => act({ do: 'judge', verdict: null })),
          key('KeyA', mode === 'sign' ? 'agree' : 'approve', () => choose('approve')),
          key('KeyR', mode === 'sign' ? 'send-back' : 'reject', () => choose('reject')),
          key('KeyN', 'note', note),
          always('$mod+Enter', 'submit', submit),
        ]
      : []),
    ...(mode === 'decide'
      ? [
          key('KeyI', 'ask', () => choose('ask')),
          key('KeyT', 'refer', () => choose('refer')),
          key('KeyS', 'skip', skip),
        ]
      : []),
    ...(mode === 'take' ? [always('$mod+Enter', 'take', take)] : []),
  ])
}
