import type { EventDoc } from '../../contract/registry.ts'
import {
  DISTANT_KM,
  distantRegions,
  opensCase,
  radioBeyondModel,
  SUBSCRIBERS_A_DAY,
  type Use,
} from '../../domain/cloneCase.ts'
import type { Imei14 } from '../../domain/fact.ts'
import type { Policy } from '../../domain/policy.ts'
import { addCase, nextCaseNo, withOpenCase } from '../db/clone/queries.ts'
import { factsOf } from '../db/fact/queries.ts'
import { holdersOf, radiosOfObserved, type Suspicion, suspicionsOfObserved, usesOn } from '../db/sighting/queries.ts'
import type { Tx } from '../db/transaction.ts'
import type { Act } from './act.ts'
import { uuid7 } from './uuid7.ts'

type Grounds = EventDoc<'clone-suspected'>['grounds']

/** Codes that the observations show on several devices, with the grounds of the suspicion. */
async function suspected(tx: Tx, policy: Policy): Promise<Map<Imei14, Grounds>> {
  const found = new Map<Imei14, Grounds>()
  const add = (imei14: Imei14, ground: Grounds[number]): void => {
    const known = found.get(imei14) ?? []
    // the first one of a kind says most
    if (!known.some(({ kind }) => kind === ground.kind)) found.set(imei14, [...known, ground])
  }
  const most = policy.clones?.subscribersADay ?? SUBSCRIBERS_A_DAY
  const days = await suspicionsOfObserved(tx, most)
  for (const { imei14, day, subscribers } of days)
    if (subscribers >= most) add(imei14, { kind: 'subscribers', figure: subscribers, day })
  const apart = await distantOf(tx, days, policy.clones?.distantKm ?? DISTANT_KM)
  for (const { imei14, day, subscribers } of days) {
    const regions = apart.get(`${imei14} ${day}`) ?? 0
    if (regions === 0) continue
    add(imei14, { kind: 'subscribers', figure: subscribers, day })
    add(imei14, { kind: 'regions', figure: regions, day })
  }
  for (const { imei14, day, rat, model } of await radiosOfObserved(tx))
    if (radioBeyondModel(rat, model)) add(imei14, { kind: 'radio', figure: 1, day })
  return found
}

/** How many regions `distantKm` or more from each other a code was used in, by code and day. */
async function distantOf(tx: Tx, days: readonly Suspicion[], distantKm: number): Promise<Map<string, number>> {
  const uses = new Map<string, Use[]>()
  for (const { imei14, day, imsi, region } of await usesOn(
    tx,
    days.filter(({ regions }) => regions > 1),
  )) {
    const key = `${imei14} ${day}`
    uses.set(key, [...(uses.get(key) ?? []), { imsi, region }])
  }
  return new Map([...uses].map(([key, of]) => [key, distantRegions(of, distantKm)]))
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
