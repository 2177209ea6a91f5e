import { Button, Group, Select, Textarea } from '@mantine/core'
import { Activity, memo, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppealWhole } from '../../contract/engine/appeal.ts'
import { REASON_CODES, type Verdict } from '../../domain/appeal.ts'
import { KeyCap } from '../ui/KeyCap.tsx'
import classes from './DecisionBar.module.css'
import { LetterPreview } from './LetterPreview.tsx'
import { ReasonPicker } from './ReasonPicker.tsx'
import { BODIES, type NotReady, obstacleToApproval, suggestedReasons } from './readiness.ts'
import type { ReviewAct, ReviewState } from './reviewState.ts'
import { SubmitDecision } from './SubmitDecision.tsx'
import { useObstacleText } from './useObstacleText.ts'
import { useSteady } from './useSteady.ts'

interface Props {
  readonly appeal: AppealWhole
  readonly state: ReviewState
  readonly act: (act: ReviewAct) => void
  readonly choose: (verdict: Verdict) => void
  /** What stands against submitting now; null when nothing does. */
  readonly hindered: NotReady | null
  readonly busy: boolean
  readonly submit: () => void
  readonly saving: string
  readonly reasonsPlace: RefObject<HTMLFieldSetElement | null>
  readonly notePlace: RefObject<HTMLTextAreaElement | null>
  readonly leaveReasons: () => void
}

const CHOICES = [
  ['approve', 'KeyA'],
  ['ask', 'KeyI'],
  ['reject', 'KeyR'],
  ['refer', 'KeyT'],
] as const satisfies readonly (readonly [Verdict, string])[]

/** The decision: what, why, the words to the applicant, and on to the next. */
export function DecisionBar(props: Props) {
  const { appeal, state, act, choose, hindered, busy, submit, saving, reasonsPlace, notePlace, leaveReasons } = props
  const { t } = useTranslation(['appeals', 'term'])
  const obstacleText = useObstacleText()
  const againstApproval = obstacleToApproval(appeal, state)
  const steadyChoose = useSteady(choose)
  const steadySubmit = useSteady(submit)
  const steadyLeave = useSteady(leaveReasons)
  const needsReasons = state.verdict !== null && state.verdict !== 'approve'
  return (
    <section className={classes.bar} aria-label={t('pane.decision')}>
      {/* built while the officer still looks at the fields, so that the key that asks for reasons only shows them */}
      <Activity mode={needsReasons ? 'visible' : 'hidden'}>
        <Why
          appeal={appeal.id}
          verdict={state.verdict}
          reasons={state.reasons}
          suggested={suggestedReasons(appeal, state).join(' ')}
          note={state.note}
          internal={state.internal}
          item={state.item}
          body={state.body}
          act={act}
          reasonsPlace={reasonsPlace}
          notePlace={notePlace}
          leaveReasons={steadyLeave}
        />
      </Activity>
      <div className={classes.acts}>
        {CHOICES.map(([verdict, press]) => {
          const against = verdict === 'approve' ? againstApproval : null
          return (
            <Choice
              key={verdict}
              verdict={verdict}
              press={press}
              chosen={state.verdict === verdict}
              hint={against ? obstacleText(against) : t(`choose-hint.${verdict}`)}
              hindered={against !== null}
              choose={steadyChoose}
            />
          )
        })}
        <span className={classes.obstacle} role="status" data-testid="obstacle">
          {state.verdict === 'ask' && state.item !== null && hindered === null
            ? t('asks-about', { field: t(`term:field.${state.item}`) })
            : ''}
          {state.verdict === 'approve' && hindered === null && appeal.second.length > 0
            ? t('second-needed', { why: appeal.second.map((why) => t(`second.${why}`)).join(', ') })
            : ''}
          {againstApproval && (state.verdict === null || state.verdict === 'approve')
            ? t('approve-waits', { why: obstacleText(againstApproval) })
            : hindered && hindered.why !== 'verdict'
              ? obstacleText(hindered)
              : ''}
        </span>
        <SubmitDecision
          label={t('submit')}
          saving={saving}
          hindered={hindered !== null}
          busy={busy}
          submit={steadySubmit}
        />
      </div>
    </section>
  )
}

interface ChoiceProps {
  readonly verdict: Verdict
  readonly press: string
  readonly chosen: boolean
  readonly hint: string
  readonly hindered: boolean
  readonly choose: (verdict: Verdict) => void
}

/** Its hint is the system's own: one that React draws would be tied to its button again in the frame in which the next appeal is shown. */
const Choice = memo(function Choice({ verdict, press, chosen, hint, hindered, choose }: ChoiceProps) {
  const { t } = useTranslation('appeals')
  return (
    <Button
      variant={chosen ? 'filled' : 'default'}
      aria-pressed={chosen}
      aria-disabled={hindered}
      {...(hindered && { 'data-disabled': true })}
      data-verdict={verdict}
      title={hint}
      rightSection={<KeyCap press={press} />}
      onClick={() => choose(verdict)}
    >
      {t(`choose.${verdict}`)}
    </Button>
  )
})

interface WhyProps
  extends Pick<Props, 'act' | 'reasonsPlace' | 'notePlace' | 'leaveReasons'>,
    Pick<ReviewState, 'verdict' | 'reasons' | 'note' | 'internal' | 'item' | 'body'> {
  readonly appeal: string
  /** Codes that follow from what was found, apart by blanks. */
  readonly suggested: string
}

/** Reasons, the words to the applicant and to colleagues, and the letter they make. A verdict on a field leaves them as they are. */
const Why = memo(function Why(props: WhyProps) {
  const { appeal, verdict, reasons, note, internal, item, body, act, reasonsPlace, notePlace, leaveReasons } = props
  const { t } = useTranslation(['appeals', 'term'])
  const suggested = REASON_CODES.filter((code) => props.suggested.includes(code))
  return (
    <div className={classes.why}>
      <ReasonPicker
        chosen={reasons}
        suggested={suggested}
        toggle={(code) => act({ do: 'reason', code })}
        takeSuggested={() => act({ do: 'reasons', codes: suggested })}
        leave={leaveReasons}
        place={reasonsPlace}
      />
      <Group gap="sm" align="flex-start" wrap="nowrap">
        <Textarea
          ref={notePlace}
          className={classes.note}
          size="sm"
          rows={2}
          aria-label={t('note.label')}
          placeholder={t('note.placeholder')}
          maxLength={2000}
          value={note}
          onChange={(event) => act({ do: 'note', text: event.currentTarget.value })}
        />
        <Textarea
          className={classes.internal}
          size="sm"
          rows={2}
          aria-label={t('internal.label')}
          placeholder={t('internal.placeholder')}
          maxLength={2000}
          value={internal}
          onChange={(event) => act({ do: 'internal', text: event.currentTarget.value })}
        />
        {verdict === 'refer' && (
          <Select
            size="sm"
            aria-label={t('pass-to.label')}
            placeholder={t('pass-to.label')}
            data={BODIES.map((value) => ({ value, label: t(`term:source.${value}`) }))}
            value={body}
            onChange={(chosen) => act({ do: 'pass-to', body: BODIES.find((b) => b === chosen) ?? null })}
            clearable
            clearButtonProps={{ 'aria-label': t('common:close') }}
          />
        )}
        <LetterPreview appeal={appeal} draft={{ verdict, reasons, note, item, body }} />
      </Group>
    </div>
  )
})
