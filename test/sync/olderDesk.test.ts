import { cpSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { imei, TestDesk } from '../registry/testDesk.ts'
import { testRegistry } from '../registry/testRegistry.ts'
import { fileAppeal } from './appealOf.ts'
import { SyncDesk } from './syncDesk.ts'

/** A time at which the desk of the fixture may still write. */
const NOW = '2026-11-23T09:00:00.000Z'
const NOBODY = 'http://127.0.0.1:9'

/** A copy of the files of a desk of version 0.1, before any later migration: a claim not sent yet, a draft, a language. */
function oldHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'tamga-desk-'))
  cpSync(join(import.meta.dirname, 'fixture/desk-0.1'), home, { recursive: true })
  return home
}

test('a desk of the first schema opens with its outbox, drafts and settings, and goes on with a registry of today', async () => {
  const registry = await testRegistry()
  onTestFinished(() => registry.stop())
  registry.at(NOW)
  const { id } = await fileAppeal(await TestDesk.enrolled(registry), imei(4))
  const home = oldHome()
  const offline = await SyncDesk.open({ registry: NOBODY, home, as: 'reviewer', now: () => NOW })
  expect(await offline.call('status', {})).toMatchObject({ seq: 3, pending: 1, needsAttention: 0, readOnly: false })
  expect(await offline.call('outbox', {})).toMatchObject([{ kind: 'claim-appeal', subject: id, officer: 'reviewer' }])
  expect((await offline.call('appeal', { id })).draft).toMatchObject({
    fields: { imei1: 'match' },
    note: 'begun on the old desk',
  })
  expect((await offline.call('settings', {})).language).toBe('kk')
  await offline.stop()

  const online = await SyncDesk.open({ registry: registry.url, home, now: () => NOW })
  expect(await online.call('sync', {})).toMatchObject({ online: true, pushed: 1, pending: 0, needsAttention: 0 })
  await online.call('sign-in', { officer: 'reviewer' })
  const appeal = await online.call('appeal', { id })
  expect(appeal).toMatchObject({ state: 'claimed', lease: { officer: 'reviewer' } })
  expect(appeal.draft?.note).toBe('begun on the old desk')
  expect(await online.call('verify', {})).toMatchObject({ cache: { equal: true }, audit: { ok: true } })
})
