import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { imei, TestDesk } from '../registry/testDesk.ts'
import { type TestRegistry, testRegistry } from '../registry/testRegistry.ts'
import { fileAppeal } from './appealOf.ts'
import { DeskProcess } from './deskProcess.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await testRegistry()
})
afterAll(() => registry.stop())

async function started(home: string): Promise<DeskProcess> {
  const desk = await DeskProcess.start({ home, registry: registry.url })
  onTestFinished(() => desk.kill())
  return desk
}

test('an engine that is killed fails the calls that wait, and comes back with the officer and his draft', async () => {
  const home = mkdtempSync(join(tmpdir(), 'tamga-desk-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const { id } = await fileAppeal(await TestDesk.enrolled(registry), imei(1))

  const first = await started(home)
  await first.client.call('sign-in', { officer: 'reviewer' })
  await first.client.call('sync', {})
  const claimed = await first.client.call('claim-appeal', { id })
  expect(claimed).toMatchObject({ state: 'claimed', pending: false })
  const draft = { fields: { imei1: 'match' as const }, verdict: null, reasons: [], note: 'half a thou' }
  await first.client.call('save-draft', { id, draft })
  const waiting = first.client.call('verify', {})
  const failed = expect(waiting).rejects.toMatchObject({ problem: { code: 'engine-restarted' } })
  await first.kill()
  await failed

  const second = await started(home)
  expect((await second.client.call('status', {})).officer?.id).toBe('reviewer')
  const appeal = await second.client.call('appeal', { id })
  expect(appeal.draft).toMatchObject(draft)
  expect(appeal.lease?.officer).toBe('reviewer')
  await second.stop()
})

test('a decision ordered just before the engine is killed goes out once', async () => {
  const home = mkdtempSync(join(tmpdir(), 'tamga-desk-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const { id } = await fileAppeal(await TestDesk.enrolled(registry), imei(2))
  const first = await started(home)
  await first.client.call('sign-in', { officer: 'reviewer' })
  await first.client.call('sync', {})
  await first.client.call('claim-appeal', { id })
  const order = { id, verdict: 'ask' as const, fields: {}, reasons: ['R01' as const], note: 'once' }
  expect(await first.client.call('decide-appeal', { ...order, holdSeconds: 60 })).toMatchObject({ pending: true })
  await first.kill()

  const second = await started(home)
  await expect.poll(async () => (await second.client.call('appeal', { id })).state, { timeout: 30_000 }).toBe('asked')
  const { timeline } = await second.client.call('appeal', { id })
  expect(timeline.filter((t) => t.note === 'once')).toHaveLength(1)
  await second.stop()
})
