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

test('overdue IMEIs become black by a run that two approvers signed', async () => {
  const proposed = await online('blockrun', 'propose', '--as', 'reviewer')
  expect(proposed.code).toBe(0)
  expect(Object.keys(proposed.json)).toEqual(KEYS)
  const { run, toBlack, cap } = proposed.json
  expect(proposed.json).toMatchObject({ state: 'awaiting-signature', signatures: [] })
  expect(toBlack).toBeGreaterThan(100)
  expect(toBlack).toBeLessThanOrEqual(cap)

  expect((await online('blockrun', 'show', run)).json).toEqual(proposed.json)
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
