import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestRegistry, testRegistry } from '../../registry/testRegistry.ts'
import { zipOf } from '../../sheet/handmade.ts'
import { at, Importing, imei } from './importing.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await testRegistry()
  registry.at(at())
})
afterAll(() => registry.stop())

const IMSI = '401015203237518'
const sent = (serial: number): string => `${imei(serial, 86300001).slice(0, 14)}0`
const DAY = [
  'date,imei,imsi,msisdn,rat,region',
  `2026-11-03,${sent(1)},${IMSI},77010000001,LTE,Алматы`,
  `2026-11-04,${sent(1)},${IMSI},77010000001,NR,Алматы`,
  `2026-11-03,${sent(2)},250015203237518,,LTE,`,
].join('\n')

describe("an operator's daily dump", () => {
  test('brings its raw observations to the registry, and first sightings only to desks', async () => {
    const d = await Importing.open(registry.url)
    // as operators pack them: a zip of the day's file
    const path = join(d.folder, 'kcell_20261103.zip')
    writeFileSync(path, zipOf([{ name: 'daily/kcell_20261103.csv', data: DAY }]))
    const committed = await d.import('operator', d.grant(path), { source: 'kcell' })
    expect(committed).toMatchObject({ state: 'committed', counts: { rows: 3, accepted: 3, imeis: 2 } })
    const rows = await registry.query<{ imei14: string; imsi: string | null; rat: string | null }>(
      'SELECT imei14, imsi, rat FROM sighting ORDER BY imei14, day',
    )
    expect(rows.map(({ imei14, imsi }) => [Number(imei14), imsi])).toEqual([
      [Number(sent(1).slice(0, 14)), IMSI],
      [Number(sent(1).slice(0, 14)), IMSI],
      [Number(sent(2).slice(0, 14)), '250015203237518'],
    ])
    // another desk learns the sighting from the feed, and nothing of the subscriber
    const other = await Importing.open(registry.url)
    const [found] = await other.desk.call('lookup', { imeis: [imei(1, 86300001)] })
    expect(found).toMatchObject({ list: 'grey', since: '2026-11-03' })
    const feed = await (await fetch(`${registry.url}/v1/feed?after=0&limit=1000`)).text()
    expect(feed).not.toContain('observations')
    for (const file of ['cache.db', 'desk.db'])
      expect(readFileSync(join(other.desk.home, file)).includes(IMSI), file).toBe(false)
  })

  test('packed by gzip is read the same, and the same content is the same batch', async () => {
    const d = await Importing.open(registry.url)
    const path = join(d.folder, 'kcell_20261103.csv.gz')
    writeFileSync(path, gzipSync(DAY))
    expect(await d.import('operator', d.grant(path), { source: 'kcell' })).toMatchObject({ state: 'same' })
  })

  test('of the same devices with the same first days, but observed anew, is a batch of its own and counts', async () => {
    const d = await Importing.open(registry.url)
    const observed = async () => (await registry.query<{ n: number }>('SELECT count(*)::int AS n FROM sighting'))[0]?.n
    const lines = (imsi: string) => [
      'date,imei,imsi,msisdn,rat,region',
      ...Array.from({ length: 3 }, (_, i) => `2026-11-02,${sent(200 + i)},${imsi},,LTE,Алматы`),
    ]
    const file = (name: string, text: readonly string[]) => {
      writeFileSync(join(d.folder, name), text.join('\n'))
      return d.import('operator', d.grant(join(d.folder, name)), { source: 'kcell' })
    }
    expect(await file('kcell_a.csv', lines('401015203230001'))).toMatchObject({ state: 'committed' })
    const before = await observed()
    // other subscribers on the same day in the same devices
    expect(await file('kcell_b.csv', lines('401015203230002'))).toMatchObject({ state: 'committed' })
    expect(await observed()).toBe((before ?? 0) + 3)
    // said once more, by either file, it is known
    expect(await file('kcell_c.csv', lines('401015203230002'))).toMatchObject({ state: 'same' })
    expect(await observed()).toBe((before ?? 0) + 3)
  })

  test('that says a thing twice, or again what another file said, is counted once; either file can be taken back', async () => {
    const d = await Importing.open(registry.url)
    const path = join(d.folder, 'kcell_20261105.csv')
    writeFileSync(
      path,
      [
        'date,imei,imsi,msisdn,rat,region',
        `2026-11-05,${sent(3)},${IMSI},77010000001,LTE,Алматы`,
        // the whole row again; the same subscriber on the same day in another technology; and a day of the file before
        `2026-11-05,${sent(3)},${IMSI},77010000001,LTE,Алматы`,
        `2026-11-05,${sent(3)},${IMSI},77010000001,NR,Алматы`,
        `2026-11-03,${sent(1)},${IMSI},77010000001,LTE,Алматы`,
        ...Array.from({ length: 96 }, (_, i) => `2026-11-05,${sent(10 + i)},,,LTE,Алматы`),
      ].join('\n'),
    )
    const committed = await d.import('operator', d.grant(path), { source: 'kcell' })
    expect(committed).toMatchObject({
      state: 'committed',
      counts: { rows: 100, accepted: 99, duplicates: 1, imeis: 98 },
    })
    const sighted = async (serial: number) =>
      (
        await registry.query<{ days: number; subscribers: number; rows: number }>(
          `SELECT count(DISTINCT day)::int AS days, count(DISTINCT imsi)::int AS subscribers, count(*)::int AS rows FROM sighting
           WHERE imei14 = $1`,
          [sent(serial).slice(0, 14)],
        )
      )[0]
    expect(await sighted(3)).toEqual({ days: 1, subscribers: 1, rows: 1 })
    // the day that both files bring stands under each of them
    expect(await sighted(1)).toEqual({ days: 2, subscribers: 1, rows: 3 })
    const since = async () => (await d.desk.call('lookup', { imeis: [imei(1, 86300001)] }))[0]?.since
    expect(await since()).toBe('2026-11-03')
    await d.desk.call('undo-batch', { batch: committed.batch, reason: 'the wrong day' })
    expect(await sighted(3)).toEqual({ days: 0, subscribers: 0, rows: 0 })
    expect(await sighted(1)).toEqual({ days: 2, subscribers: 1, rows: 2 })
    await d.desk.call('sync', {})
    expect(await since()).toBe('2026-11-03')
  })
})
