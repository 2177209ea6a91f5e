import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { signRun } from '../../domain/blockRun.ts'
import type { Officer } from '../../domain/officer.ts'
import { notifyProblem } from './notify.tsx'
import { engine, queryClient, reading } from './queries.ts'
import { useOfficer } from './session.ts'

/** What "Next appeal" does for the officer: a reviewer gets the most urgent one nobody holds, an approver the next appeal or block run to sign. */
export function useNextAppeal(): { readonly start: () => Promise<void>; readonly busy: boolean } {
  const navigate = useNavigate()
  const officer = useOfficer()
  const [busy, setBusy] = useState(false)
  const start = async (): Promise<void> => {
    if (busy) return
    setBusy(true)
    try {
      const signs = officer?.role === 'approver'
      const id = signs ? await nextToSign(officer.id) : await claimNext()
      const run = signs && id === null ? await nextRunToSign(officer) : null
      if (id !== null) await navigate({ to: '/appeals/$id', params: { id } })
      else await (run === null ? navigate({ to: '/appeals' }) : navigate({ to: '/registry', search: { run } }))
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

async function nextToSign(officer: string): Promise<string | null> {
  const { rows } = await queryClient.fetchQuery({ ...reading('appeals', AWAITING_SIGNATURE), staleTime: 0 })
  return rows.find((row) => !row.pending && row.claimedBy !== officer)?.id ?? null
}

async function nextRunToSign(officer: Officer): Promise<string | null> {
  const runs = await queryClient.fetchQuery({ ...reading('blockruns', {}), staleTime: 0 })
  const waiting = runs.filter((run) => run.state === 'awaiting-signature')
  return (
    waiting.find(
      ({ run, by, signatures }) => signRun({ id: run, state: 'awaiting-signature', by, signatures }, officer).ok,
    )?.run ?? null
  )
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
