import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { imei15Text } from '../../src/domain/imei.ts'
import { SightingKeeper } from '../../src/registry/commands/sightingKeeper.ts'
import { openDatabase } from '../../src/registry/db/openDatabase.ts'
import { importSeen } from '../registry/observations.ts'
import { imei, TestDesk } from '../registry/testDesk.ts'
import { type TestRegistry, testRegistry } from '../registry/testRegistry.ts'
import { SyncDesk } from './syncDesk.ts'

const subscriber = (n: number) => ({ imsi: `40101000000000${n}`, msisdn: `7701000000${n}` })

let registry: TestRegistry
let wire: TestDesk
let folder: string
beforeAll(async () => {
  registry = await testRegistry()
  registry.at('2026-02-01T06:00:00Z')
  wire = await TestDesk.enrolled(registry)
  folder = mkdtempSync(join(tmpdir(), 'tamga-clone-'))
})
afterAll(async () => {
  await registry.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function open(as: string): Promise<SyncDesk> {
  const desk = await SyncDesk.open({ registry: registry.url, as, now: () => '2026-02-01T06:00:00.000Z' })
  desk.grant('out', folder)
  await desk.call('sync', {})
  return desk
}
const listOf = async (desk: SyncDesk, n: number) => {
  await desk.call('sync', {})
  return (await desk.call('lookup', { imeis: [imei15Text(imei(n))] }))[0]
}

describe('one code on several devices', () => {
  test('is a case and no list; two approvers and a named genuine holder make it black, and he keeps his service', async () => {
    const day = '2026-01-20'
    await importSeen(wire, [
      { imei14: imei(1), day: '2026-01-10', ...subscriber(1), rat: 'LTE', region: 'Алматы' },
      ...[1, 2, 3, 4].map((n) => ({
        imei14: imei(1),
        day,
        ...subscriber(n),
        rat: 'GSM',
        region: n < 3 ? 'Алматы' : 'Ақтау',
      })),
      { imei14: imei(2), day, ...subscriber(5) },
      { imei14: imei(2), day, ...subscriber(6) },
      // next door, and one and the same subscriber on his way
      { imei14: imei(3), day, ...subscriber(7), region: 'Шымкент' },
      { imei14: imei(3), day, ...subscriber(8), region: 'Туркестанская область' },
      { imei14: imei(4), day, ...subscriber(9), region: 'Алматы' },
    ])
    const desk = await open('reviewer')
    const cases = await desk.call('clone-cases', {})
    expect(cases).toMatchObject([{ no: 1, imei14: String(imei(1)), state: 'open', by: null, holders: 4 }])
    expect(cases[0]?.grounds.map((g) => [g.kind, g.figure, g.day])).toEqual([
      ['subscribers', 4, day],
      ['regions', 2, day],
    ])
    expect((await listOf(desk, 1))?.list).toBe('grey')

    const { rivals, listing } = await desk.call('clone-case', { case: '1' })
    expect(rivals).toHaveLength(4)
    expect(rivals[0]).toMatchObject({
      ...subscriber(1),
      firstDay: '2026-01-10',
      lastDay: day,
      days: 2,
      rats: ['GSM', 'LTE'],
    })
    expect(listing.list).toBe('grey')

    const decide = (verdict: 'clone' | 'resolved', imsi: string | null) => ({
      case: '1',
      verdict,
      imsi,
      note: 'papers seen',
    })
    expect(await desk.problemOf('decide-clone-case', decide('clone', null))).toBe('clone-needs-holder')
    expect(await desk.problemOf('decide-clone-case', decide('clone', '401010000000099'))).toBe('clone-needs-holder')
    expect(await desk.problemOf('decide-clone-case', decide('resolved', null))).toBe('clone-closed')
    expect(await desk.call('decide-clone-case', decide('clone', subscriber(1).imsi))).toMatchObject({
      state: 'awaiting-signature',
      signatures: [],
    })
    expect((await listOf(desk, 1))?.list).toBe('grey')
    const first = await open('approver')
    const waiting = { kind: 'clone', no: 1, appeal: null }
    expect(await first.call('to-sign', {})).toEqual([expect.objectContaining(waiting)])
    expect(await desk.call('to-sign', {})).toEqual([])
    expect(await first.call('sign-clone-case', { case: '1' })).toMatchObject({ state: 'awaiting-signature' })
    expect(await first.problemOf('sign-clone-case', { case: '1' })).toBe('already-signed')
    expect(await first.call('to-sign', {})).toEqual([])
    const second = await open('approver2')
    expect(await second.call('to-sign', {})).toEqual([expect.objectContaining(waiting)])
    expect((await second.call('appeal-counts', {})).awaitingMySignature).toBe(1)
    expect(await second.call('sign-clone-case', { case: '1' })).toMatchObject({ state: 'clone' })
    expect(await listOf(second, 1)).toMatchObject({ list: 'black', reason: 'clone' })

    const file = await second.call('operator-file', {
      operator: 'kcell',
      list: 'exceptions',
      since: null,
      target: 'out',
    })
    expect(readFileSync(join(folder, file.files[0]?.name ?? ''), 'utf8')).toBe(
      `imei,imsi,msisdn,since\n${imei15Text(imei(1))},${subscriber(1).imsi},${subscriber(1).msisdn},2026-02-01\n`,
    )

    await first.call('sync', {})
    const end = await first.call('decide-clone-case', { ...decide('resolved', null) })
    expect(end).toMatchObject({ state: 'awaiting-signature', signatures: ['approver'] })
    await second.call('sync', {})
    expect(await second.call('sign-clone-case', { case: '1' })).toMatchObject({ state: 'resolved' })
    expect(await listOf(second, 1)).toMatchObject({ list: 'grey' })
    const change = await second.call('operator-file', {
      operator: 'kcell',
      list: 'exceptions',
      since: file.seq,
      target: 'out',
    })
    expect(change).toMatchObject({ rows: 1, unblocked: 1 })
  })

  test('in use before the cut-off opens no case by itself, and a dismissed case changes nothing', async () => {
    await wire.imports({ kind: 'legacy', imeis: [imei(10)], date: '2025-01-01' })
    const day = '2026-01-22'
    await importSeen(
      wire,
      [1, 2, 3, 4, 5].map((n) => ({ imei14: imei(10), day, ...subscriber(n) })),
      'beeline',
    )
    const desk = await open('reviewer')
    const before = await desk.call('clone-cases', {})
    expect(before.map((c) => c.imei14)).not.toContain(String(imei(10)))
    const opened = await desk.call('open-clone-case', { imei: imei15Text(imei(10)), note: 'complaint' })
    expect(opened.state).toBe('open')
    expect(await desk.problemOf('open-clone-case', { imei: imei15Text(imei(10)) })).toBe('clone-closed')
    const asked = { case: String(opened.no), verdict: 'dismissed', imsi: null, note: 'one family' } as const
    expect(await desk.call('decide-clone-case', asked)).toMatchObject({ state: 'dismissed' })
    expect(await listOf(desk, 10)).toMatchObject({ list: 'white', reason: 'legacy' })
    expect(await desk.problemOf('decide-clone-case', asked)).toBe('clone-closed')
    const importer = await open('importer')
    expect(await importer.problemOf('open-clone-case', { imei: imei15Text(imei(11)) })).toBe('role-forbids')
  })
})

describe('raw observations', () => {
  test('stay at the registry: no desk gets the file, and they go with the batch that brought them', async () => {
    const { batch, observations } = await importSeen(wire, [{ imei14: imei(20), day: '2026-01-25', ...subscriber(7) }])
    expect(JSON.stringify(await wire.feed())).not.toContain(observations.sha256)
    expect((await wire.send('GET', `/v1/blobs/${observations.sha256}`)).status).toBe(404)
    const count = async () => (await registry.query('SELECT 1 FROM sighting WHERE imei14 = $1', [imei(20)])).length
    expect(await count()).toBe(1)
    await wire.does('importer', 'undo-batch', { batch, reason: 'wrong file' })
    expect(await count()).toBe(0)
  })

  test('show blocked IMEIs that an operator still lets in after the days he has to block', async () => {
    await wire.importsBlack({ kind: 'stolen', imeis: [imei(30), imei(31)], date: '2026-01-10' })
    await importSeen(
      wire,
      [
        { imei14: imei(30), day: '2026-01-12', ...subscriber(8) },
        { imei14: imei(30), day: '2026-01-14', ...subscriber(8) },
        { imei14: imei(30), day: '2026-01-16', ...subscriber(8) },
        { imei14: imei(31), day: '2026-01-13', ...subscriber(9) },
      ],
      'tele2',
    )
    const desk = await open('auditor')
    expect(await desk.call('violations', {})).toEqual({
      total: 1,
      rows: [
        {
          imei14: String(imei(30)),
          operator: 'tele2',
          since: '2026-01-10',
          firstDay: '2026-01-14',
          lastDay: '2026-01-16',
          days: 2,
        },
      ],
    })
    expect((await desk.call('violations', { operator: 'kcell' })).total).toBe(0)
  })

  test('that two files bring are kept for each and counted once, as days and as subscribers', async () => {
    const twice = { imei14: imei(32), day: '2026-01-20', ...subscriber(7) }
    const first = await importSeen(wire, [twice, { ...twice, rat: 'LTE' }, { ...twice, day: '2026-01-21' }])
    await importSeen(wire, [twice, { ...twice, day: '2026-01-22' }, { ...twice, imei14: imei(33) }])
    const desk = await open('reviewer')
    const opened = await desk.call('open-clone-case', { imei: imei15Text(imei(32)), note: 'how often it was seen' })
    const rivals = async () => (await desk.call('clone-case', { case: String(opened.no) })).rivals
    expect(await rivals()).toEqual([expect.objectContaining({ imsi: subscriber(7).imsi, days: 3 })])
    // taking the first back leaves what the second says of the same day
    await wire.does('importer', 'undo-batch', { batch: first.batch, reason: 'wrong file' })
    expect(await rivals()).toEqual([expect.objectContaining({ firstDay: '2026-01-20', days: 2 })])
  })
})

test('a model that cannot do the radio technology it is seen with is suspected', async () => {
  await registry.query(
    `INSERT INTO batch (no, id, kind, source, content, head, segments, effect, reviewed, made_by, desk, command, state, added_seq, accepted_at)
     VALUES (9000, gen_random_uuid(), 'tac', 'gsma', repeat('9', 64), '{}', '[]', '{}', '', '', '', '', 'committed', 1, now())`,
  )
  await registry.query(`INSERT INTO tac VALUES ($1, 9000, 'A', 'B', '{"note":"GSM 900/1800"}')`, [
    Math.floor(imei(70) / 1e6),
  ])
  await importSeen(wire, [
    { imei14: imei(70), day: '2026-01-28', ...subscriber(1), rat: 'LTE' },
    { imei14: imei(71), day: '2026-01-28', ...subscriber(2), rat: '2G' },
  ])
  const desk = await open('auditor')
  const found = (await desk.call('clone-cases', {})).filter((c) => c.grounds.some((g) => g.kind === 'radio'))
  expect(found.map((c) => c.imei14)).toEqual([String(imei(70))])
})

test('raw observations are forgotten when the policy’s days for them are over', async () => {
  await importSeen(wire, [{ imei14: imei(60), day: '2026-01-02', ...subscriber(8) }])
  const db = await openDatabase(registry.database, () => undefined)
  const count = async () => (await registry.query('SELECT 1 FROM sighting WHERE imei14 = $1', [imei(60)])).length
  const keeper = (now: string) =>
    new SightingKeeper(
      db,
      () => now,
      () => undefined,
    )
  await keeper('2027-02-05T06:00:00Z').forget()
  expect(await count()).toBe(1)
  await keeper('2027-02-09T06:00:00Z').forget()
  expect(await count()).toBe(0)
  await db.close()
})

describe('two IMEIs of one device', () => {
  test('are held against declarations, models and pairs of others', async () => {
    await wire.imports({ kind: 'customs', imeis: [imei(40), imei(41)], date: '2026-01-05', oneDevice: true })
    await wire.imports({ kind: 'operator', imeis: [imei(42)], date: '2026-01-06' })
    const desk = await open('reviewer')
    const pair = (a: number, b: number) =>
      desk.call('device-pair', { imeis: [imei15Text(imei(a)), imei15Text(imei(b))] })
    expect((await pair(40, 41)).verdict).toBe('match')
    const other = await pair(40, 42)
    expect(other.verdict).toBe('contradict')
    expect(other.findings.find((f) => f.rule === 'other-pair')).toMatchObject({
      verdict: 'contradict',
      because: String(imei(41)),
    })
    expect((await pair(42, 43)).verdict).toBe('unclear')
  })
})
