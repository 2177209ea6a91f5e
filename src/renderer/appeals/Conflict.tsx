import { Button, Group } from '@mantine/core'
import { IconArrowsSplit2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { AppealWhole, Draft } from '../../contract/engine/appeal.ts'
import { useOfficerName } from '../app/officerNames.ts'
import { useFormat } from '../i18n/useFormat.ts'
import classes from './Conflict.module.css'

interface Props {
  readonly appeal: AppealWhole
  readonly mine: Draft
  /** Drops the own draft and accepts the other's record. */
  readonly accept: () => void
}

/** Another officer was first: his record beside the own draft. Nothing is overwritten. */
export function Conflict({ appeal, mine, accept }: Props) {
  const { t } = useTranslation(['appeals', 'term', 'reason'])
  const { instant } = useFormat()
  const nameOf = useOfficerName()
  const theirs = appeal.timeline.findLast(({ what }) => what !== 'received' && what !== 'claimed')
  // a version is a step: what stood when the officer began, and what came since
  const base = appeal.draftOn === null ? undefined : appeal.timeline[appeal.draftOn - 1]
  const since = appeal.draftOn === null ? [] : appeal.timeline.slice(appeal.draftOn)
  const verdicts = Object.entries(mine.fields).map(
    ([field, verdict]) => `${t(`term:field.${field}`)}: ${t(`tick.${verdict}`)}`,
  )
  return (
    <section className={classes.conflict} role="alert" data-testid="conflict">
      <Group gap="sm" className={classes.head}>
        <IconArrowsSplit2 size={20} aria-hidden />
        <strong>{t('conflict.title')}</strong>
        <Button size="compact-sm" variant="default" ml="auto" onClick={accept}>
          {t('conflict.accept')}
        </Button>
      </Group>
      <div className={classes.sides}>
        <div>
          <h3>{t('conflict.theirs')}</h3>
          <p>{t(`term:appealState.${appeal.state}`)}</p>
          {theirs && (
            <p>
              {[t(`term:step.${theirs.what}`), theirs.officer && nameOf(theirs.officer), instant(theirs.at)]
                .filter(Boolean)
                .join(' · ')}
            </p>
          )}
          {theirs?.reasons?.map((code) => (
            <p key={code}>{`${code} ${t(`reason:${code}.short`)}`}</p>
          ))}
          {theirs?.note && <p>{theirs.note}</p>}
        </div>
        {base && (
          <div>
            <h3>{t('conflict.base')}</h3>
            <p>
              {[t(`term:step.${base.what}`), base.officer && nameOf(base.officer), instant(base.at)]
                .filter(Boolean)
                .join(' · ')}
            </p>
            {since.length > 0 && <p>{t('conflict.since', { count: since.length })}</p>}
            {since.map((e) => (
              <p key={`${e.at} ${e.what}`}>{[t(`term:step.${e.what}`), instant(e.at)].join(' · ')}</p>
            ))}
          </div>
        )}
        <div>
          <h3>{t('conflict.mine')}</h3>
          <p>{mine.verdict ? t(`term:verdict.${mine.verdict}`) : t('conflict.no-verdict')}</p>
          {verdicts.length > 0 && <p>{verdicts.join('; ')}</p>}
          {mine.reasons.map((code) => (
            <p key={code}>{`${code} ${t(`reason:${code}.short`)}`}</p>
          ))}
          {mine.note && <p>{mine.note}</p>}
          {mine.internal && <p>{t('internal.shown', { note: mine.internal })}</p>}
        </div>
      </div>
    </section>
  )
}
