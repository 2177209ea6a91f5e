import { UnstyledButton } from '@mantine/core'
import { type KeyboardEvent, memo, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppealWhole } from '../../contract/engine/appeal.ts'
import type { ClaimField, FieldVerdict, FieldVerdicts } from '../../domain/appeal.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { KeyCap } from '../ui/KeyCap.tsx'
import { Applicant } from './Applicant.tsx'
import classes from './ClaimPane.module.css'
import { shownValue } from './claimText.ts'
import { intoSight } from './intoSight.ts'
import type { FieldPlace } from './regions.ts'
import type { ReviewAct, ReviewState } from './reviewState.ts'
import { ShownOn } from './ShownOn.tsx'
import { Tick } from './Tick.tsx'

interface Props {
  readonly appeal: AppealWhole
  readonly state: ReviewState
  readonly act: (act: ReviewAct) => void
  readonly mayEdit: boolean
  /** The first officer's verdicts, once they may be seen. */
  readonly first: FieldVerdicts | null
  /** Which papers show the fields, as the machine suggests. */
  readonly places: ReadonlyMap<ClaimField, FieldPlace>
}

const VERDICT_KEYS = [
  ['match', 'Digit1'],
  ['contradict', 'Digit2'],
  ['unclear', 'Digit3'],
] as const satisfies readonly (readonly [FieldVerdict, string])[]

/** What the owner claims, field by field, with the officer's tick at each. */
export function ClaimPane({ appeal, state, act, mayEdit, first, places }: Props) {
  const { t } = useTranslation('appeals')
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    const field = list.current?.querySelector(`[data-field="${state.current}"]`)
    return field ? intoSight(field) : undefined
  }, [state.current])
  return (
    <div className={classes.pane}>
      <Who appeal={appeal} />
      <ul className={classes.fields} ref={list} aria-label={t('pane.claim')}>
        {appeal.comparison.map((compared) => {
          const { field } = compared
          return (
            <ClaimedField
              key={field}
              compared={compared}
              verdict={state.fields[field]}
              current={field === state.current}
              place={places.get(field)}
              first={first ? (first[field] ?? 'none') : null}
              mayEdit={mayEdit}
              act={act}
            />
          )
        })}
      </ul>
      <p className={classes.legend}>{t('mandatory-legend')}</p>
      {appeal.claim.note && <p className={classes.note}>{appeal.claim.note}</p>}
    </div>
  )
}

const Who = memo(Applicant)

interface FieldProps extends Pick<Props, 'act' | 'mayEdit'> {
  readonly compared: AppealWhole['comparison'][number]
  readonly verdict: FieldVerdict | undefined
  readonly current: boolean
  readonly place: FieldPlace | undefined
  /** `none`: the first officer left it unseen; null: his verdicts may not be seen. */
  readonly first: FieldVerdict | 'none' | null
}

/** One field of the claim; drawn again only when something of it changes, so that a key costs two of them and not all. */
const ClaimedField = memo(function ClaimedField(props: FieldProps) {
  const { compared, verdict, current, place, first, mayEdit, act } = props
  const { field, claim, result, mandatory } = compared
  const { t } = useTranslation(['appeals', 'term'])
  const format = useFormat()
  return (
    <li className={classes.field} data-field={field} data-mandatory={mandatory} data-current={current}>
      <UnstyledButton
        className={classes.row}
        aria-current={current}
        onClick={() => act({ do: 'go', to: field })}
        onKeyDown={(event) => stayOnField(event)}
      >
        <Tick result={verdict ?? result} confirmed={verdict !== undefined} />
        <span className={classes.name}>
          {t(`term:field.${field}`)}
          {mandatory && <span className={classes.mandatory}>{t('mandatory-mark')}</span>}
        </span>
        <span className={field.startsWith('imei') ? `${classes.value} tamga-imei` : classes.value}>
          {claim === null ? <span className={classes.absent}>{t('not-claimed')}</span> : shownValue(claim, format)}
          {place && <ShownOn place={place} />}
        </span>
      </UnstyledButton>
      {first && <FirstVerdict verdict={first} own={verdict} />}
      {current && mayEdit && <Verdicts field={field} verdict={verdict} act={act} />}
    </li>
  )
})

/** Enter and Space would only choose the field that is chosen already. */
function stayOnField(event: KeyboardEvent): void {
  if (event.key === 'Enter' && !event.ctrlKey) event.preventDefault()
}

interface VerdictsProps {
  readonly field: ClaimField
  readonly verdict: FieldVerdict | undefined
  readonly act: (act: ReviewAct) => void
}

/** The three verdicts of the field in hand, with their keys. */
function Verdicts({ field, verdict, act }: VerdictsProps) {
  const { t } = useTranslation('appeals')
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw its own frame
    <div className={classes.verdicts} role="group" aria-label={t('verdict-of', { field: t(`term:field.${field}`) })}>
      {VERDICT_KEYS.map(([value, press]) => (
        <UnstyledButton
          key={value}
          className={classes.verdict}
          aria-pressed={verdict === value}
          data-verdict={value}
          onClick={() => act({ do: 'judge', verdict: verdict === value ? null : value })}
        >
          <KeyCap press={press} />
          {t(`tick.${value}`)}
        </UnstyledButton>
      ))}
    </div>
  )
}

interface FirstProps {
  readonly verdict: FieldVerdict | 'none'
  readonly own: FieldVerdict | undefined
}

/** What the first officer said of a field, beside the second one's own verdict. */
function FirstVerdict({ verdict, own }: FirstProps) {
  const { t } = useTranslation('appeals')
  return (
    <span className={classes.first} data-differs={own !== undefined && own !== verdict}>
      {t('first-said', { verdict: t(verdict === 'none' ? 'tick.unseen' : `tick.${verdict}`) })}
    </span>
  )
}
