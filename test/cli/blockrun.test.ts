import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningRegistry, startRegistry } from '../../src/registry/start.ts'
import { desk, temporaryFolder } from './deskProcess.ts'

const folder = temporaryFolder()
let registry: RunningRegistry
beforeAll(async () => {
  registry = await startRegistry({ data: join(folder.path, 'registry'), port: 0, sample: 'small', log: 'silent' })
})
afterAll(async () => {
  await registry.stop()
  folder.remove()
})
const online = (...words: string[]) =>
  desk([...words, '--home', join(folder.path, 'home'), '--registry', registry.url, '--json'])

const KEYS = ['run', 'toBlack', 'held', 'conflicts', 'cap', 'state', 'signatures']

test('a run takes only what a filter lets through, says so for good, and knows what the registry knows', async () => {
  const whole = await online('blockrun', 'propose', '--as', 'approver')
  const proposed = await online('blockrun', 'propose', '--operator', 'kcell', '--most', '5', '--as', 'reviewer')
  expect(proposed.json).toMatchObject({ toBlack: 5, cap: 5, state: 'awaiting-signature' })
  const { part } = (await online('blockrun', 'show', proposed.json.run)).json
  expect(part).toMatchObject({ most: 5, where: { list: 'grey', operator: 'kcell', brand: null } })
  const ofOperator = await online('blockrun', 'propose', '--operator', 'kcell', '--as', 'reviewer')
  expect(ofOperator.json.toBlack).toBeGreaterThan(5)
  expect(ofOperator.json.toBlack).toBeLessThan(whole.json.toBlack)
  const none = await online('blockrun', 'propose', '--region', 'Nowhere', '--as', 'reviewer')
  expect(none.json).toMatchObject({ run: null, toBlack: 0, state: 'empty' })
  expect((await online('blockrun', 'show', whole.json.run, '--brand', 'ZTE')).code).toBe(2)
  for (const { json } of [whole, proposed, ofOperator])
    await online(
      'blockrun',
      'decline',
      json.run,
      '--note',
      'only tried',
      '--as',
      json.signatures.length ? 'approver' : 'reviewer',
    )
})

test('overdue IMEIs become black by a run that two approvers signed', async () => {
  const proposed = await online('blockrun', 'propose', '--as', 'reviewer')
  expect(proposed.code).toBe(0)
  expect(Object.keys(proposed.json)).toEqual(KEYS)
  const { run, toBlack, cap } = proposed.json
  expect(proposed.json).toMatchObject({ state: 'awaiting-signature', signatures: [] })
  expect(toBlack).toBeGreaterThan(100)
  expect(toBlack).toBeLessThanOrEqual(cap)

  const shown = (await online('blockrun', 'show', run)).json
  expect(shown).toEqual({ ...proposed.json, heldBy: expect.anything(), part: {} })
  const { appeal, complaint, warning } = shown.heldBy
  expect(appeal + complaint + warning).toBe(shown.held)
  expect(await online('blockrun', 'sign', run, '--as', 'reviewer')).toMatchObject({
    code: 1,
    json: { problem: { code: 'role-forbids' } },
  })
  const first = await online('blockrun', 'sign', run, '--as', 'approver')
  expect(first.json).toEqual({ ...proposed.json, signatures: ['approver'] })
  expect(await online('blockrun', 'sign', run, '--as', 'approver')).toMatchObject({
    code: 1,
    json: { problem: { code: 'already-signed' } },
  })
  const second = await online('blockrun', 'sign', run, '--as', 'approver2')
  expect(second.json).toEqual({ ...first.json, state: 'committed', signatures: ['approver', 'approver2'] })

  const batches = (await online('batches')).json as { batch: string; effect: { toBlack: number } }[]
  expect(batches.find((b) => b.batch === run)?.effect.toBlack).toBe(toBlack)
  const again = await online('blockrun', 'propose', '--as', 'approver')
  expect(again.json).toEqual({ ...proposed.json, run: null, toBlack: 0, state: 'empty' })
  expect((await online('verify', '--as', 'auditor')).json).toMatchObject({
    cache: { equal: true },
    audit: { ok: true },
  })
})

test('a change of the policy is simulated: what would move, and nothing does', async () => {
  const { json } = await online('policy', 'simulate', '--set', 'graceDays=60', 'earliestDeadline=2025-07-26')
  expect(json).toMatchObject({ from: 4, to: 5 })
  const grey = json.changes.find((c: { reason: string }) => c.reason === 'not-confirmed')
  expect(grey).toMatchObject({ list: 'grey', from: grey.to, count: grey.to })
  const cutOff = await online('policy', 'simulate', '--set', 'legacyCutOff=2099-01-01')
  const [white, moved] = cutOff.json.changes as { list: string; from: number; to: number; count: number }[]
  expect(white?.list).toBe('white')
  expect(moved?.count).toBeGreaterThan(0)
  expect((await online('policy')).json).toHaveLength(4)
})
