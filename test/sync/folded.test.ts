import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type SnapshotManifest, zSnapshotManifest } from '../../src/contract/registry/snapshot.ts'
import type { CommandBody } from '../../src/contract/registry.ts'
import { receive } from '../registry/testAppeal.ts'
import { imei, TestDesk } from '../registry/testDesk.ts'
import { type TestRegistry, testRegistry } from '../registry/testRegistry.ts'
import { contents } from './mirrorContents.ts'
import { SyncDesk } from './syncDesk.ts'

const DAY_MS = 86_400_000

let registry: TestRegistry
let wire: TestDesk
let now = new Date().toISOString()
const later = (days: number): void => {
  now = new Date(Date.parse(now) + days * DAY_MS).toISOString()
  registry.at(now)
}
beforeAll(async () => {
  registry = await testRegistry({ snapshot: { rows: 7, foldAfter: 1 } })
  wire = await TestDesk.enrolled(registry)
})
afterAll(() => registry.stop())

const filed = (n: number): Promise<string> => receive(wire, { imeis: [`${imei(n)}0`] })
async function claimed(id: string, officer = 'reviewer'): Promise<number> {
  return (await wire.does(officer, 'claim-appeal', { appeal: id })).version
}
async function rejected(id: string): Promise<void> {
  const version = await claimed(id)
  const no: Omit<CommandBody<'decide-appeal'>, 'version'> = {
    ...{ appeal: id, verdict: 'reject', fields: {}, reasons: ['R01'], note: 'words', internal: '' },
  }
  await wire.does('reviewer', 'decide-appeal', { ...no, version })
  later(10)
  const again = await claimed(id)
  await wire.does('reviewer', 'decide-appeal', { ...no, version: again })
}
/** The feed forgets what is past; the snapshot after that one may fold it. */
async function age(): Promise<SnapshotManifest> {
  await registry.buildSnapshot()
  later(180)
  await registry.buildSnapshot()
  await registry.buildSnapshot()
  const [row] = await registry.query<{ manifest: string }>('SELECT manifest FROM snapshot WHERE dropped_at IS NULL')
  const sha256 = row?.manifest ?? ''
  return zSnapshotManifest.parse(
    JSON.parse(readFileSync(join(registry.data, 'blobs', sha256.slice(0, 2), sha256), 'utf8')),
  )
}
const rowsOfEvents = ({ segments }: SnapshotManifest): number =>
  segments.filter(({ part }) => part === 'event').reduce((sum, { rows }) => sum + rows, 0)

async function bootedDesk(): Promise<SyncDesk> {
  const desk = await SyncDesk.open({ registry: registry.url, as: 'auditor', now: () => now })
  await desk.call('sync', {})
  return desk
}

test('closed appeals of the past become one event each; a new desk holds what one holds that saw every event', async () => {
  const always = await bootedDesk()
  const [first, second, third] = [await filed(1), await filed(2), await filed(3)]
  await rejected(first)
  await wire.imports({ kind: 'customs', imeis: [imei(50)] })
  const version = await claimed(second)
  await wire.does('reviewer', 'decide-appeal', {
    ...{ appeal: second, version, verdict: 'refer', fields: {}, reasons: ['R01'], note: 'not ours', internal: '' },
    body: 'customs',
  })
  await claimed(third)
  await always.call('sync', {})
  const events = (await wire.hello()).head

  const manifest = await age()
  expect(manifest).toMatchObject({ format: 2, folded: events })
  // the refusal in two steps and the referral; what is open stays as it came
  expect(rowsOfEvents(manifest)).toBeLessThanOrEqual(events - 5)
  await always.call('sync', {})
  const young = await bootedDesk()
  expect(contents(young.home)).toEqual(contents(always.home))
  expect(contents(young.home).moment).toHaveLength(events)
})
