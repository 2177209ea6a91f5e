import { opensCase, SUBSCRIBERS_A_DAY } from '../../domain/cloneCase.ts'
import type { Policy } from '../../domain/policy.ts'
import { addCase, nextCaseNo, withOpenCase } from '../db/clone/queries.ts'
import { factsOf } from '../db/fact/queries.ts'
import { suspicionsOfObserved } from '../db/sighting/queries.ts'
import type { Act } from './act.ts'
import { uuid7 } from './uuid7.ts'

/** Opens a case for every code the observations show on several devices, unless it has one, is black, or is white of before the cut-off. */
export async function suspectClones(act: Act, policy: Policy): Promise<void> {
  const { tx, actor } = act
  const found = await suspicionsOfObserved(tx, policy.clones?.subscribersADay ?? SUBSCRIBERS_A_DAY)
  if (found.length === 0) return
  const imeis = found.map((s) => s.imei14)
  const [open, facts] = [await withOpenCase(tx, imeis), await factsOf(tx, imeis)]
  for (const { imei14, day, subscribers, regions } of found) {
    if (open.has(imei14) || !opensCase(facts.get(imei14) ?? [], policy)) continue
    const no = await nextCaseNo(tx)
    const id = uuid7(actor.now)
    await addCase(tx, { no, id, imei14, by: null, at: actor.now })
    const grounds = [
      { kind: 'subscribers' as const, figure: subscribers, day },
      ...(regions > 1 ? [{ kind: 'regions' as const, figure: regions, day }] : []),
    ]
    const event = { case: id, no, imei14, grounds, holders: subscribers, at: actor.now, by: null, note: '' }
    act.event('clone-suspected', event)
  }
}
