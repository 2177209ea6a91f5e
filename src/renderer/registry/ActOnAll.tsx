import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GridFilter } from '../../contract/gridFilter.ts'
import { useMay } from '../app/session.ts'
import { ProposeRun } from './ProposeRun.tsx'
import { WarnMatching } from './WarnMatching.tsx'

/**
 * What an officer may do about everything a filter of the grey list lets through. The query is handed on, not its rows: desk and
 * registry find them each for themselves, and a run or a list of warnings names the query for good.
 */
export function ActOnAll({ filter, total }: { readonly filter: GridFilter; readonly total: number | null }) {
  const { t } = useTranslation('registry')
  const mayPropose = useMay('blockrun-propose')
  const mayWarn = useMay('operator-file')
  const navigate = useNavigate()
  const [proposing, setProposing] = useState(false)
  const [warning, setWarning] = useState(false)
  if (filter.list !== 'grey') return null
  const where = { ...filter, list: 'grey' as const }
  return (
    <>
      {mayWarn && (
        <Button
          size="xs"
          variant="default"
          disabled={total === 0}
          onClick={() => setWarning(true)}
          data-testid="warn-matching"
        >
          {t('notice.matching')}
        </Button>
      )}
      {mayPropose && (
        <Button
          size="xs"
          variant="default"
          disabled={total === 0}
          onClick={() => setProposing(true)}
          data-testid="block-matching"
        >
          {t('run.propose-matching')}
        </Button>
      )}
      {warning && <WarnMatching where={where} close={() => setWarning(false)} />}
      {proposing && (
        <ProposeRun
          where={where}
          close={() => setProposing(false)}
          proposed={(run) => {
            setProposing(false)
            void navigate({ to: '/registry', search: run === null ? { show: 'runs' } : { run } })
          }}
        />
      )}
    </>
  )
}
