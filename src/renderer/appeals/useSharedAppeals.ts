import { useNavigate } from '@tanstack/react-router'
import type { AppealWhole } from '../../contract/engine/appeal.ts'
import { useReading } from '../app/queries.ts'
import { NO_RING, type Ring, stepOn } from './sharedRing.ts'

let ring: Ring = NO_RING

/** Opens the next appeal with which this one shares a paper, a number, an IMEI or a picture; after the last the first again. */
export function useSharedAppeals(appeal: AppealWhole): () => void {
  const navigate = useNavigate()
  const alike = useReading('evidence-lookalikes', { id: appeal.id }).data ?? []
  const shared = appeal.facts.reuse.filter(({ what }) => what !== 'person').map((r) => r.appeal)
  const others = [...new Set([...shared, ...alike.map((a) => a.appeal)])]
  return () => {
    const next = stepOn(ring, appeal.id, others)
    if (!next?.at) return
    ring = next
    void navigate({ to: '/appeals/$id', params: { id: next.at } })
  }
}
