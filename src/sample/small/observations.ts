import { addDays } from '../../domain/businessDate.ts'
import type { Imei14, IsoDate, Operator } from '../../domain/fact.ts'
import type { SampleBatch, SampleObservation } from '../shape.ts'
import type { SmallWorld } from './smallWorld.ts'

/** First digits of the subscribers' IMSIs, and how the numbers of made-up subscribers begin. */
const NETWORK_CODE: Readonly<Record<Operator, string>> = { kcell: '40102', beeline: '40101', tele2: '40177' }
const MADE_UP_NUMBER = '7700'
const FOREIGN_CODE = '25001'

/** How far back observations are kept in the sample; what was seen longer ago has no subscriber any more. */
const KEPT_DAYS = 60
/** Codes used by several devices at once: the subscribers of each and the regions they were seen in. */
const RIVALS = [
  ['Алматы', 'Атырау', 'Шымкент', 'Астана', 'Қарағанды'],
  ['Астана', 'Астана', 'Қарағанды', 'Алматы'],
  ['Шымкент', 'Алматы'],
  ['Атырау', 'Астана', 'Астана', 'Шымкент'],
  ['Қарағанды', 'Алматы', 'Атырау'],
  ['Алматы', 'Шымкент', 'Шымкент', 'Алматы', 'Астана', 'Атырау'],
] as const
/** Blocked codes that a network still lets in: which of a list of stolen ones. */
const STILL_SEEN: readonly (readonly [Operator, from: number, to: number])[] = [
  ['kcell', 0, 9],
  ['beeline', 9, 13],
]

/** What operators observed, subscriber by subscriber: the first days of grey devices, rivals for one code, blocked codes still in use. */
export function observationsOf(world: SmallWorld, batches: readonly SampleBatch[]): readonly SampleObservation[] {
  const seen = firstDays(world, batches)
  return [...seen, ...rivals(world, seen), ...stillSeen(world, batches)]
}

const numberOf = (imei14: Imei14, rival = 0): string =>
  String((imei14 * 7919 + rival * 104_729) % 10_000_000).padStart(7, '0')

function observed(operator: Operator, imei14: Imei14, day: IsoDate, region: string, rival = 0): SampleObservation {
  const number = numberOf(imei14, rival)
  const imsi = `${NETWORK_CODE[operator]}${number.padStart(10, '3')}`
  return { operator, imei14, day, imsi, msisdn: `${MADE_UP_NUMBER}${number}`, rat: 'LTE', network: 'home', region }
}

function firstDays(world: SmallWorld, batches: readonly SampleBatch[]): SampleObservation[] {
  const from = world.daysAgo(KEPT_DAYS)
  const found: SampleObservation[] = []
  for (const { kind, source, docs, facts } of batches) {
    if (kind !== 'operator') continue
    const operator = source as Operator
    for (const { imei14, doc: no } of facts) {
      const doc = docs[no]
      if (!doc || doc.date < from) continue
      const network = doc.network ?? 'home'
      const at = observed(operator, imei14, doc.date, String(doc.data.region ?? ''))
      const isHome = network === 'home'
      found.push({
        ...at,
        network,
        rat: String(doc.data.rat ?? 'LTE'),
        ...(isHome ? {} : { imsi: `${FOREIGN_CODE}${at.imsi.slice(5)}`, msisdn: '' }),
      })
    }
  }
  return found
}

/** Days on which several subscribers used one code, the later ones each for a few days. */
function rivals(world: SmallWorld, seen: readonly SampleObservation[]): SampleObservation[] {
  const from = world.daysAgo(26)
  const to = world.daysAgo(8)
  const young = seen.filter((s) => s.network === 'home' && s.day >= from && s.day <= to)
  const stride = Math.floor(young.length / RIVALS.length)
  return RIVALS.flatMap((regions, n) => {
    const first = young[n * stride]
    if (!first) throw new Error('the sample has too few young grey devices')
    return regions.flatMap((region, i) => {
      const operator = (['kcell', 'beeline', 'tele2'] as const)[(n + i) % 3] ?? 'kcell'
      return [2, 3, 3 + i].map((days) => observed(operator, first.imei14, addDays(first.day, days), region, i + 1))
    })
  }).filter(onceADay())
}

function stillSeen(world: SmallWorld, batches: readonly SampleBatch[]): SampleObservation[] {
  const stolen = batches.filter(({ kind, docs }) => kind === 'stolen' && docs.every(({ op }) => op === 'add'))
  const codes = stolen.at(1)?.facts.map(({ imei14 }) => imei14) ?? []
  return STILL_SEEN.flatMap(([operator, from, to]) =>
    codes
      .slice(from, to)
      .flatMap((imei14, i) =>
        Array.from({ length: 1 + (i % 4) }, (_, d) => observed(operator, imei14, world.daysAgo(9 - d), 'Алматы', 9)),
      ),
  )
}

/** Lets a subscriber through once for each code and day. */
function onceADay(): (o: SampleObservation) => boolean {
  const known = new Set<string>()
  return ({ imei14, day, imsi }) => {
    const key = `${imei14} ${day} ${imsi}`
    if (known.has(key)) return false
    known.add(key)
    return true
  }
}
