import { useReading } from '../app/queries.ts'

interface RefusedDecision {
  /** The command that carried it. */
  readonly id: string
  /** Nobody was first: the officer's time for the appeal was over when the decision arrived. */
  readonly tooLate: boolean
}

/** A decision about this appeal that the registry refused and nobody has dismissed yet; null when there is none. */
export function useRefusedDecision(appeal: string): RefusedDecision | null {
  const outbox = useReading('outbox', {})
  const refused = outbox.data?.findLast(
    ({ kind, subject, state }) => kind === 'decide-appeal' && subject === appeal && state === 'refused',
  )
  return refused ? { id: refused.id, tooLate: refused.problem?.code === 'appeal-not-claimed' } : null
}
