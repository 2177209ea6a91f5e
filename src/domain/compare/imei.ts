import { CLAIM_FIELDS } from '../appeal.ts'
import type { Compared, Comparing } from './compared.ts'

/**
 * Each claimed IMEI: usable, not listed by a body that alone may unlist it, in no other appeal, of an allocated type. A type that is
 * not in the table is no fake by itself: new ones take weeks to appear (domain), so it is `unclear`.
 */
export function compareImeis(c: Comparing): readonly Compared[] {
  return c.imeis.map((known, i) => {
    const field = CLAIM_FIELDS[i] ?? 'imei1'
    const { list, reason } = known.listing
    const fact = reason === null ? list : `${list}: ${reason}`
    const line = { field, claim: known.imei, fact }
    if (!known.usable) return { ...line, fact: null, result: 'contradict', rule: 'imei-unusable' }
    if (known.owner !== null) return { ...line, result: 'contradict', rule: 'imei-other-body' }
    const other = c.reuse.find((r) => r.what === 'imei' && r.value === known.imei)
    if (other) return { ...line, fact: other.appeal, result: 'unclear', rule: 'imei-in-other-appeal' }
    return known.brand === null
      ? { ...line, result: 'unclear', rule: 'imei-tac-unknown' }
      : { ...line, result: 'match', rule: 'imei-tac-known' }
  })
}
