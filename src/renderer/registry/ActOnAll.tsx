import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GridFilter } from '../../contract/gridFilter.ts'
import { useMay } from '../app/session.ts'
import { ProposeRun } from './ProposeRun.tsx'

/**
 * What an officer may propose for everything a filter of the grey list lets through. The query is handed on, not its rows: desk and
 * registry find them each for themselves, and the run names the query for good.
 */
export function ActOnAll({ filter, total }: { readonly filter: GridFilter; readonly total: number | null }) {
  const { t } = useTranslation('registry')
  const mayPropose = useMay('blockrun-propose')
  const navigate = useNavigate()
  const [proposing, setProposing] = useState(false)
  if (!mayPropose || filter.list !== 'grey') return null
  return (
    <>
      <Button
        size="xs"
        variant="default"
        disabled={total === 0}
        onClick={() => setProposing(true)}
        data-testid="block-matching"
      >
        {t('run.propose-matching')}
      </Button>
      {proposing && (
        <ProposeRun
          where={{ ...filter, list: 'grey' }}
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
