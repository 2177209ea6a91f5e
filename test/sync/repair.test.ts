import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openConnection } from '../../src/engine/db/connection.ts'
import { imei, TestDesk } from '../registry/testDesk.ts'
import { type TestRegistry, testRegistry } from '../registry/testRegistry.ts'
import { fileAppeal } from './appealOf.ts'
import { KEY, SyncDesk } from './syncDesk.ts'

let registry: TestRegistry
let wire: TestDesk
beforeAll(async () => {
  registry = await testRegistry()
  wire = await TestDesk.enrolled(registry)
  await wire.imports({
    kind: 'operator',
    imeis: Array.from({ length: 9000 }, (_, i) => imei(i * 11)),
    date: '2025-12-20',
  })
  await wire.importsBlack({ kind: 'stolen', imeis: [imei(200_000), imei(200_001)] })
})
afterAll(() => registry.stop())

/** A mirror that agrees with the registry, then spoilt behind its engine's back. */
async function spoilt(...statements: string[]): Promise<string> {
  const desk = await SyncDesk.open({ registry: registry.url, as: 'auditor' })
  await desk.call('sync', {})
  expect((await desk.call('verify', {})).cache).toMatchObject({
    equal: true,
    repaired: { facts: 0, listings: 0 },
    rebuilt: false,
  })
  await desk.stop()
  const db = openConnection(join(desk.home, 'cache.db'), {
    keyHex: KEY,
    readonly: false,
    synchronous: 'NORMAL',
    cacheMb: 8,
  })
  for (const statement of statements) db.exec(statement)
  db.close()
  return desk.home
}

