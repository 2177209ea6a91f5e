import { personOf } from '../../domain/appeal.ts'
import { addDays } from '../../domain/businessDate.ts'
import { guest, resident } from '../people.ts'
import { borderReport } from './caseFacts.ts'
import { POINTS } from './places.ts'
import type { SmallWorld } from './smallWorld.ts'
import { daysBefore } from './storyCase.ts'

/** Crossings of people who file no appeal, so that those who do are not alone in the border's lists. */
export function addTravellers(world: SmallWorld): void {
  const random = world.random.fork('travellers')
  for (let i = 0; i < 160; i++) {
    const person = i % 5 === 0 ? guest(i, random) : resident(random)
    const exit = world.daysAgo(random.between(20, 140))
    const entry = addDays(exit, random.between(2, 14))
    for (const [date, direction] of [
      [exit, 'exit'],
      [entry, 'entry'],
    ] as const)
      world.batch('border', 'border-service', borderReport(daysBefore(world, date))).addCrossing({
        person: personOf(person.applicant.key),
        date,
        direction,
        document: person.passport,
        point: random.pick(POINTS),
      })
  }
}
