import type { EventDoc } from '../../contract/registry.ts'
import { opensCase, radioBeyondModel, SUBSCRIBERS_A_DAY } from '../../domain/cloneCase.ts'
import type { Imei14 } from '../../domain/fact.ts'
import type { Policy } from '../../domain/policy.ts'
import { addCase, nextCaseNo, withOpenCase } from '../db/clone/queries.ts'
import { factsOf } from '../db/fact/queries.ts'
import { holdersOf, radiosOfObserved, suspicionsOfObserved } from '../db/sighting/queries.ts'
import type { Tx } from '../db/transaction.ts'
import type { Act } from './act.ts'
import { uuid7 } from './uuid7.ts'

type Grounds = EventDoc<'clone-suspected'>['grounds']

/** Codes that the observations show on several devices, with the grounds of the suspicion. */
async function suspected(tx: Tx, policy: Policy): Promise<Map<Imei14, Grounds>> {
  const found = new Map<Imei14, Grounds>()
  for (const { imei14, day, subscribers, regions } of await suspicionsOfObserved(
    tx,
    policy.clones?.subscribersADay ?? SUBSCRIBERS_A_DAY,
  ))
    found.set(imei14, [
      { kind: 'subscribers', figure: subscribers, day },
      ...(regions > 1 ? [{ kind: 'regions' as const, figure: regions, day }] : []),
    ])
  for (const { imei14, day, rat, model } of await radiosOfObserved(tx))
    if (radioBeyondModel(rat, model))
      found.set(imei14, [...(found.get(imei14) ?? []), { kind: 'radio', figure: 1, day }])
  return found
}

/** Opens a case for every code the observations show on several devices, unless it has one, is black, or is white of before the cut-off. */
export async function suspectClones(act: Act, policy: Policy): Promise<void> {
  const { tx, actor } = act
  const found = await suspected(tx, policy)
  if (found.size === 0) return
  const imeis = [...found.keys()]
  const [open, facts] = [await withOpenCase(tx, imeis), await factsOf(tx, imeis)]
  for (const [imei14, grounds] of found) {
    if (open.has(imei14) || !opensCase(facts.get(imei14) ?? [], policy)) continue
    const no = await nextCaseNo(tx)
    const id = uuid7(actor.now)
    await addCase(tx, { no, id, imei14, by: null, at: actor.now })
    const holders = new Set((await holdersOf(tx, imei14)).map((h) => h.imsi)).size
    act.event('clone-suspected', { case: id, no, imei14, grounds, holders, at: actor.now, by: null, note: '' })
  }
}
