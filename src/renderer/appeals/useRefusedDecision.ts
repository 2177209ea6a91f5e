import { useReading } from '../app/queries.ts'

/** The command of a decision about this appeal that the registry refused and nobody has dismissed yet; null when there is none. */
export function useRefusedDecision(appeal: string): string | null {
  const outbox = useReading('outbox', {})
  const refused = outbox.data?.findLast(
    ({ kind, subject, state }) => kind === 'decide-appeal' && subject === appeal && state === 'refused',
  )
  return refused?.id ?? null
}
