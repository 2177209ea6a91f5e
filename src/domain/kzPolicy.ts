import kz1 from '../../resources/policy/kz-1-in-force.json' with { type: 'json' }
import kz2 from '../../resources/policy/kz-2-deadline-moved.json' with { type: 'json' }
import kz3 from '../../resources/policy/kz-3-free-period.json' with { type: 'json' }
import kz4 from '../../resources/policy/kz-4-phased-blocking.json' with { type: 'json' }
import type { Policy } from './policy.ts'
import { policyLine } from './policyLine.ts'

/** The versions of Kazakhstan's policy, the oldest first (resources/policy/README.md): what a new registry starts with. */
export const KZ_POLICIES: readonly Policy[] = (() => {
  const line = policyLine([kz1, kz2, kz3, kz4])
  if (!line.ok) throw new Error(`the policies of the product are refused: ${JSON.stringify(line.problem)}`)
  return line.value
})()
