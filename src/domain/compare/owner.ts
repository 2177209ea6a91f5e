import { personOf } from '../appeal.ts'
import { parseIdentity } from '../identity.ts'
import { compareNames } from '../personName.ts'
import type { Compared, Comparing } from './compared.ts'

/**
 * The applicant against whom the records name: the customs declaration of the device, else the border's record of his journeys. A
 * declaration in another name is `unclear` where somebody else may lawfully have imported it, `contradict` on his own courier parcel.
 * A foreigner has no IIN on a declaration: there his name decides, in whichever letters it is written. An IIN whose check digit is wrong
 * contradicts by itself; one that is no person's is looked at again where nothing else is recorded of him.
 */
export function compareOwner({ appeal, imeis, journeys, nameDistance }: Comparing): Compared {
  const { applicant, route } = appeal
  const line = { field: 'owner' as const, claim: `${applicant.name}, ${personOf(applicant.key)}` }
  const person = applicant.key.kind === 'iin' ? parseIdentity({ kind: 'text', text: applicant.key.iin }) : null
  if (person && !person.ok) return { ...line, fact: null, result: 'contradict', rule: 'owner-iin-impossible' }
  const declared = imeis.find((i) => i.declaredBy !== null || i.declaredName !== null)
  if (declared) {
    const fact = [declared.declaredName, declared.declaredBy].filter(Boolean).join(', ')
    const likeness = declared.declaredName ? compareNames(applicant.name, declared.declaredName, nameDistance) : null
    if (applicant.key.kind === 'iin' && declared.declaredBy === applicant.key.iin)
      return likeness === 'different'
        ? { ...line, fact, result: 'unclear', rule: 'owner-name-differs' }
        : { ...line, fact, result: 'match', rule: 'owner-declared' }
    if (applicant.key.kind === 'passport' && likeness === 'same')
      return { ...line, fact, result: 'match', rule: 'owner-name-agrees' }
    return { ...line, fact, result: route === 'courier' ? 'contradict' : 'unclear', rule: 'owner-not-declared' }
  }
  const own = journeys.find((j) => j.by === 'applicant')
  if (own) return { ...line, fact: own.document, result: 'match', rule: 'owner-crossed' }
  const other = journeys[0]
  if (!other)
    return person && person.identity.born === null
      ? { ...line, fact: null, result: 'unclear', rule: 'owner-iin-odd' }
      : { ...line, fact: null, result: 'none', rule: 'owner-no-record' }
  return route === 'gift'
    ? { ...line, fact: other.document, result: 'unclear', rule: 'owner-giver-crossed' }
    : { ...line, fact: other.document, result: 'contradict', rule: 'owner-other-crossed' }
}
