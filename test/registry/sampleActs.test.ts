import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { EVENTS, type EventDoc, type EventType } from '../../src/contract/registry.ts'
import { type RunningRegistry, startRegistry } from '../../src/registry/start.ts'
import { freshDatabase } from './furnishedDatabase.ts'
import { TestDesk } from './testDesk.ts'

let data: string
let registry: RunningRegistry
let desk: TestDesk
let events: Awaited<ReturnType<TestDesk['feed']>>
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'tamga-sample-acts-'))
  const now = () => '2026-11-23T04:00:00.000Z'
  registry = await startRegistry({ data, database: await freshDatabase(), sample: 'small', log: 'silent', now })
  desk = await TestDesk.enrolled(registry)
  events = await desk.feed()
})
afterAll(async () => {
  await registry.stop()
  await rm(data, { recursive: true, force: true })
})

const told = <T extends EventType>(type: T): EventDoc<T>[] =>
  events.filter((e) => e.type === type).map((e) => EVENTS[type].parse(e.doc) as EventDoc<T>)

test('codes used by several devices at once have cases with their rivals, one of which waits for a signature', async () => {
  const cases = told('clone-suspected')
  expect(cases.length).toBeGreaterThanOrEqual(5)
  for (const { holders, by } of cases) expect([holders > 1, by]).toEqual([true, null])
  expect(
    told('clone-decided')
      .map((d) => d.state)
      .sort(),
  ).toEqual(['awaiting-signature', 'dismissed'])
  const waiting = told('clone-decided').find((d) => d.state === 'awaiting-signature')
  const { body } = await desk.send('GET', `/v1/clones/${waiting?.case}`)
  const rivals = body as unknown as { imsi: string; regions: string[] }[]
  expect(rivals.map((r) => r.imsi)).toContain(waiting?.holder?.imsi)
  expect(rivals.every((r) => /^401\d{12}$/.test(r.imsi))).toBe(true)
})

test('holders are warned; who was not reached still has time', () => {
  const issued = told('notices-issued')
  expect(new Set(issued.map((e) => e.operator))).toEqual(new Set(['kcell', 'tele2']))
  expect(told('notices-delivered').map((e) => e.failed.length)).toEqual([8, 3])
  const [run] = told('blockrun-proposed')
  expect(run?.heldImeis.every((held) => held.appeal !== null)).toBe(true)
})

test('operators have files, receipts and violations; one file is not answered', () => {
  const files = told('operator-file-issued')
  expect(files.map((f) => [f.operator, f.list])).toEqual([
    ['kcell', 'black'],
    ['beeline', 'black'],
    ['tele2', 'black'],
    ['kcell', 'grey'],
  ])
  const receipts = told('receipt-recorded')
  expect(receipts.map((r) => [r.operator, r.refused, r.missing])).toEqual([
    ['kcell', 12, 5],
    ['beeline', 0, 0],
  ])
  const violations = told('violations-found')
  expect(violations.map((v) => v.operator)).toEqual(['kcell', 'beeline'])
  for (const { found } of violations) for (const v of found) expect(v.firstDay > v.since).toBe(true)
})

test('one run was declined, a part of what is due waits, and a longer term is proposed', () => {
  expect(told('blockrun-proposed').map((r) => r.toBlack > 24)).toEqual([true, false])
  expect(told('blockrun-dropped')).toHaveLength(1)
  expect(told('policy-proposed').map((p) => [p.state, p.policy.graceDays])).toEqual([['awaiting-signature', 45]])
})
