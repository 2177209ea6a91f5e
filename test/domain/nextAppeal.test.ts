import { expect, test } from 'vitest'
import type { Appeal } from '../../src/domain/appeal.ts'
import { inTurn } from '../../src/domain/nextAppeal.ts'

const ASKED = { officer: 'reviewer', now: '2025-11-20T06:00:00.000Z', today: '2025-11-20' }

function waiting(id: string, over: Partial<Appeal> = {}, turn = 0) {
  const appeal = {
    ...{ id, state: 'received', dueAt: '2025-12-01', receivedAt: `2025-11-10T05:00:0${id}Z`, lease: null },
    ...{ hearingAt: null, timeline: [] },
    ...over,
  } as unknown as Appeal
  return { appeal, turn }
}
const given = (...all: ReturnType<typeof waiting>[]) => inTurn(all, ASKED).map(({ id }) => id)

test('the nearest deadline comes first, on one day the first appeal of every applicant before a second one', () => {
  expect(given(waiting('1', { dueAt: '2025-12-02' }), waiting('2', {}, 1), waiting('3'), waiting('4'))).toEqual([
    ...['3', '4', '2', '1'],
  ])
})

test('what was handed to the officer comes before all, what he returned himself after all', () => {
  const returned = waiting('1', { timeline: [{ at: ASKED.now, what: 'returned', officer: 'reviewer' }] })
  const byAnother = waiting('2', { timeline: [{ at: ASKED.now, what: 'returned', officer: 'reviewer2' }] })
  expect(given(returned, byAnother, waiting('3', { assignedTo: 'reviewer', dueAt: '2025-12-09' }))).toEqual([
    ...['3', '2', '1'],
  ])
})

test('nobody is given what another officer holds or was handed, what waits for its hearing, or what he may not judge', () => {
  const lease = (until: string) => ({ officer: 'reviewer2', desk: 'd', until, token: 1 })
  expect(
    given(
      waiting('1', { state: 'claimed', lease: lease('2025-11-20T06:30:00.000Z') }),
      waiting('2', { assignedTo: 'reviewer2' }),
      waiting('3', { state: 'preliminary', hearingAt: '2025-11-21' }),
      waiting('4', { notBy: ['reviewer'] }),
      waiting('5', { state: 'asked' }),
    ),
  ).toEqual([])
  expect(
    given(
      waiting('1', { state: 'claimed', lease: lease('2025-11-20T05:59:00.000Z') }),
      waiting('3', { state: 'preliminary', hearingAt: '2025-11-20' }),
    ),
  ).toEqual(['1', '3'])
})
