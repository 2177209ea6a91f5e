import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Output } from '../../src/contract/call.ts'
import type { EngineContract } from '../../src/contract/engine.ts'
import { mandatoryFields } from '../../src/domain/appeal.ts'
import { COMPARE_RULES } from '../../src/domain/compare/compared.ts'
import { type TestRegistry, testRegistry } from '../registry/testRegistry.ts'
import { SyncDesk } from './syncDesk.ts'

const ALL = { state: null, due: null, after: null }

let registry: TestRegistry
beforeAll(async () => {
  registry = await testRegistry({ sample: 'small' })
})
afterAll(() => registry.stop())

const desk = async (as: string) => {
  const opened = await SyncDesk.open({ registry: registry.url, as })
  await opened.call('sync', {})
  return opened
}

/** Open appeals about an IMEI that a block run made black. */
async function aboutBlocked(d: SyncDesk): Promise<string[]> {
  const { rows } = await d.call('appeals', { ...ALL, open: true, limit: 1000 })
  const found = []
  for (const row of rows) {
    const { facts } = await d.call('appeal', { id: row.id })
    if (facts.imeis.some((i) => i.listing.reason === 'not-verified-in-time')) found.push(row.id)
  }
  return found
}

describe('a desk on the sample registry', () => {
  test('has the lists and appeals of the sample, equal to the registry by digest', async () => {
    const a = await desk('auditor')
    const verified = await a.call('verify', {})
    expect(verified.cache.equal).toBe(true)
    expect(verified.audit.ok).toBe(true)
    const counts = await a.call('listing-counts', {})
    expect(counts.groups.map((g) => g.list)).toEqual(expect.arrayContaining(['grey', 'black']))
    const { total } = await a.call('appeals', { ...ALL, open: true, limit: 1 })
    expect(total).toBeGreaterThanOrEqual(50)
    expect((await a.call('appeal-counts', {})).open).toBe(total)
  })

  test('compares every appeal by named rules, each mandatory field among them', async () => {
    const a = await desk('auditor')
    const { rows } = await a.call('appeals', { ...ALL, limit: 1000 })
    const seen = new Set<string>()
    for (const { id } of rows) {
      const appeal = await a.call('appeal', { id })
      for (const line of appeal.comparison) {
        expect(COMPARE_RULES).toContain(line.rule)
        seen.add(line.result)
      }
      const lines = appeal.comparison.filter((l) => l.mandatory).map((l) => l.field)
      expect(lines.toSorted()).toEqual([...mandatoryFields(appeal.route, appeal.claim.imeis.length)].toSorted())
    }
    expect([...seen].sort()).toEqual(['contradict', 'match', 'none', 'unclear'])
  })

  test('pages through the queue without a gap or a repetition', async () => {
    const a = await desk('auditor')
    const whole = await a.call('appeals', { ...ALL, open: true, limit: 1000 })
    const paged: string[] = []
    let after: { dueAt: string; id: string } | null = null
    do {
      const page: Output<EngineContract['appeals']> = await a.call('appeals', { ...ALL, open: true, after, limit: 7 })
      paged.push(...page.rows.map((r) => r.id))
      const last = page.rows.at(-1)
      after = last ? { dueAt: last.dueAt, id: last.id } : null
    } while (after)
    expect(paged).toEqual(whole.rows.map((r) => r.id))
    expect(whole.rows.map((r) => r.dueAt)).toEqual(whole.rows.map((r) => r.dueAt).toSorted())
  })

  test('an approval that takes an IMEI out of black waits for the second officer, and then does', async () => {
    const a = await desk('reviewer')
    const [id = ''] = await aboutBlocked(a)
    await a.call('claim-appeal', { id })
    const before = await a.call('appeal', { id })
    const waited = (await (await desk('approver')).call('appeal-counts', {})).awaitingMySignature
    const imeis = before.claim.imeis
    const fields = Object.fromEntries(mandatoryFields(before.route, imeis.length).map((f) => [f, 'match' as const]))
    const decided = await a.call('decide-appeal', { id, verdict: 'approve', fields, reasons: [] })
    expect(decided).toMatchObject({ state: 'awaiting-signature', pending: true })
    const blocked = (await a.call('lookup', { imeis })).filter((l) => l.list === 'black')
    expect(blocked.length).toBeGreaterThan(0)

    const b = await desk('approver')
    expect((await b.call('appeal-counts', {})).awaitingMySignature).toBe(waited + 1)
    expect(await a.problemOf('sign', { id })).toBe('role-forbids')
    expect(await b.call('sign', { id })).toMatchObject({ id, state: 'approved', pending: false })
    const after = await b.call('lookup', { imeis })
    expect(after.map((l) => [l.list, l.reason])).toEqual(imeis.map(() => ['white', 'appeal-approved']))
    expect(await b.problemOf('sign', { id })).toBe('nothing-to-sign')
  })

  test('"as of" an earlier day shows the listing of then', async () => {
    const a = await desk('auditor')
    const black = await a.call('listings', {
      list: 'black',
      reason: 'not-verified-in-time',
      prefix: '',
      after: null,
      limit: 1,
    })
    const imei = black.rows[0]?.imei14 ?? ''
    const now = await a.call('explain', { imei })
    expect(now).toMatchObject({ list: 'black', reason: 'not-verified-in-time' })
    const run = now.facts.find((f) => f.kind === 'not-verified-in-time')
    expect(run).toBeDefined()
    const seen = now.facts.find((f) => f.kind === 'seen')
    const before = await a.call('explain', { imei, at: seen?.date ?? '' })
    expect(before.list).not.toBe('black')
    expect(before.asOf.seq).toBeLessThan(now.asOf.seq)
    // a day before the first policy
    expect(await a.call('explain', { imei, at: '2020-01-01' })).toMatchObject({ list: 'none', policy: 0, rules: [] })
  })
})
