import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { notifyProblem } from './notify.tsx'
import { engine, queryClient, reading } from './queries.ts'
import { useOfficer } from './session.ts'

/** What "Next appeal" does for the officer: a reviewer gets the most urgent one nobody holds, an approver the next to sign. */
export function useNextAppeal(): { readonly start: () => Promise<void>; readonly busy: boolean } {
  const navigate = useNavigate()
  const officer = useOfficer()
  const [busy, setBusy] = useState(false)
  const start = async (): Promise<void> => {
    if (busy) return
    setBusy(true)
    try {
      const id = officer?.role === 'approver' ? await nextToSign(officer.id) : await claimNext()
      await (id === null ? navigate({ to: '/appeals' }) : navigate({ to: '/appeals/$id', params: { id } }))
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

/** Appeals that wait for a second signature, nearest deadline first. */
export const AWAITING_SIGNATURE = {
  state: 'awaiting-signature',
  open: false,
  mine: false,
  due: null,
  after: null,
  limit: 100,
} as const
