import { personOf } from '../../domain/appeal.ts'
import { addDays } from '../../domain/businessDate.ts'
import type { IsoDate } from '../../domain/fact.ts'
import { OPERATORS } from '../../domain/fact.ts'
import { addLapsed, addSighting } from './listings.ts'
import { DAYS_AGO, type SmallWorld } from './smallWorld.ts'
import { daysBefore, type StoryCase } from './storyCase.ts'

/** Writes what the registry knows about the devices and journeys of an appeal. */
export function addCaseFacts(world: SmallWorld, c: StoryCase): void {
  addListing(world, c)
  if (c.planned.route === 'accompanied' || c.planned.route === 'gift') addJourneys(world, c)
}

function addListing(world: SmallWorld, c: StoryCase): void {
  const { imeis, planned } = c
  const operator = c.random.fork('operator').pick(OPERATORS)
  switch (planned.story) {
    case 'clean-black':
      addLapsed(world, imeis, c.seenDaysAgo, operator)
      return
    case 'sibling-pending':
    case 'sibling-overdue':
      return
    case 'illegal-import':
      world
        .batch('illegal-import', 'customs', DAYS_AGO.illegalImport)
        .add(imeis, report(world.daysAgo(DAYS_AGO.illegalImport + 2), 'ACT-17-SAMPLE'))
      break
    case 'stolen':
      world
        .batch('stolen', 'police', DAYS_AGO.stolen[2])
        .add(imeis.slice(0, 1), report(world.daysAgo(DAYS_AGO.stolen[2] + 2), 'ЕРДР-77-SAMPLE'))
      break
    case 'gsma-listed':
      world.batch('gsma', 'gsma', DAYS_AGO.gsma).add(imeis, report(world.daysAgo(DAYS_AGO.gsma + 9), 'SG18-A-SAMPLE'))
      break
    case 'counterfeit':
      world
        .batch('counterfeit', 'srfs', DAYS_AGO.counterfeit)
        .add(imeis, report(world.daysAgo(DAYS_AGO.counterfeit + 3), 'LAB-A-SAMPLE'))
      break
    default:
      break
  }
  if (planned.route === 'courier' && planned.story === 'clean-grey') declareExpress(world, c)
  addSighting(world, imeis, c.seenDaysAgo, operator)
}

const report = (date: IsoDate, text: string) => ({ op: 'add', date, network: null, data: { report: text } }) as const

/** An express declaration names one IMEI of a device: the other stays grey, and that is what the appeal is about. */
function declareExpress(world: SmallWorld, c: StoryCase): void {
  const declared = world.daysAgo(c.seenDaysAgo + 2)
  const days = DAYS_AGO.customs.find((d) => d < c.seenDaysAgo) ?? DAYS_AGO.customs[DAYS_AGO.customs.length - 1] ?? 0
  world.batch('customs', 'customs', days).add(c.imeis.slice(0, 1), {
    op: 'add',
    date: declared,
    network: null,
    data: {
      declaration: c.claim.declarationNo ?? '',
      line: '1',
      bin: personOf(c.person.applicant.key),
      importer: c.person.applicant.name,
      brand: c.model.brand,
      model: c.model.model,
      hs: c.model.hs,
      country: 'CN',
      quantity: 1,
    },
  })
}

/** The journey the appeal rests on, and earlier ones of the same traveller. */
function addJourneys(world: SmallWorld, c: StoryCase): void {
  if (c.planned.story === 'no-crossing') return
  const person = personOf(c.traveller.applicant.key)
  const cross = (date: IsoDate, direction: 'entry' | 'exit'): void => {
    const batch = world.batch('border', 'border-service', borderReport(daysBefore(world, date)))
    batch.addCrossing({ person, date, direction, document: c.traveller.passport, point: c.point })
  }
  const random = c.random.fork('journeys')
  if (random.chance(0.5)) {
    const earlier = addDays(c.truth.exit, -random.between(60, 200))
    cross(earlier, 'exit')
    cross(addDays(earlier, random.between(4, 15)), 'entry')
  }
  cross(c.truth.exit, 'exit')
  cross(c.truth.entry, 'entry')
}

/** The border's first report after that many days ago. */
export function borderReport(crossedDaysAgo: number): number {
  const days = DAYS_AGO.border.find((d) => d < crossedDaysAgo)
  if (days === undefined) throw new Error(`no report after a crossing ${crossedDaysAgo} days ago`)
  return days
}
