import { UnstyledButton } from '@mantine/core'
import type { KeyboardEvent, RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { REASON_CODES, type ReasonCode } from '../../domain/appeal.ts'
import { KeyCap } from '../ui/KeyCap.tsx'
import classes from './ReasonPicker.module.css'

interface Props {
  readonly chosen: readonly ReasonCode[]
  readonly suggested: readonly ReasonCode[]
  readonly toggle: (code: ReasonCode) => void
  readonly takeSuggested: () => void
  /** Back to the fields. */
  readonly leave: () => void
  readonly place: RefObject<HTMLFieldSetElement | null>
}

/** The keys of the digit row, in its order, choose the reasons in theirs. */
const REASON_KEYS = [
  'Digit1',
  'Digit2',
  'Digit3',
  'Digit4',
  'Digit5',
  'Digit6',
  'Digit7',
  'Digit8',
  'Digit9',
  'Digit0',
  'Minus',
  'Equal',
] as const

/** Reasons by code. While the focus is here the digit row chooses them; Enter takes what is suggested, Escape goes back. */
export function ReasonPicker({ chosen, suggested, toggle, takeSuggested, leave, place }: Props) {
  const { t } = useTranslation(['appeals', 'reason'])
  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    const code = REASON_CODES[(REASON_KEYS as readonly string[]).indexOf(event.code)]
    if (code) toggle(code)
    else if (event.code === 'Escape') leave()
    else if (event.code === 'Enter' && event.target === event.currentTarget) takeSuggested()
    else return
    event.preventDefault()
  }
  return (
    <fieldset
      className={classes.picker}
      ref={place}
      tabIndex={-1}
      data-own-keys
      onKeyDown={onKeyDown}
      aria-label={t('reasons.label')}
    >
      {REASON_CODES.map((code, at) => (
        <UnstyledButton
          key={code}
          className={classes.reason}
          aria-pressed={chosen.includes(code)}
          data-suggested={suggested.includes(code) && !chosen.includes(code)}
          title={`${t(`reason:${code}.clause`)}. ${t(`reason:${code}.remedy`)}`}
          onClick={() => toggle(code)}
        >
          <KeyCap press={REASON_KEYS[at] ?? ''} />
          <span className={classes.code}>{code}</span>
          <span className={classes.text}>{t(`reason:${code}.short`)}</span>
        </UnstyledButton>
      ))}
    </fieldset>
  )
}
