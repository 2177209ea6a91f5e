import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { ToSign } from '../../contract/engine/session.ts'
import { notifyProblem } from './notify.tsx'
import { engine, queryClient, reading } from './queries.ts'
import { useOfficer } from './session.ts'

/**
 * What "Next appeal" does for the officer: a reviewer gets the most urgent one nobody holds; an approver comes to what he is to sign next,
 * of whatever kind.
 */
export function useNextAppeal(): { readonly start: () => Promise<void>; readonly busy: boolean } {
  const navigate = useNavigate()
  const officer = useOfficer()
  const [busy, setBusy] = useState(false)
  const goToSign = ({ kind, id, appeal }: ToSign): Promise<void> => {
    if (appeal !== null) return navigate({ to: '/appeals/$id', params: { id: appeal } })
    if (kind === 'batch') return navigate({ to: '/imports', search: { batch: id } })
    if (kind === 'run') return navigate({ to: '/registry', search: { run: id } })
    if (kind === 'clone') return navigate({ to: '/registry', search: { clone: id } })
    return navigate({ to: '/registry', search: { show: 'policy' } })
  }
  const start = async (): Promise<void> => {
    if (busy) return
    setBusy(true)
    try {
      if (officer?.role === 'approver') {
        const [next] = await queryClient.fetchQuery({ ...reading('to-sign', {}), staleTime: 0 })
        await (next ? goToSign(next) : navigate({ to: '/appeals' }))
      } else await navigate({ to: '/appeals/$id', params: { id: await claimNext() } })
    } catch (error) {
      notifyProblem(error)
    } finally {
      setBusy(false)
    }
  }
  return { start, busy }
}

async function claimNext(): Promise<string> {
  const { appeal } = await engine.call('claim-appeal', { id: 'next' })
  return appeal
}

/** Appeals that wait for a second signature, nearest deadline first. */
export const AWAITING_SIGNATURE = {
  state: 'awaiting-signature',
  open: false,
  mine: false,
  due: null,
  after: null,
  limit: 100,
} as const
