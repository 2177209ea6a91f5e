import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditHash, type HashBytes } from '../../src/contract/auditChain.ts'
import { isIncluded } from '../../src/contract/auditProof.ts'
import { zAuditProof } from '../../src/contract/registry/proof.ts'
import { type SnapshotManifest, zSnapshotManifest } from '../../src/contract/registry/snapshot.ts'
import type { CommandBody } from '../../src/contract/registry.ts'
import { approval, receive } from '../registry/testAppeal.ts'
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
async function rejected(id: string): Promise<number> {
  const version = await claimed(id)
  const no: Omit<CommandBody<'decide-appeal'>, 'version'> = {
    ...{ appeal: id, verdict: 'reject', fields: {}, reasons: ['R01'], note: 'words', internal: '' },
  }
  await wire.does('reviewer', 'decide-appeal', { ...no, version })
  later(10)
  const again = await claimed(id)
  return (await wire.does('reviewer', 'decide-appeal', { ...no, version: again })).version
}
/** The feed forgets what is past; the snapshot after that one may fold it. */
async function age(days = 180): Promise<SnapshotManifest> {
  await registry.buildSnapshot()
  later(days)
  await registry.buildSnapshot()
  await registry.buildSnapshot()
  const [row] = await registry.query<{ manifest: string }>('SELECT manifest FROM snapshot WHERE dropped_at IS NULL')
  const sha256 = row?.manifest ?? ''
  return zSnapshotManifest.parse(
    JSON.parse(readFileSync(join(registry.data, 'blobs', sha256.slice(0, 2), sha256), 'utf8')),
  )
}
/** Whether every act about an appeal is proved to stand in the audit log; answers how many there are. */
async function provedActs(appeal: string): Promise<number> {
  const { body } = await wire.signed('GET', `/v1/audit/proof?subject=${appeal}`, {}, now)
  const { checkpoint, proofs } = zAuditProof.parse(body)
  const sha: HashBytes = (data) => createHash('sha256').update(data).digest()
  for (const { entry, previous, path } of proofs) {
    expect(auditHash(previous, entry, sha)).toBe(entry.hash)
    const leaf = { entryHash: entry.hash, index: entry.no - 1, size: checkpoint.entries, path }
    expect(isIncluded(leaf, checkpoint.root, sha)).toBe(true)
  }
  return proofs.length
}
/** A desk that begins from the newest snapshot holds what one holds that saw every event, and both agree with the registry. */
async function expectEqual(always: SyncDesk): Promise<void> {
  await always.call('sync', {})
  const young = await bootedDesk()
  expect(contents(young.home)).toEqual(contents(always.home))
  expect(contents(young.home).moment).toHaveLength((await wire.hello()).head)
  for (const desk of [always, young])
    expect(await desk.call('verify', {})).toMatchObject({ cache: { equal: true }, audit: { ok: true } })
  await young.stop()
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
  await expectEqual(always)
})

test('an appeal that was folded, complained about and closed again is folded again; nothing of record is touched', async () => {
  await wire.does('admin', 'set-settings', { feedDays: 7 })
  const always = await bootedDesk()
  const [complained, untouched] = [await filed(11), await filed(12)]
  const refused = await rejected(complained)
  await rejected(untouched)
  const acts = await provedActs(complained)
  const once = await age(10)
  await expectEqual(always)
  // nothing has left the feed since: what is folded stays as it is
  expect(rowsOfEvents(await age(0))).toBe(rowsOfEvents(once))

  // reopened, it is neither lost nor closed: the fold and what came after it
  const complaint = { appeal: complained, version: refused, text: 'I bought it' }
  expect(await wire.does('reviewer2', 'complain-appeal', complaint)).toMatchObject({ state: 'received' })
  await expectEqual(always)
  const open = await age(10)
  expect(open.folded).toBeGreaterThan(once.folded ?? 0)
  await expectEqual(always)

  const again = await claimed(complained, 'reviewer2')
  await wire.does('reviewer2', 'decide-appeal', {
    ...{
      appeal: complained,
      version: again,
      verdict: 'refer',
      fields: {},
      reasons: ['R01'],
      note: 'theirs',
      internal: '',
    },
    body: 'customs',
  })
  const closed = await age(10)
  await age(10)
  expect(rowsOfEvents(closed)).toBeLessThanOrEqual(rowsOfEvents(open))
  await expectEqual(always)
  expect(await provedActs(complained)).toBe(acts + 3)
})

test('a desk that stood in the middle of what is folded now begins anew from the fold', async () => {
  const stood = await bootedDesk()
  await rejected(await filed(21))
  await stood.call('sync', {})
  await rejected(await filed(22))
  await age(10)
  // it has the first half of what is folded now from the feed, the other half it never saw
  expect((await wire.hello()).oldest).toBeGreaterThan(contents(stood.home).moment?.length ?? 0)
  await expectEqual(stood)
})

test('an approval that is taken back long after its appeal was folded; reports say of each moment what they said then', async () => {
  const always = await bootedDesk()
  await wire.imports({ kind: 'operator', imeis: [imei(31)], date: now.slice(0, 10) })
  const id = await filed(31)
  const approved = await wire.does('reviewer', 'decide-appeal', approval(id, await claimed(id)))
  const [batch] = await registry.query<{ id: string }>(`SELECT id FROM batch WHERE head ->> 'letter' = $1`, [id])
  const moments = [(await wire.hello()).head]
  await age(10)
  moments.push((await wire.hello()).head)
  await expectEqual(always)

  await wire.does('reviewer2', 'revoke-decision', {
    ...{
      appeal: id,
      version: approved.version,
      note: 'the receipt is of another phone',
      reasons: ['R07'],
      internal: '',
    },
  })
  // half of it is folded, the proposal is not
  await age(10)
  moments.push((await wire.hello()).head)
  await expectEqual(always)
  const target = { type: 'undo' as const, id: batch?.id ?? '' }
  await wire.does('approver', 'sign', { target, agrees: true, note: '' })
  await expectEqual(always)
  const acts = await provedActs(id)

  // open again, decided by another officer, and all of it folded anew
  const again = await claimed(id, 'reviewer2')
  await wire.does('reviewer2', 'decide-appeal', approval(id, again))
  moments.push((await wire.hello()).head)
  const open = rowsOfEvents(await age(10))
  expect(rowsOfEvents(await age(10))).toBeLessThanOrEqual(open)
  await expectEqual(always)
  expect(await provedActs(id)).toBe(acts + 2)

  const young = await bootedDesk()
  const period = { from: '2020-01-01', to: '2040-12-31' }
  const said = (desk: SyncDesk, asOfSeq: number | null) =>
    Promise.all(
      (['state', 'officer', 'reason', 'month'] as const).map(
        async (by) => (await desk.call('report-figures', { ...period, report: 'appeals', by, asOfSeq })).table,
      ),
    )
  const states: string[] = []
  for (const moment of [...moments, null]) {
    const then = await said(always, moment)
    expect(await said(young, moment)).toEqual(then)
    states.push(JSON.stringify(then))
  }
  // approved; the same; proposed to be taken back, which is approved still; approved by another officer, one reversed; and now
  expect(states[1]).toBe(states[0])
  expect(states[3]).not.toBe(states[1])
  expect(states[4]).toBe(states[3])
  await young.stop()
})
