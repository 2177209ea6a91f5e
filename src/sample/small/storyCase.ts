import type { Claim } from '../../domain/appeal.ts'
import { addDays, daysBetween } from '../../domain/businessDate.ts'
import type { Imei14, IsoDate } from '../../domain/fact.ts'
import { imei15Text } from '../../domain/imei.ts'
import { type Device, MODELS, type Model } from '../devices.ts'
import { guest, type Person, resident } from '../people.ts'
import type { Random } from '../random.ts'
import { MARKETPLACES, POINTS, SHOPS_ABROAD, SHOPS_ONLINE, type Shop } from './places.ts'
import type { PlannedAppeal } from './plan.ts'
import type { SmallWorld } from './smallWorld.ts'

/** One appeal worked out: what is true, what the owner claims. Papers and facts follow from it. */
export interface StoryCase {
  readonly id: string
  readonly planned: PlannedAppeal
  readonly random: Random
  /** The applicant. */
  readonly person: Person
  /** Who crossed the border: the applicant, or the giver of a gift. */
  readonly traveller: Person
  /** Somebody whose name stands where the applicant's should. */
  readonly stranger: Person
  readonly model: Model
  readonly imeis: readonly Imei14[]
  /** Another phone, for papers that show the wrong one. */
  readonly other: Device
  readonly claimedModel: Model
  readonly seenDaysAgo: number
  readonly truth: Dates
  readonly claimed: Dates
  readonly shop: Shop
  readonly point: string
  readonly claim: Claim
}

export interface Dates {
  readonly exit: IsoDate
  readonly purchase: IsoDate
  readonly entry: IsoDate
}

/** What appeals of one applicant or one fixer share. */
export interface Shared {
  readonly person: Person
  readonly receiptNo: string
  readonly trackingNo: string
  readonly purchase: IsoDate
  readonly seller: string
  readonly priceTenge: number
}

/** Days before today on which the device was first seen here. */
function seenDays(planned: PlannedAppeal, random: Random): number {
  if (planned.story === 'clean-black') return random.between(84, 126)
  if (planned.story === 'illegal-import') return random.between(82, 92)
  if (planned.story === 'sibling-overdue') return random.between(36, 44)
  return Math.max(planned.ago, 2) + random.between(8, 10)
}

function truthOf(planned: PlannedAppeal, seen: IsoDate, random: Random): Dates {
  const entry = planned.story === 'seen-before-entry' ? addDays(seen, 5) : addDays(seen, -random.between(0, 2))
  const parcel = planned.route === 'post' || planned.route === 'courier'
  const purchase = addDays(entry, -(parcel ? random.between(6, 10) : random.between(1, 4)))
  const exit = addDays(purchase, -random.between(1, 4))
  return planned.story === 'ordered-before-journey'
    ? { exit, purchase: addDays(exit, -6), entry }
    : { exit, purchase, entry }
}

/** A claim that moves the journey four days towards the past, out of step with the border's records. */
const shifted = (d: Dates): Dates => ({
  exit: addDays(d.exit, -4),
  purchase: addDays(d.purchase, -4),
  entry: addDays(d.entry, -4),
})

const shopOf = (planned: PlannedAppeal, random: Random): Shop => {
  if (planned.route === 'marketplace') return random.pick(MARKETPLACES)
  return random.pick(planned.route === 'post' || planned.route === 'courier' ? SHOPS_ONLINE : SHOPS_ABROAD)
}

/** Works one planned appeal out. `device`: given where the story needs a certain one. */
export function workOut(
  world: SmallWorld,
  planned: PlannedAppeal,
  n: number,
  shared: Shared | null,
  device: { readonly device: Device; readonly seenDaysAgo: number } | null,
): StoryCase {
  const random = world.random.fork(`appeal ${n}`)
  const person = shared?.person ?? (planned.by === 'passport' ? guest(n, random) : resident(random))
  const seenDaysAgo = device?.seenDaysAgo ?? seenDays(planned, random)
  const truth = truthOf(planned, world.daysAgo(seenDaysAgo), random)
  const { model, imeis } =
    device?.device ?? world.shelf.take(random.pick(MODELS.filter((m) => m.sims === 2)), planned.imeis)
  const base = {
    id: `A-${world.daysAgo(planned.ago).slice(0, 4)}-${118_001 + n}`,
    planned,
    random,
    person,
    traveller: planned.route === 'gift' ? resident(random.fork('giver')) : person,
    stranger: resident(random.fork('stranger')),
    model,
    imeis,
    other: world.shelf.take(random.pick(MODELS.filter((m) => m.sims === 2 && m !== model))),
    claimedModel: planned.story === 'wrong-model' ? random.pick(MODELS.filter((m) => m.brand !== model.brand)) : model,
    seenDaysAgo,
    truth,
    claimed: planned.story === 'border-date' ? shifted(truth) : truth,
    shop: shopOf(planned, random),
    point: random.pick(POINTS),
  }
  return { ...base, claim: claimOf(base, shared, world) }
}

type Outline = Omit<StoryCase, 'claim'>

function claimOf(c: Outline, shared: Shared | null, world: SmallWorld): Claim {
  const { random, claimed, planned } = c
  const priceTenge = shared?.priceTenge ?? Math.round((c.claimedModel.priceTenge * random.between(82, 108)) / 1000) * 10
  const bought = {
    purchase: shared?.purchase ?? claimed.purchase,
    priceTenge,
    seller: shared?.seller ?? c.shop.name,
    receiptNo: shared?.receiptNo ?? `${random.pick(['A', 'F', 'K', 'S'])}-${random.digits(7)}`,
  }
  const device = { imeis: c.imeis.map(imei15Text), brand: c.claimedModel.brand, model: c.claimedModel.model }
  const trackingNo = shared?.trackingNo ?? `RS${random.digits(9)}SX`
  const express = world.daysAgo(c.seenDaysAgo + 2)
  switch (planned.route) {
    case 'accompanied':
      return { ...device, ...bought, exit: claimed.exit, entry: claimed.entry, crossingNo: c.traveller.passport }
    case 'post':
      return { ...device, ...bought, trackingNo }
    case 'courier':
      return { ...device, ...bought, trackingNo, declarationNo: expressDeclarationNo(random, express) }
    case 'second-imei':
      return { ...device, note: NOTES['second-imei'] }
    case 'board-replaced':
      return { ...device, note: NOTES['board-replaced'] }
    case 'marketplace':
      return { ...device, ...bought }
    case 'gift':
      return { ...device, exit: claimed.exit, entry: claimed.entry, crossingNo: c.traveller.passport, note: NOTES.gift }
    case 'second-hand':
      return { ...device, ...bought, seller: shared?.seller ?? c.stranger.applicant.name, note: NOTES['second-hand'] }
  }
}

const NOTES = {
  'second-imei': 'Вторая SIM-карта перестала работать, первый IMEI уже подтверждён.',
  'board-replaced': 'После замены платы в сервисном центре изменились коды IMEI.',
  gift: 'Телефонды туысым шетелден сыйға әкелді.',
  'second-hand': 'Телефон куплен с рук, договор приложен.',
} as const

/** Express-cargo declarations of the sample's one post. */
const expressDeclarationNo = (random: Random, date: IsoDate): string =>
  `55302/${date.slice(8, 10)}${date.slice(5, 7)}${date.slice(2, 4)}/${random.digits(7)}`

/** Days before today of a business date. */
export const daysBefore = (world: SmallWorld, date: IsoDate): number => daysBetween(date, world.today)
