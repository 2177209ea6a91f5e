import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useReading } from '../app/queries.ts'
import { useFormat } from '../i18n/useFormat.ts'
import type { ActToSign } from './ActsToSign.tsx'

/** Acts on the lists that wait for a signature: block runs, verdicts of clone cases, versions of the policy. */
export function useRegistryActs(): Readonly<Record<'runs' | 'clones' | 'policies', readonly ActToSign[]>> {
  const { t } = useTranslation('work')
  const { number, shortDate } = useFormat()
  const runs = useReading('blockruns', {}).data ?? []
  const clones = useReading('clone-cases', { state: 'awaiting-signature', before: null, limit: 100 }).data ?? []
  const policies = useReading('policy-proposals', {}).data ?? []
  return {
    runs: runs
      .filter(({ state }) => state === 'awaiting-signature')
      .map(({ run, no, toBlack, by, signatures }) => ({
        key: run,
        link: (
          <Link to="/registry" search={{ run }}>
            {t('sign.run', { no: number(no) })}
          </Link>
        ),
        what: null,
        size: t('sign.imeis', { count: toBlack, imeis: number(toBlack) }),
        by,
        signatures,
      })),
    clones: clones.map(({ case: id, no, imei14, verdict, by, signatures }) => ({
      key: id,
      link: (
        <Link to="/registry" search={{ clone: id }}>
          {t('sign.clone', { no: number(no) })}
        </Link>
      ),
      what: verdict && t(`sign.verdict.${verdict}`),
      size: <span className="tamga-imei">{imei14}</span>,
      by,
      signatures,
    })),
    policies: policies
      .filter(({ state }) => state === 'awaiting-signature')
      .map(({ proposal, version, validFrom, by, signatures }) => ({
        key: proposal,
        link: (
          <Link to="/registry" search={{ show: 'policy' }}>
            {t('sign.policy', { version: number(version) })}
          </Link>
        ),
        what: null,
        size: t('sign.from', { date: shortDate(validFrom) }),
        by,
        signatures,
      })),
  }
}
