import { afterEach, beforeEach, expect, test } from 'vitest'
import type { EventDoc } from '../../../src/contract/registry.ts'
import type { Appeal, AppealState } from '../../../src/domain/appeal.ts'
import { imei15Text } from '../../../src/domain/imei.ts'
import { declaredLine } from '../../../src/engine/appeal/declaredLine.ts'
import { SeededDesk } from '../report/seededDesk.ts'

const NUMBER = '55302/150126/0001234'
const AT = '2026-02-10T06:00:00.000Z'
const imei = (n: number): number => 86_012_304_000_000 + n
const line = (no: string, quantity: number, model = 'B') => ({ declaration: NUMBER, line: no, quantity, model })
const device = (a: number, b: number, data: ReturnType<typeof line>) => [
  { imei14: imei(a), date: '2026-01-15', next: imei(b), data },
  { imei14: imei(b), date: '2026-01-15', next: imei(a), data },
]

let seeded: SeededDesk
beforeEach(() => {
  seeded = new SeededDesk()
})
afterEach(() => seeded.close())

function appeal(id: string, imeis: readonly number[], declarationNo: string, state: AppealState = 'received'): Appeal {
  const filed = {
    ...{ id, state, version: 1, route: 'courier', receivedAt: AT, dueAt: '2026-03-03', evidence: [] },
    applicant: { key: { kind: 'iin', iin: '900101300007' }, name: 'SAMPLE', language: 'kk' },
    claim: { imeis: imeis.map((n) => imei15Text(imei(n))), declarationNo },
    ...{ lease: null, hearingAt: null, proposal: null, timeline: [{ at: AT, what: 'received' }] },
  } as EventDoc<'appeal-received'>
  seeded.appeal(filed, AT)
  return filed as Appeal
}
const drawnBeside = (asked: Appeal) => declaredLine(seeded.home.cache.read, asked)

test('devices that customs list on a line are drawn from it, one of two IMEIs once, other lines apart', () => {
  seeded.batch('customs', '2026-02-01T06:00:00.000Z', [
    ...device(1, 2, line('1', 3)),
    ...device(3, 4, line('1', 3, 'C')),
    { imei14: imei(5), date: '2026-01-15', data: line('2', 1) },
  ])
  expect(drawnBeside(appeal('A-1', [9], `${NUMBER}/1`))).toEqual({ quantity: 3, used: 2 })
  expect(drawnBeside(appeal('A-2', [8], `${NUMBER}/2`))).toEqual({ quantity: 1, used: 1 })
})

test('appeals draw devices, not appeals: one device claimed twice, or listed as well, counts once', () => {
  seeded.batch('customs', '2026-02-01T06:00:00.000Z', device(1, 2, line('1', 5)))
  appeal('A-1', [2], `${NUMBER}/1`)
  appeal('A-2', [10, 11], `${NUMBER}/1`)
  appeal('A-3', [11], NUMBER)
  appeal('A-4', [12], `${NUMBER}/2`)
  appeal('A-5', [13], `${NUMBER}/1`, 'rejected')
  expect(drawnBeside(appeal('A-6', [20], `${NUMBER}/1`))).toEqual({ quantity: 5, used: 2 })
  // his own device, claimed by an earlier appeal, leaves him what it took
  expect(drawnBeside(appeal('A-7', [10, 11], `${NUMBER}/1`))).toEqual({ quantity: 5, used: 2 })
})

test('a withdrawn list declares nothing; without a declaration there is no line', () => {
  const no = seeded.batch('customs', '2026-02-01T06:00:00.000Z', device(1, 2, line('1', 5)))
  seeded.undo(no, '2026-02-04T06:00:00.000Z')
  expect(drawnBeside(appeal('A-1', [9], `${NUMBER}/1`))).toBeNull()
  expect(drawnBeside(appeal('A-2', [9], 'KZ-SNT-1'))).toBeNull()
})
