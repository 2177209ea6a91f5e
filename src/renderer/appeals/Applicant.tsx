import { useTranslation } from 'react-i18next'
import type { AppealWhole } from '../../contract/engine/appeal.ts'
import { useFormat } from '../i18n/useFormat.ts'
import classes from './Applicant.module.css'

/** Who appeals, by which route, for which device. */
export function Applicant({ appeal }: { readonly appeal: AppealWhole }) {
  const { t } = useTranslation(['appeals', 'term'])
  const { number } = useFormat()
  const { applicant, claim, route } = appeal
  const key =
    applicant.key.kind === 'iin'
      ? t('applicant.iin', { iin: applicant.key.iin })
      : t('applicant.passport', { number: applicant.key.number, country: applicant.key.country })
  const bought = [
    claim.seller,
    claim.priceTenge !== undefined && t('applicant.price', { price: number(claim.priceTenge) }),
  ]
    .filter(Boolean)
    .join(' · ')
  return (
    <div className={classes.applicant}>
      <div className={classes.name}>{applicant.name}</div>
      <div className={classes.key}>{`${key} · ${t(`applicant.writes.${applicant.language}`)}`}</div>
      <div className={classes.route}>{t(`term:route.${route}`)}</div>
      {bought !== '' && <div className={classes.key}>{bought}</div>}
    </div>
  )
}
