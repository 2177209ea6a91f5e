import { expect, test } from 'vitest'
import type { AppealStep } from '../../src/domain/appeal.ts'
import { KZ_CALENDAR } from '../../src/domain/calendar.ts'
import { isOddHour, patternsIn, qualitySample, type WorkStep, workOf } from '../../src/domain/supervision.ts'

const at = (time: string) => `2026-11-${time}Z`
const step = (appeal: string, time: string, what: AppealStep, officer: string | null = 'reviewer'): WorkStep => ({
  ...{ appeal, what, officer },
  at: at(time),
})
const of = (steps: readonly WorkStep[], officer = 'reviewer') =>
  workOf(steps, KZ_CALENDAR).find((w) => w.officer === officer)

test('night and days off are told by Kazakhstan’s clock', () => {
  expect(isOddHour(at('23T05:00:00'), KZ_CALENDAR)).toBe(false)
  // 22:00 in Astana
  expect(isOddHour(at('23T17:00:00'), KZ_CALENDAR)).toBe(true)
  expect(isOddHour(at('22T07:00:00'), KZ_CALENDAR)).toBe(true)
})

test('a second signature counts for who proposed, and one sent back too', () => {
  const steps = [
    step('A', '23T05:00:00', 'claimed'),
    step('A', '23T05:08:00', 'proposed'),
    step('A', '23T06:00:00', 'approved', 'approver'),
    step('B', '23T05:00:00', 'claimed'),
    step('B', '23T05:04:00', 'proposed'),
    step('B', '23T06:00:00', 'sent-back', 'approver'),
    step('C', '23T05:00:00', 'claimed'),
    step('C', '23T05:30:00', 'approved'),
  ]
  expect(of(steps)).toMatchObject({ approved: 3, signed: 1, sentBack: 1, minutes: 8, atOddHours: 0 })
  expect(of(steps, 'approver')).toMatchObject({ approved: 0 })
})

test('a refusal that a complaint turned into an approval is reversed, and so is a decision taken back', () => {
  const steps = [
    step('A', '02T05:00:00', 'preliminary'),
    step('A', '09T05:00:00', 'rejected'),
    step('A', '10T05:00:00', 'complained', null),
    step('A', '12T05:00:00', 'approved', 'reviewer2'),
    step('B', '12T05:00:00', 'asked'),
    step('B', '12T06:00:00', 'revoked'),
  ]
  expect(of(steps)).toMatchObject({ refused: 2, asked: 1, reversed: 2 })
  expect(of(steps, 'reviewer2')).toMatchObject({ approved: 1, reversed: 0 })
})

test('what is out of the ordinary is named with how often', () => {
  const approvals = Array.from({ length: 5 }, (_, i) => ({
    ...{ appeal: `A${i}`, officer: i < 3 ? 'reviewer' : 'reviewer2', applicant: `P${i}`, seller: 'Bazaar' },
  }))
  const work = workOf(
    ['a', 'b', 'c'].map((appeal) => step(appeal, '23T18:00:00', 'approved')),
    KZ_CALENDAR,
  )
  expect(patternsIn(work, approvals)).toEqual([
    { pattern: 'one-seller', who: 'Bazaar', with: null, count: 5 },
    { pattern: 'odd-hours', who: 'reviewer', with: null, count: 3 },
    { pattern: 'officer-and-seller', who: 'reviewer', with: 'Bazaar', count: 3 },
  ])
  expect(patternsIn([], approvals.slice(0, 2))).toEqual([])
})

test('the sample for quality is the same whoever draws it', () => {
  const ids = Array.from({ length: 400 }, (_, i) => `A-2026-${i}`)
  const drawn = qualitySample(ids, '2026-11')
  expect(drawn).toEqual(qualitySample(ids, '2026-11'))
  expect(drawn.length).toBeGreaterThan(5)
  expect(drawn.length).toBeLessThanOrEqual(30)
  expect(qualitySample(ids, '2026-10')).not.toEqual(drawn)
})

test('of a few settled appeals at least one is looked at again; of none, none', () => {
  for (let day = 1; day <= 28; day++)
    expect(qualitySample(['A-1', 'A-2', 'A-3'], `2026-11-${day}`).length).toBeGreaterThan(0)
  expect(qualitySample([], '2026-11')).toEqual([])
})
