import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppealWhole } from '../../contract/engine/appeal.ts'
import type { ClaimField } from '../../domain/appeal.ts'
import { useReading } from '../app/queries.ts'
import { useStatus } from '../app/session.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { useNow } from '../i18n/useNow.ts'
import { ListBadge } from '../ui/ListBadge.tsx'
import { shownFact } from './claimText.ts'
import classes from './FactsPane.module.css'
import { LookAlikes } from './LookAlikes.tsx'
import type { ReviewAct } from './reviewState.ts'
import { Tick } from './Tick.tsx'

interface Props {
  readonly appeal: AppealWhole
  readonly current: ClaimField | null
  readonly act: (act: ReviewAct) => void
}

const Alike = memo(LookAlikes)

/** What the registry knows: the listing of each IMEI, the comparison with the claim, journeys, papers used before. */
export function FactsPane({ appeal, current, act }: Props) {
  const { t } = useTranslation('appeals')
  const { age } = useFormat()
  const now = useNow(30)
  // as old as the last word with the registry, like the figure above; its last event may be older, and says nothing of that
  const lastSync = useStatus()?.lastSync
  return (
    <div className={classes.pane}>
      <p className={classes.asOf} data-as-of>
        {lastSync ? t('as-of', { age: age(lastSync, now), seq: appeal.asOf.seq }) : t('as-of-never')}
      </p>
      <Imeis imeis={appeal.facts.imeis} />
      <h3 className={classes.title}>{t('facts.comparison')}</h3>
      <Comparison appeal={appeal} current={current} act={act} />
      <Journeys journeys={appeal.facts.journeys} />
      <Reuse appeal={appeal.id} reuse={appeal.facts.reuse} />
      <Alike appeal={appeal.id} files={appeal.evidence} />
    </div>
  )
}

const Imeis = memo(function Imeis({ imeis }: Pick<AppealWhole['facts'], 'imeis'>) {
  const { t } = useTranslation(['appeals', 'term'])
  const { shortDate } = useFormat()
  return (
    <ul className={classes.imeis} aria-label={t('facts.imeis')}>
      {imeis.map(({ imei, listing, device, firstSeen, owner }) => (
        <li key={imei} className={classes.imei}>
          <div className={classes.head}>
            <Link to="/lookup" search={{ imei }} className="tamga-imei">
              {imei}
            </Link>
            <ListBadge list={listing.list} />
          </div>
          <div>
            {listing.reason && t(`term:reason.${listing.reason}`)}
            {listing.since && ` · ${t('facts.since', { date: shortDate(listing.since) })}`}
            {listing.deadline && ` · ${t('facts.until', { date: shortDate(listing.deadline) })}`}
          </div>
          <div className={classes.quiet}>
            {[device.brand, device.model].filter(Boolean).join(' ') || t('facts.unknown-tac', { tac: device.tac })}
            {` · ${firstSeen ? t('facts.first-seen', { date: shortDate(firstSeen) }) : t('facts.never-seen')}`}
          </div>
          {owner && <div className={classes.alarm}>{t('facts.other-body', { owner: t(`term:source.${owner}`) })}</div>}
        </li>
      ))}
    </ul>
  )
})

function Comparison({ appeal, current, act }: Props) {
  const { t } = useTranslation('appeals')
  return (
    <ul className={classes.comparison} aria-label={t('facts.comparison')}>
      {appeal.comparison.map((compared) => (
        <Compared key={compared.field} compared={compared} current={compared.field === current} act={act} />
      ))}
    </ul>
  )
}

interface ComparedProps extends Pick<Props, 'act'> {
  readonly compared: AppealWhole['comparison'][number]
  readonly current: boolean
}

/** One field beside the registry's fact. */
const Compared = memo(function Compared({ compared: { field, fact, result, rule }, current, act }: ComparedProps) {
  const { t } = useTranslation(['appeals', 'term'])
  const { t: tTerm } = useTranslation(['term'] as const)
  const format = useFormat()
  return (
    <li>
      <button
        type="button"
        tabIndex={-1}
        className={classes.compared}
        data-current={current}
        onClick={() => act({ do: 'go', to: field })}
      >
        <Tick result={result} confirmed={false} />
        <span className={classes.field}>{t(`term:field.${field}`)}</span>
        <span className={classes.fact}>{fact === null ? t('facts.nothing') : shownFact(fact, format, tTerm)}</span>
        <span className={classes.rule}>{t(`rule.${rule}`)}</span>
      </button>
    </li>
  )
})

const Journeys = memo(function Journeys({ journeys }: Pick<AppealWhole['facts'], 'journeys'>) {
  const { t } = useTranslation('appeals')
  const { shortDate } = useFormat()
  const day = (date: string | null): string => (date === null ? t('facts.not-recorded') : shortDate(date))
  return (
    <>
      <h3 className={classes.title}>{t('facts.journeys')}</h3>
      {journeys.length === 0 ? (
        <p className={classes.none}>{t('facts.no-journeys')}</p>
      ) : (
        <ul className={classes.list}>
          {journeys.map(({ exit, entry, document }) => (
            <li key={`${exit} ${entry} ${document}`}>
              {t('facts.journey', { exit: day(exit), entry: day(entry) })}{' '}
              <span className={classes.quiet}>{document}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
})

interface ReuseProps extends Pick<AppealWhole['facts'], 'reuse'> {
  readonly appeal: string
}

const Reuse = memo(function Reuse({ appeal, reuse }: ReuseProps) {
  const { t } = useTranslation('appeals')
  const alike = useReading('evidence-lookalikes', { id: appeal }).data ?? []
  return (
    <>
      <h3 className={classes.title}>{t('facts.reuse')}</h3>
      {reuse.length === 0 ? (
        alike.length === 0 && <p className={classes.none}>{t('facts.no-reuse')}</p>
      ) : (
        <ul className={classes.list}>
          {reuse.map(({ what, value, appeal }) => (
            <li key={`${what} ${value} ${appeal}`} className={classes.reused}>
              <span className={what === 'person' ? classes.quiet : classes.alarm}>{t(`reused.${what}`)}</span>{' '}
              <span className={classes.quiet}>{what === 'evidence' ? value.slice(0, 8) : value}</span>{' '}
              <Link to="/appeals/$id" params={{ id: appeal }}>
                {appeal}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </>
  )
})
