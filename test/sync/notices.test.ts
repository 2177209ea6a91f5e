import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import papaparse from 'papaparse'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runManifest } from '../../src/contract/fingerprint.ts'
import { sealText } from '../../src/contract/registry/blockRuns.ts'
import { addDays } from '../../src/domain/businessDate.ts'
import { DEFAULT_POLICY } from '../../src/domain/defaultPolicy.ts'
import { imei15Text } from '../../src/domain/imei.ts'
import { isUnwarned, NOTICE_STAGES, NOTICE_STATES, noticeDue } from '../../src/domain/notice.ts'
import { RegistryClient } from '../../src/engine/sync/registryClient.ts'
import { isSigned } from '../../src/registry/auth/signature.ts'
import { importSeen, type Seen } from '../registry/observations.ts'
import { imei, TestDesk } from '../registry/testDesk.ts'
import { type TestRegistry, testRegistry } from '../registry/testRegistry.ts'
import { SyncDesk } from './syncDesk.ts'

describe('the warning that is due', () => {
  const day = fc.integer({ min: -60, max: 40 }).map((n) => addDays('2026-03-01', n))
  const given = fc.uniqueArray(fc.constantFrom(...NOTICE_STAGES)).map((stages) => new Set(stages))
  test('is never one that was given, and on the last day the last one', () => {
    fc.assert(
      fc.property(given, day, (stages, today) => {
        const stage = noticeDue('2026-03-01', stages, today, DEFAULT_POLICY)
        if (stage) expect(stages.has(stage)).toBe(false)
        if (today > '2026-03-01' && stages.size > 0) expect(stage).toBeNull()
        if (today === '2026-03-01' && !stages.has('last')) expect(stage).toBe('last')
        if (today < '2026-02-22') expect(stage).toBe(stages.has('first') ? null : 'first')
      }),
    )
  })
  test('a delivered one frees an IMEI for a run whatever else failed', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...NOTICE_STATES)), (states) => {
        const policy = (warning: 'off' | 'failed' | 'required') => ({
          ...DEFAULT_POLICY,
          blockRun: { cap: 5, holdsPerDevice: 1, warning },
        })
        expect(isUnwarned(states, policy('off'))).toBe(false)
        expect(isUnwarned([...states, 'delivered'], policy('required'))).toBe(false)
        expect(isUnwarned([], policy('required'))).toBe(true)
        expect(isUnwarned([], policy('failed'))).toBe(false)
        expect(isUnwarned(['failed'], DEFAULT_POLICY)).toBe(true)
      }),
    )
  })
})

