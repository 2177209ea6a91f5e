import { expect, test } from 'vitest'
import { zPolicy } from '../../src/contract/value.ts'
import { DEFAULT_POLICY } from '../../src/domain/defaultPolicy.ts'
import { RULES } from '../../src/domain/policy.ts'
import { changedPolicy, movesListings, policyParameters } from '../../src/domain/policyChange.ts'

const set = (...pairs: string[]) =>
  changedPolicy(
    DEFAULT_POLICY,
    pairs.map((pair) => ({ key: pair.split('=')[0] ?? '', value: pair.split('=')[1] ?? '' })),
  )

test('a change makes the next version and leaves the one in force as it is', () => {
  const before = structuredClone(DEFAULT_POLICY)
  const changed = set('graceDays=60', 'legacyCutOff=2025-05-25', 'appeal.workingDays=20', 'blockRun.cap=5')
  expect(changed).toMatchObject({
    ok: true,
    value: { version: 5, graceDays: 60, legacyCutOff: '2025-05-25', appeal: { workingDays: 20, claimById: true } },
  })
  expect(changed.ok && changed.value.blockRun).toEqual({ cap: 5, holdsPerDevice: 1, warning: 'failed' })
  expect(DEFAULT_POLICY).toEqual(before)
})

test.each([
  'graceDays=soon',
  'graceDays=-1',
  'graceDays=1.5',
  'legacyCutOff=2025-02-30',
  'guards.badRowsShare=2',
  'appeal.claimById=perhaps',
  'nothing=1',
  'appeal.nothing=1',
  'constructor=1',
  'appeal=1',
  'version=7',
  'blockRun.warning=sometimes',
  'blockRun.amnestyUntil=soon',
  'appeal.rules.secondShare=5',
  'appeal.rules.bulkCapByRole=3',
  'signedBy=me',
  'precedence=stolen',
  `precedence=${RULES.join(',')},stolen`,
  `precedence=${[...RULES.slice(1), 'horoscope'].join(',')}`,
  `precedence=${[...RULES.slice(1), 'clone'].join(',')}`,
])('%s is refused with its key and value', (pair) => {
  expect(set(pair)).toMatchObject({
    ok: false,
    problem: { code: 'policy-unusable', details: { key: pair.split('=')[0] } },
  })
})

test('only what listings rest on can move them', () => {
  const of = (pair: string) => {
    const changed = set(pair)
    return changed.ok && movesListings(DEFAULT_POLICY, changed.value)
  }
  expect(of('feeTenge=4000')).toBe(false)
  expect(of('graceDays=30')).toBe(false)
  expect(of('graceDays=31')).toBe(true)
  expect(of(`precedence=${RULES.toReversed().join(',')}`)).toBe(true)
})

test('parameters that a policy does not name can be set, an amnesty also taken away', () => {
  const changed = set('blockRun.amnestyUntil=2026-12-31', 'blockRun.warning=required', 'appeal.rules.secondShare=0.2')
  expect(changed).toMatchObject({
    ok: true,
    value: {
      blockRun: { amnestyUntil: '2026-12-31', warning: 'required' },
      appeal: { rules: { secondShare: 0.2, bulkCap: 50 } },
    },
  })
  if (!changed.ok) return
  const ended = changedPolicy(changed.value, [{ key: 'blockRun.amnestyUntil', value: '' }])
  expect(ended.ok && 'amnestyUntil' in (ended.value.blockRun ?? {})).toBe(false)
})

test('a policy that names the subscribers of a clone but no distance means 500 km, and may name its own', () => {
  const before = { ...DEFAULT_POLICY, clones: { subscribersADay: 6 } }
  expect(zPolicy.parse(before)).toEqual(before)
  expect(policyParameters(before).filter(({ key }) => key.startsWith('clones.'))).toEqual([
    { key: 'clones.subscribersADay', kind: 'count', value: '6' },
    { key: 'clones.distantKm', kind: 'count', value: '500' },
  ])
  const changed = changedPolicy(before, [{ key: 'clones.distantKm', value: '300' }])
  expect(changed).toMatchObject({ ok: true, value: { clones: { subscribersADay: 6, distantKm: 300 } } })
  expect(changed.ok && movesListings(before, changed.value)).toBe(false)
})

test('every parameter of a form can be set to the value it has, and that changes nothing', () => {
  const parameters = policyParameters(DEFAULT_POLICY)
  expect(parameters.length).toBeGreaterThan(30)
  expect(parameters.find(({ key }) => key === 'blockRun.amnestyUntil')).toMatchObject({ kind: 'date', value: '' })
  const whole = changedPolicy(DEFAULT_POLICY, [])
  expect(changedPolicy(DEFAULT_POLICY, parameters)).toEqual(whole)
})
