import { afterEach, beforeEach, expect, test } from 'vitest'
import type { EventDoc } from '../../../src/contract/registry.ts'
import { imei15Text } from '../../../src/domain/imei.ts'
import { DeclaredStretches } from '../../../src/engine/ledger/declaredStretches.ts'
import { ledgerOf } from '../../../src/engine/ledger/ledger.ts'
import { ledgerCalls } from '../../../src/engine/ledger/ledgerCalls.ts'
import { SeededDesk } from '../report/seededDesk.ts'

const NUMBER = '55302/150126/0001234'
const imei = (n: number): number => 86_012_304_000_000 + n
const line = (no: string, quantity: number) => ({
  declaration: NUMBER,
  line: no,
  quantity,
  bin: '250340000120',
  importer: 'SAMPLE',
  brand: 'A',
  model: 'B',
})

let seeded: SeededDesk
beforeEach(() => {
  seeded = new SeededDesk()
  const two = (a: number, b: number, no: string, quantity: number) => [
    { imei14: imei(a), date: '2026-01-15', next: imei(b), data: line(no, quantity) },
    { imei14: imei(b), date: '2026-01-15', next: imei(a), data: line(no, quantity) },
  ]
  seeded.batch('customs', '2026-02-01T06:00:00.000Z', [
    ...two(1, 2, '1', 3),
    ...two(3, 4, '1', 3),
    { imei14: imei(5), date: '2026-01-15', data: line('2', 1) },
  ])
  seeded.batch(
    'operator',
    '2026-02-02T06:00:00.000Z',
    [1, 3, 5].map((n) => ({ imei14: imei(n), date: '2026-02-01' })),
  )
})
afterEach(() => seeded.close())

const calls = () => ledgerCalls(seeded.desk)
const ledger = async (declaration: string) => calls()['declaration-ledger']({ declaration })
function appeal(id: string, n: number, declarationNo: string, state: 'received' | 'rejected' = 'received'): void {
  const at = '2026-02-10T06:00:00.000Z'
  seeded.appeal(
    {
      id,
      state,
      version: 1,
      route: 'marketplace',
      receivedAt: at,
      dueAt: '2026-03-03',
      applicant: { key: { kind: 'iin', iin: '900101300007' }, name: 'SAMPLE', language: 'kk' },
      claim: { imeis: [imei15Text(imei(n))], declarationNo },
      evidence: [],
      lease: null,
      hearingAt: null,
      proposal: null,
      timeline: [{ at, what: 'received' }],
    } as EventDoc<'appeal-received'>,
    at,
  )
}

test('a line says what was declared, claimed and seen', async () => {
  expect(await ledger(NUMBER)).toMatchObject([
    { line: '1', quantity: 3, devices: 2, imeis: 4, seen: 2, claimed: 0, overdrawn: 0, importer: 'SAMPLE' },
    { line: '2', quantity: 1, devices: 1, imeis: 1, seen: 1, claimed: 0, overdrawn: 0 },
  ])
  expect(await ledger(`${NUMBER}/2`)).toHaveLength(1)
})

test('devices that appeals claim beyond customs’ list overdraw it; those it lists do not, nor refused ones', async () => {
  appeal('A-1', 9, `${NUMBER}/2`)
  appeal('A-2', 1, `${NUMBER}/1`)
  appeal('A-3', 8, `${NUMBER}/2`, 'rejected')
  expect(await ledger(NUMBER)).toMatchObject([
    { line: '1', appeals: ['A-2'], claimed: 0, overdrawn: 0 },
    { line: '2', appeals: ['A-1'], claimed: 1, overdrawn: 1 },
  ])
  const found = await calls().overdrawn({ limit: 10 })
  expect(found).toMatchObject({ total: 1, lines: [{ declaration: NUMBER, line: '2', overdrawn: 1 }] })
})

test('an appeal that names no line draws on each; a list that goes beyond its own quantity is found too', async () => {
  seeded.batch('customs', '2026-02-03T06:00:00.000Z', [
    { imei14: imei(6), date: '2026-01-15', data: line('2', 1) },
    { imei14: imei(7), date: '2026-01-15', data: line('2', 1) },
  ])
  appeal('A-4', 9, NUMBER)
  expect((await calls().overdrawn({ limit: 10 })).lines).toMatchObject([
    { line: '2', devices: 3, claimed: 1, overdrawn: 3 },
  ])
  expect((await ledger(NUMBER))[0]).toMatchObject({ line: '1', claimed: 1, overdrawn: 0 })
})

test('a withdrawn list draws nothing; a number nobody declared is told', async () => {
  seeded.undo(1, '2026-02-04T06:00:00.000Z')
  await expect(ledger(NUMBER)).rejects.toThrow('ledger-unknown')
  await expect(ledger('nonsense')).rejects.toThrow('ledger-unknown')
})

test.each([1, 2, 3, 7, 50_000])(
  'lists too large to be kept by batch give the same in stretches of %i facts',
  async (facts) => {
    const { read } = seeded.home.cache
    const stretches = new DeclaredStretches(facts)
    const lines = () => ledgerOf(read, stretches, NUMBER, async () => undefined)
    const counts = async () => (await lines()).map(({ line: no, devices, imeis, seen }) => [no, devices, imeis, seen])
    expect(await counts()).toEqual([
      ['1', 2, 4, 2],
      ['2', 1, 1, 1],
    ])
    // another list comes later, its IMEIs between those of the first and far behind them
    seeded.batch('customs', '2026-02-03T06:00:00.000Z', [
      { imei14: imei(2_000_000), date: '2026-01-15', data: line('2', 1) },
      { imei14: imei(2_000_001), date: '2026-01-15', next: imei(0), data: line('1', 3) },
      { imei14: imei(0), date: '2026-01-15', next: imei(2_000_001), data: line('1', 3) },
    ])
    expect(await counts()).toEqual([
      ['1', 3, 6, 2],
      ['2', 2, 2, 1],
    ])
    seeded.undo(1, '2026-02-04T06:00:00.000Z')
    expect(await counts()).toEqual([
      ['2', 1, 1, 0],
      ['1', 1, 2, 0],
    ])
  },
)