describe('a mirror that is not what the registry has', () => {
  test('is found to the row and put right: facts lost, added and changed, listings too', async () => {
    const home = await spoilt(
      `DELETE FROM fact WHERE imei14 IN (${imei(11)}, ${imei(22)})`,
      `UPDATE fact SET next = 7 WHERE imei14 = ${imei(33)}`,
      `INSERT INTO fact(imei14, batch, doc, next) VALUES (${imei(5)}, 1, 1, 0)`,
      `INSERT INTO listing_entry(list, reason, since) VALUES ('black', 'stolen', '2026-01-01')`,
      `UPDATE listed SET entry = (SELECT max(no) FROM listing_entry) WHERE imei14 = ${imei(44)}`,
      `DELETE FROM listed WHERE imei14 = ${imei(200_000)}`,
    )
    const desk = await SyncDesk.open({ registry: registry.url, as: 'auditor', home })
    const { cache } = await desk.call('verify', {})
    expect(cache).toMatchObject({ equal: true, repaired: { facts: 4, listings: 2 }, rebuilt: false })
    expect(cache.repaired.ranges.length).toBeGreaterThan(1)
    expect((await desk.call('verify', {})).cache.repaired).toEqual({ facts: 0, listings: 0, appeals: 0, ranges: [] })
  })

  test('has the appeals of the registry again: one lost, one of an older version, one that nobody filed', async () => {
    const ids: string[] = []
    for (let i = 0; i < 4; i++) ids.push((await fileAppeal(wire, imei(500_000 + i))).id)
    const [lost = '', old = ''] = ids
    await wire.does('reviewer', 'claim-appeal', { appeal: old })
    const home = await spoilt(
      `DELETE FROM appeal WHERE id = '${lost}'`,
      `UPDATE appeal SET version = 1, state = 'received' WHERE id = '${old}'`,
      `UPDATE appeal SET id = 'A-2026-999999' WHERE id = '${ids[3]}'`,
    )
    const desk = await SyncDesk.open({ registry: registry.url, as: 'auditor', home })
    expect((await desk.call('verify', {})).cache).toMatchObject({
      equal: true,
      rebuilt: false,
      repaired: { facts: 0, listings: 0, appeals: 4 },
    })
    expect(await desk.call('appeal', { id: lost })).toMatchObject({ id: lost, state: 'received', version: 1 })
    expect(await desk.call('appeal', { id: old })).toMatchObject({ state: 'claimed', version: 2 })
    expect(await desk.problemOf('appeal', { id: 'A-2026-999999' })).toBe('appeal-unknown')
    // and what follows is applied to what was repaired
    await wire.does('reviewer', 'return-appeal', { appeal: old, reason: 'next shift' })
    await wire.does('reviewer2', 'claim-appeal', { appeal: lost })
    await desk.call('sync', {})
    expect(await desk.call('appeal', { id: old })).toMatchObject({ state: 'received', version: 3 })
    expect((await desk.call('verify', {})).cache).toMatchObject({ equal: true, repaired: { appeals: 0 } })
  })

  test('is built anew when rows alone do not mend it', async () => {
    const home = await spoilt('DELETE FROM batch WHERE no = 2')
    const desk = await SyncDesk.open({ registry: registry.url, as: 'auditor', home })
    expect((await desk.call('verify', {})).cache).toMatchObject({ equal: false, rebuilt: true })
    expect((await desk.call('verify', {})).cache).toMatchObject({ equal: true, rebuilt: false })
  })

  test('is compared by itself after an end that was not one', async () => {
    const home = await spoilt(`DELETE FROM fact WHERE imei14 = ${imei(55)}`, `UPDATE cursor SET opened = 'open'`)
    const desk = await SyncDesk.open({ registry: registry.url, as: 'auditor', home })
    await desk.call('sync', {})
    expect((await desk.call('verify', {})).cache.repaired).toMatchObject({ facts: 0 })
    await desk.stop()
    const live = await SyncDesk.open({
      registry: registry.url,
      as: 'auditor',
      home: await spoilt(`DELETE FROM fact WHERE imei14 = ${imei(66)}`, `UPDATE cursor SET opened = 'open'`),
      live: true,
    })
    await expect
      .poll(
        () =>
          live.notices.some(
            (n) =>
              n.name === 'job' &&
              (n.value as { id: string; state: string }).id === 'compare' &&
              (n.value as { state: string }).state === 'done',
          ),
        { timeout: 60_000 },
      )
      .toBe(true)
    expect((await live.call('verify', {})).cache).toMatchObject({ equal: true, repaired: { facts: 0 } })
  })

  test('is kept when the registry has the same history under a new epoch', async () => {
    const home = await spoilt(`DELETE FROM fact WHERE imei14 = ${imei(77)}`)
    await registry.query('UPDATE counter SET epoch = gen_random_uuid()')
    const desk = await SyncDesk.open({ registry: registry.url, as: 'auditor', home })
    expect(await desk.call('sync', {})).toMatchObject({ pulled: 0, online: true })
    expect((await desk.call('verify', {})).cache).toMatchObject({ equal: true, repaired: { facts: 0 } })
  })
})

test('a mirror is compared to its end while others work without pause', async () => {
  const desk = await SyncDesk.open({ registry: registry.url, as: 'auditor', live: true })
  await desk.call('sync', {})
  let working = true
  const others = (async () => {
    for (let i = 0; working; i++) await wire.imports({ kind: 'customs', imeis: [imei(400_000 + i)] })
  })()
  try {
    for (let i = 0; i < 3; i++)
      expect((await desk.call('verify', {})).cache).toMatchObject({ equal: true, rebuilt: false })
  } finally {
    working = false
    await others
  }
})

test('an act told by several events is no place to compare at; the desk goes on and compares behind it', async () => {
  await wire.imports({ kind: 'customs', imeis: [imei(300_001), imei(300_002)] })
  const full = await wire.imports({ kind: 'customs', imeis: [imei(300_002), imei(300_003)], full: true })
  const { head } = await wire.hello()
  await wire.does('importer', 'undo-batch', { batch: full.batch, reason: 'wrong file' })
  const between = await wire.send('GET', `/v1/digest?atSeq=${head + 1}`)
  expect([between.status, between.body]).toMatchObject([409, { problem: { code: 'digest-between' } }])
  expect((await wire.send('GET', `/v1/digest?atSeq=${head}`)).status).toBe(200)
  const desk = await SyncDesk.open({ registry: registry.url, as: 'auditor' })
  await desk.call('sync', {})
  expect((await desk.call('verify', {})).cache.equal).toBe(true)
})