let registry: TestRegistry
let wire: TestDesk
let folder: string
beforeAll(async () => {
  registry = await testRegistry()
  wire = await TestDesk.enrolled(registry)
  folder = mkdtempSync(join(tmpdir(), 'tamga-notices-'))
})
afterAll(async () => {
  await registry.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function open(as: string, now: string): Promise<SyncDesk> {
  registry.at(now)
  const desk = await SyncDesk.open({ registry: registry.url, as, now: () => now })
  desk.grant('out', folder)
  await desk.call('sync', {})
  return desk
}
const file = (name: string, lines: readonly string[]): string => {
  const path = join(folder, name)
  writeFileSync(path, lines.join('\n'))
  return path
}
const seen = (n: number, more: Partial<Seen> = {}): Seen => ({
  imei14: imei(n),
  day: '2026-01-10',
  imsi: `4010100000001${n}`,
  msisdn: `770100001${n}`,
  ...more,
})

describe('warnings and the block runs after them', () => {
  test('go to the operator of the latest subscriber with number and text, once a stage; roaming and M2M get none', async () => {
    registry.at('2026-01-12T06:00:00.000Z')
    await importSeen(wire, [seen(11), seen(12), seen(13)])
    await importSeen(wire, [seen(14, { network: 'roaming' })])
    await importSeen(wire, [seen(15, { network: 'm2m' })])
    await importSeen(wire, [seen(13, { day: '2026-01-11', imsi: '401070000000013', msisdn: '77070000013' })], 'tele2')
    const desk = await open('approver', '2026-01-12T06:00:00.000Z')
    expect(await desk.call('notices-due', {})).toEqual({ first: 3, reminder: 0, last: 0, overdue: 0 })
    const issued = await desk.call('issue-notices', { operator: 'kcell', target: 'out' })
    expect(issued).toMatchObject({ no: 1, first: 2, reminder: 0, last: 0, rows: 2 })
    const rows = papaparse.parse<Record<string, string>>(
      readFileSync(join(folder, issued.file?.name ?? ''), 'utf8').replace('\ufeff', ''),
      { header: true, skipEmptyLines: true },
    ).data
    expect(rows.map((r) => [r.imei, r.msisdn, r.stage, r.deadline])).toEqual([
      [imei15Text(imei(11)), '77010000111', 'first', '2026-02-09'],
      [imei15Text(imei(12)), '77010000112', 'first', '2026-02-09'],
    ])
    expect(rows[0]?.text_kk).toContain('09.02.2026 күніне дейін')
    expect(rows[0]?.text_ru).toContain(imei15Text(imei(11)))
    expect(await desk.call('issue-notices', { operator: 'kcell', target: 'out' })).toMatchObject({
      issue: null,
      rows: 0,
    })
    expect(await desk.call('issue-notices', { operator: 'tele2', target: 'out' })).toMatchObject({ first: 1 })
    // numbers of subscribers are in no event
    expect(JSON.stringify(await wire.feed())).not.toContain('7701000011')

    const last = await open('approver', '2026-02-09T06:00:00.000Z')
    expect(await last.call('notices-due', {})).toMatchObject({ last: 3 })
    expect(await last.call('issue-notices', { operator: 'kcell', target: 'out' })).toMatchObject({
      no: 3,
      last: 2,
      first: 0,
    })
  })

  test('what did not arrive holds the IMEI in a run; what arrived frees it, and the run is sealed', async () => {
    const now = '2026-02-20T06:00:00.000Z'
    const desk = await open('approver', now)
    const source = file('delivery.csv', [
      'notice,operator,imei,status,code',
      `1,kcell,${imei15Text(imei(11))},delivered,`,
      `1,kcell,${imei15Text(imei(12))},failed,absent subscriber`,
      `1,kcell,${imei15Text(imei(19))},delivered,`,
    ])
    desk.grant('delivery', source)
    expect(await desk.call('record-delivery', { issue: '1', source: 'delivery' })).toEqual({
      no: 1,
      delivered: 1,
      failed: 1,
      strange: 1,
    })
    desk.grant(
      'wrong',
      file('wrong.csv', ['notice,operator,imei,status', `1,beeline,${imei15Text(imei(11))},delivered`]),
    )
    expect(await desk.problemOf('record-delivery', { issue: '1', source: 'wrong' })).toBe('receipt-other-operator')
    expect(await desk.problemOf('record-delivery', { issue: '99', source: 'delivery' })).toBe('notice-unknown')
    const other = await open('auditor', now)
    expect((await other.call('notice-issues', {})).find((i) => i.no === 1)).toMatchObject({ delivered: 1, failed: 1 })

    // 11 was warned; of 12 and 13 no warning arrived
    const heldBy = { appeal: 0, complaint: 0, warning: 2 }
    expect(await desk.call('blockrun-preview', { until: null })).toMatchObject({ toBlack: 1, held: 2, heldBy })
    const run = await desk.call('blockrun-propose', { until: null })
    expect(run).toMatchObject({ toBlack: 1, held: 2 })
    const id = run.run ?? ''
    expect(await desk.call('blockrun-show', { run: id })).toMatchObject({ heldBy, amnestyUntil: null })
    expect(await desk.call('blockrun-imeis', { run: id, part: 'held', after: null, limit: 10 })).toEqual(
      [12, 13].map((n) => ({ imei14: String(imei(n)), why: 'warning', appeal: null })),
    )
    const second = await open('approver2', now)
    expect(await second.call('blockrun-sign', { run: id })).toMatchObject({ state: 'committed', toBlack: 1 })
    const path = join(folder, 'run.json')
    second.grant('run', path)
    expect(await second.call('blockrun-manifest', { run: id, target: 'run' })).toMatchObject({ imeis: 1, sealed: true })
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as {
      run: string
      until: string
      manifest: string
      signatures: string[]
      seal: { key: string; value: string }
      imeis: string[]
    }
    expect(runManifest(createHash('sha256'), manifest.run, manifest.until, manifest.imeis.map(Number))).toBe(
      manifest.manifest,
    )
    const keys = (await (await fetch(`${registry.url}/v1/keys`)).json()) as { id: string; publicKey: string }[]
    const key = keys.find((k) => k.id === manifest.seal.key)?.publicKey ?? ''
    const sealed = sealText(manifest.run, manifest.manifest, manifest.signatures)
    expect(isSigned(sealed, manifest.seal.value, key)).toBe(true)
    expect(isSigned(sealText(manifest.run, manifest.manifest, ['approver']), manifest.seal.value, key)).toBe(false)
  })

  test('may take a part of what is due, and nothing during an amnesty', async () => {
    const now = '2026-04-20T06:00:00.000Z'
    registry.at(now)
    await wire.imports({ kind: 'operator', imeis: [21, 22, 23].map(imei), date: '2026-03-01' })
    const desk = await open('approver', now)
    const schedule = await desk.call('blockrun-schedule', { days: 3 })
    expect(schedule.overdue).toBeGreaterThanOrEqual(3)
    expect(schedule.days.map((d) => d.day)).toEqual(['2026-04-20', '2026-04-21', '2026-04-22'])
    const part = await desk.call('blockrun-propose', { until: null, most: 2, prefix: String(imei(21)).slice(0, 13) })
    expect(part).toMatchObject({ toBlack: 2 })
    const none = await desk.call('blockrun-propose', { until: null, prefix: '99' })
    expect(none).toMatchObject({ run: null, state: 'empty', toBlack: 0 })
    expect(await desk.call('blockrun-sign', { run: part.run ?? '', agrees: false, note: 'too early' })).toMatchObject({
      state: 'declined',
    })
    const amnesty = { ...DEFAULT_POLICY, blockRun: { cap: 100, holdsPerDevice: 1, amnestyUntil: '2026-04-20' } }
    await registry.query('UPDATE policy SET doc = $1 WHERE version = 4', [JSON.stringify(amnesty)])
    expect(await desk.problemOf('blockrun-propose', { until: null })).toBe('run-amnesty')
    registry.at('2026-04-21T06:00:00.000Z')
    expect(await desk.call('blockrun-propose', { until: '2026-04-19' })).toMatchObject({ toBlack: 3 })
  })

  test('are issued for what a filter lets through alone, listed page by page, and the list names the query for good', async () => {
    const now = '2026-06-03T06:00:00.000Z'
    registry.at(now)
    await importSeen(wire, [seen(41, { day: '2026-06-01' }), seen(42, { day: '2026-06-01' })])
    await importSeen(wire, [seen(43, { day: '2026-06-02' }), seen(44, { day: '2026-06-02' })])
    await importSeen(wire, [seen(45, { day: '2026-06-02' })], 'tele2')
    const desk = await open('approver', now)
    const where = { list: 'grey', sinceFrom: '2026-06-02' } as const
    expect(await desk.call('notices-due', { where })).toMatchObject({ first: 3, reminder: 0, last: 0, overdue: 0 })
    const tele2 = { ...where, operator: 'tele2' } as const
    expect(await desk.call('notices-due', { where: tele2 })).toMatchObject({ first: 1 })
    expect(await desk.call('notices-due', { where: { list: 'grey', prefix: '99' } })).toMatchObject({ first: 0 })

    const due: string[] = []
    for (let after: string | null = null; ; ) {
      const page: Awaited<ReturnType<typeof dueFrom>> = await dueFrom(after)
      due.push(...page.rows.map(({ imei14 }) => imei14))
      after = page.next
      if (after === null) break
      expect(page.rows).toHaveLength(2)
    }
    function dueFrom(after: string | null) {
      return desk.call('notices-due-page', { where, after, limit: 2 })
    }
    expect(due).toEqual([43, 44, 45].map((n) => String(imei(n))))
    expect(await desk.call('notices-due-page', { where, stage: 'last' })).toEqual({ rows: [], next: null })

    const issued = await desk.call('issue-notices', { operator: 'kcell', where, target: 'out' })
    expect(issued).toMatchObject({ first: 2, rows: 2 })
    const rows = papaparse.parse<Record<string, string>>(
      readFileSync(join(folder, issued.file?.name ?? ''), 'utf8').replace('\ufeff', ''),
      { header: true, skipEmptyLines: true },
    ).data
    expect(rows.map((r) => r.imei)).toEqual([43, 44].map((n) => imei15Text(imei(n))))
    // those the filter held back are still due, and only those
    expect(await desk.call('issue-notices', { operator: 'kcell', where, target: 'out' })).toMatchObject({ rows: 0 })
    expect((await desk.call('notices-due-page', { where: { list: 'grey', sinceFrom: '2026-06-01' } })).rows).toEqual(
      [41, 42, 45].map((n) => expect.objectContaining({ imei14: String(imei(n)), stage: 'first' })),
    )
    const other = await open('auditor', now)
    const [latest, before] = await other.call('notice-issues', {})
    expect(latest).toMatchObject({ no: issued.no, where })
    expect(before?.where).toBeNull()
  })

  test('are not asked of a registry that would warn everybody, since it does not know the filter', async () => {
    const older = createServer((request, response) => {
      fetch(new URL(request.url ?? '', registry.url))
        .then((answer) => answer.json())
        .then(({ can: _, ...hello }: Record<string, unknown>) => response.end(JSON.stringify(hello)))
        .catch((error: unknown) => response.destroy(error as Error))
    })
    await new Promise<void>((resolve) => older.listen(0, '127.0.0.1', resolve))
    const { port } = older.address() as AddressInfo
    const client = new RegistryClient(
      `http://127.0.0.1:${port}`,
      {} as never,
      () => '2026-06-03T06:00:00.000Z',
      AbortSignal.timeout(10_000),
    )
    try {
      await expect(client.mustBeAble('warn-matching')).rejects.toMatchObject({ problem: { code: 'registry-version' } })
    } finally {
      older.close()
      older.closeAllConnections()
    }
  })
})
