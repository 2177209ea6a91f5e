import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CommandBody } from '../../src/contract/registry.ts'
import { DEFAULT_POLICY } from '../../src/domain/defaultPolicy.ts'
import type { Policy } from '../../src/domain/policy.ts'
import { uuid7 } from '../../src/registry/commands/uuid7.ts'
import { imei, TestDesk } from './testDesk.ts'
import { type TestRegistry, testRegistry } from './testRegistry.ts'

let registry: TestRegistry
let desk: TestDesk
beforeAll(async () => {
  registry = await testRegistry()
  registry.at('2026-02-01T06:00:00Z')
  desk = await TestDesk.enrolled(registry)
})
afterAll(() => registry.stop())

const proposal = (changes: Partial<Policy>): CommandBody<'propose-policy'> => ({
  proposal: uuid7(new Date().toISOString()),
  policy: { ...DEFAULT_POLICY, precedence: [...DEFAULT_POLICY.precedence], ...changes } as never,
  note: 'a longer grace',
})
const listed = (imei14: number) =>
  registry.query('SELECT list, reason, deadline::text FROM listing WHERE imei14 = $1', [imei14])

describe('a new version of the policy', () => {
  test('starts with the Kazakh time line in four versions', async () => {
    const sets = (await desk.feed()).filter((e) => e.type === 'policy-set').map((e) => e.doc as Policy)
    expect(sets.map((p) => [p.version, p.validFrom, p.earliestDeadline])).toEqual([
      [1, '2025-03-24', '2025-04-23'],
      [2, '2025-03-25', '2025-05-25'],
      [3, '2025-05-25', '2025-06-25'],
      [4, '2025-06-25', '2025-07-26'],
    ])
  })

  test('holds for nobody until two approvers signed and its day has come; then every listing follows', async () => {
    await desk.imports({ kind: 'operator', imeis: [imei(1), imei(2)], date: '2026-01-20' })
    const body = proposal({ graceDays: 60, validFrom: '2026-02-10' })
    expect(await desk.isRefused('importer', 'propose-policy', body)).toBe('role-forbids')
    const proposed = await desk.does('approver', 'propose-policy', body)
    expect(proposed).toMatchObject({ version: 5, state: 'awaiting-signature', signatures: ['approver'] })
    const signature = { proposal: proposed.proposal, sha256: proposed.sha256, agrees: true, note: '' }
    expect(await desk.isRefused('approver', 'sign-policy', signature)).toBe('own-act')
    expect(await desk.isRefused('reviewer', 'sign-policy', signature)).toBe('role-forbids')
    expect(await desk.isRefused('approver2', 'sign-policy', { ...signature, sha256: '0'.repeat(64) })).toBe(
      'policy-changed',
    )
    expect(await desk.does('approver2', 'sign-policy', signature)).toMatchObject({ state: 'signed' })
    expect(await listed(imei(1))).toEqual([{ list: 'grey', reason: 'not-confirmed', deadline: '2026-02-19' }])

    registry.at('2026-02-09T18:59:59Z')
    await desk.imports({ kind: 'operator', imeis: [imei(3)], date: '2026-01-20' })
    expect(await listed(imei(3))).toMatchObject([{ deadline: '2026-02-19' }])
    registry.at('2026-02-09T19:00:00Z')
    await desk.imports({ kind: 'operator', imeis: [imei(4)], date: '2026-01-20' })
    for (const n of [1, 2, 3, 4])
      expect(await listed(imei(n))).toMatchObject([{ list: 'grey', deadline: '2026-03-21' }])
    const begun = (await desk.feed()).filter((e) => e.type === 'policy-set').at(-1)
    expect(begun?.doc).toMatchObject({ version: 5, graceDays: 60, signedBy: 'approver, approver2' })
  })

  test('signed on its day, it begins with the signature', async () => {
    const proposed = await desk.does('reviewer', 'propose-policy', proposal({ graceDays: 45, validFrom: '2026-02-11' }))
    registry.at('2026-02-11T06:00:00Z')
    const signature = { proposal: proposed.proposal, sha256: proposed.sha256, agrees: true, note: '' }
    expect(await desk.does('approver', 'sign-policy', signature)).toMatchObject({ state: 'awaiting-signature' })
    expect(await desk.does('approver2', 'sign-policy', signature)).toMatchObject({ state: 'in-force' })
    expect(await listed(imei(1))).toMatchObject([{ deadline: '2026-03-06' }])
  })

  test('is refused with the rules named when its order goes in a circle or has a gap, or when it begins too early', async () => {
    const rules = [...DEFAULT_POLICY.precedence]
    const later = { validFrom: '2026-05-01' }
    const circle = { ...later, precedence: [rules.join(' > '), 'legacy > stolen'] }
    const answer = await desk.answerOf('approver', 'propose-policy', proposal(circle as never))
    expect(answer).toMatchObject({ status: 'refused', problem: { code: 'policy-cycle' } })
    expect(JSON.stringify(answer)).toContain('stolen > counterfeit')
    const gap = { ...later, precedence: rules.filter((rule) => rule !== 'gsma-listed') }
    expect(await desk.answerOf('approver', 'propose-policy', proposal(gap))).toMatchObject({
      problem: { code: 'policy-gap', details: { what: 'gsma-listed' } },
    })
    expect(await desk.isRefused('approver', 'propose-policy', proposal({ validFrom: '2026-02-10' }))).toBe(
      'policy-order',
    )
    expect(await desk.isRefused('approver', 'propose-policy', proposal({ ...later, graceDays: 0 }))).toBe(
      'policy-unusable',
    )
  })

  test('is ended unsigned by who proposed it; a declined number is free again', async () => {
    const one = await desk.does('approver', 'propose-policy', proposal({ graceDays: 90, validFrom: '2026-06-01' }))
    const drop = { proposal: one.proposal, sha256: one.sha256, agrees: false, note: 'not needed' }
    expect(await desk.does('approver', 'sign-policy', drop)).toMatchObject({ state: 'declined' })
    expect(await desk.isRefused('approver2', 'sign-policy', { ...drop, agrees: true })).toBe('nothing-to-sign')
    const two = await desk.does('approver', 'propose-policy', proposal({ graceDays: 90, validFrom: '2026-06-01' }))
    expect(two.version).toBe(one.version)
  })
})
