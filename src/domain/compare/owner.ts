import { personOf } from '../appeal.ts'
import type { Compared, Comparing } from './compared.ts'

/**
 * The applicant against whom the records name: the customs declaration of the device, else the border's record of his journeys. A
 * declaration in another name is `unclear` where somebody else may lawfully have imported it, `contradict` on his own courier parcel.
 */
export function compareOwner({ appeal, imeis, journeys }: Comparing): Compared {
  const { applicant, route } = appeal
  const line = { field: 'owner' as const, claim: `${applicant.name}, ${personOf(applicant.key)}` }
  const declaredBy = imeis.find((i) => i.declaredBy !== null)?.declaredBy ?? null
  if (declaredBy !== null && applicant.key.kind === 'iin' && declaredBy === applicant.key.iin)
    return { ...line, fact: declaredBy, result: 'match', rule: 'owner-declared' }
  if (declaredBy !== null)
    return {
      ...line,
      fact: declaredBy,
      result: route === 'courier' ? 'contradict' : 'unclear',
      rule: 'owner-not-declared',
    }
  const journey = journeys[0]
  return journey
    ? { ...line, fact: journey.document, result: 'match', rule: 'owner-crossed' }
    : { ...line, fact: null, result: 'none', rule: 'owner-no-record' }
}
