import { zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { emptySegment } from '../../src/registry/segment/openSegment.ts'
import { imei, TestDesk } from './testDesk.ts'
import { type TestRegistry, testRegistry } from './testRegistry.ts'

let registry: TestRegistry
let desk: TestDesk
beforeAll(async () => {
  registry = await testRegistry()
  desk = await TestDesk.enrolled(registry)
})
afterAll(() => registry.stop())

const listed = async (...imeis: number[]) =>
  (
    await registry.query<{ list: string; reason: string }>(
      'SELECT list, reason FROM listing WHERE imei14 = ANY($1) ORDER BY imei14',
      [imeis],
    )
  ).map((r) => `${r.list} ${r.reason}`)
const liveFacts = async (...imeis: number[]) =>
  (
    await registry.query(
      "SELECT f.imei14 FROM fact f JOIN batch b ON b.no = f.batch AND b.state = 'committed' WHERE f.imei14 = ANY($1)",
      [imeis],
    )
  ).length
const signature = (id: string, agrees = true) => ({ target: { type: 'batch' as const, id }, agrees, note: 'seen' })

test('a customs list makes its IMEIs white: effect, facts, event and audit in one', async () => {
  const done = await desk.imports({ kind: 'customs', imeis: [imei(1), imei(2)], oneDevice: true })
  expect(done).toMatchObject({ state: 'committed', effect: { toWhite: 2, toBlack: 0, unchanged: 0 } })
  const event = (await desk.feed()).at(-1)
  expect(event).toMatchObject({ type: 'batch-committed', doc: { by: 'importer', signedBy: [], replaces: [] } })
  expect(await liveFacts(imei(1), imei(2))).toBe(2)
  const [batch] = await registry.query<{ added_seq: string }>('SELECT added_seq FROM batch WHERE id = $1', [done.batch])
  expect(Number(batch?.added_seq)).toBe(event?.seq)
  const [entry] = await registry.query('SELECT officer, desk, act, subject FROM audit ORDER BY no DESC LIMIT 1')
  expect(entry).toEqual({ officer: 'importer', desk: desk.id, act: 'commit-batch', subject: done.batch })
})

test("an operator's sightings make grey with a deadline; roaming starts no clock", async () => {
  const seen = { kind: 'operator' as const, date: '2025-11-03' }
  expect((await desk.imports({ ...seen, imeis: [imei(10)] })).effect.toGrey).toBe(1)
  expect((await desk.imports({ ...seen, imeis: [imei(11)], network: 'roaming' })).effect.unchanged).toBe(1)
  const rows = await registry.query('SELECT list, reason, since::text, deadline::text FROM listing WHERE imei14 = $1', [
    imei(10),
  ])
  expect(rows).toEqual([{ list: 'grey', reason: 'not-confirmed', since: '2025-11-03', deadline: '2025-12-03' }])
  expect(await listed(imei(11))).toEqual([])
})

test('the same content is the same batch as long as that counts', async () => {
  const list = { kind: 'customs' as const, imeis: [imei(20)], date: '2025-09-09' }
  const first = await desk.imports(list)
  expect(await desk.imports(list)).toMatchObject({ batch: first.batch, state: 'same', effect: { unchanged: 1 } })
  await desk.does('importer', 'undo-batch', { batch: first.batch, reason: 'wrong file' })
  const again = await desk.imports(list)
  expect(again.state).toBe('committed')
  expect(again.batch).not.toBe(first.batch)
})

test('into black only with a second signature, and until then nothing of the list counts', async () => {
  const list = { kind: 'stolen' as const, imeis: [imei(30)], moves: [[imei(30), 'none', 'black']] as const }
  const done = await desk.imports(list)
  expect(done).toMatchObject({ state: 'awaiting-signature', effect: { toBlack: 1 } })
  expect((await desk.feed()).at(-1)?.type).toBe('batch-proposed')
  expect([await liveFacts(imei(30)), await listed(imei(30))]).toEqual([0, []])
  expect(await desk.isRefused('importer', 'sign', signature(done.batch))).toBe('role-forbids')
  expect(await desk.does('approver', 'sign', signature(done.batch))).toMatchObject({
    state: 'committed',
    pending: false,
  })
  expect(await listed(imei(30))).toEqual(['black stolen'])
  expect((await desk.feed()).at(-1)).toMatchObject({
    type: 'batch-committed',
    doc: { by: 'importer', signedBy: ['approver'] },
  })
  expect(await desk.isRefused('approver2', 'sign', signature(done.batch))).toBe('nothing-to-sign')
})

test('nobody signs his own list, whatever role he has by then', async () => {
  const imeis = [imei(40)]
  const done = await desk.imports({ kind: 'stolen', imeis, moves: [[imei(40), 'none', 'black']] })
  await registry.query("UPDATE officer SET role = 'approver' WHERE id = 'importer'")
  try {
    expect(await desk.isRefused('importer', 'sign', signature(done.batch))).toBe('own-act')
  } finally {
    await registry.query("UPDATE officer SET role = 'importer' WHERE id = 'importer'")
  }
})

test('a list sent back by the second officer never counts', async () => {
  const done = await desk.imports({ kind: 'stolen', imeis: [imei(50)], moves: [[imei(50), 'none', 'black']] })
  expect(await desk.does('approver', 'sign', signature(done.batch, false))).toMatchObject({ pending: false })
  expect((await desk.feed()).at(-1)).toMatchObject({ type: 'batch-withdrawn', doc: { by: 'approver', note: 'seen' } })
  expect(await liveFacts(imei(50))).toBe(0)
  expect(await desk.isRefused('approver2', 'sign', signature(done.batch))).toBe('nothing-to-sign')
})

test('moves into black that the officer did not see are refused with the figures', async () => {
  const body = await desk.batch({ kind: 'stolen', imeis: [imei(60), imei(61)], moves: [[imei(60), 'none', 'black']] })
  const answer = await desk.answerOf('importer', 'commit-batch', body)
  expect(answer).toMatchObject({ status: 'refused', problem: { code: 'effect-changed', details: { toBlack: 2 } } })
  expect(await liveFacts(imei(60), imei(61))).toBe(0)
})

test('when facts change between import and signature, the signature is refused', async () => {
  const done = await desk.imports({ kind: 'counterfeit', imeis: [imei(70)], moves: [[imei(70), 'none', 'black']] })
  await desk.importsBlack({ kind: 'stolen', imeis: [imei(70)] })
  const answer = await desk.answerOf('approver', 'sign', signature(done.batch))
  if (answer.status !== 'refused') throw new Error('signed what was not reviewed')
  expect(answer.problem).toMatchObject({ code: 'effect-changed', details: { reviewedToBlack: 1, toBlack: 0 } })
  const anew = { ...signature(done.batch), reviewed: String(answer.problem.details.anew) }
  expect(await desk.does('approver', 'sign', anew)).toMatchObject({ state: 'committed', pending: false })
})

test('moving many off grey needs a second signature too', async () => {
  const many = Array.from({ length: 1001 }, (_, i) => imei(100_000 + i))
  await desk.imports({ kind: 'operator', imeis: many, date: '2025-11-01' })
  const done = await desk.imports({ kind: 'customs', imeis: many })
  expect(done).toMatchObject({ state: 'awaiting-signature', effect: { toWhite: 1001 } })
})

test('only the body that listed an IMEI may unlist it', async () => {
  await desk.importsBlack({ kind: 'stolen', imeis: [imei(80)], source: 'police' })
  const foreign = await desk.batch({
    kind: 'stolen',
    imeis: [imei(80)],
    source: 'ministry',
    op: 'remove',
    date: '2025-12-01',
  })
  expect(await desk.answerOf('importer', 'commit-batch', foreign)).toMatchObject({
    status: 'refused',
    problem: { code: 'owner-other-body', details: { imei: String(imei(80)), owner: 'police', reason: 'stolen' } },
  })
  const own = { kind: 'stolen' as const, imeis: [imei(80)], op: 'remove' as const, date: '2025-12-01' }
  const released = await desk.imports({ ...own, moves: [[imei(80), 'black', 'none']] })
  await desk.does('approver', 'sign', signature(released.batch))
  expect(await listed(imei(80))).toEqual([])
})

test('a full list ends what its source sent before, and nothing of other sources', async () => {
  const list = { kind: 'operator' as const, date: '2025-11-05' }
  const old = await desk.imports({ ...list, source: 'tele2', imeis: [imei(90), imei(91)] })
  await desk.imports({ ...list, source: 'beeline', imeis: [imei(92)] })
  const full = await desk.imports({ ...list, source: 'tele2', imeis: [imei(91), imei(93)], full: true })
  expect(full.effect).toMatchObject({ toGrey: 1, toNone: 1, unchanged: 1 })
  expect(await listed(imei(90), imei(91), imei(92), imei(93))).toEqual(Array(3).fill('grey not-confirmed'))
  const event = (await desk.feed()).at(-1)
  const [before] = await registry.query<{ no: string; ended_seq: string }>(
    'SELECT no, ended_seq FROM batch WHERE id = $1',
    [old.batch],
  )
  expect(event?.doc).toMatchObject({ replaces: [Number(before?.no)] })
  expect(Number(before?.ended_seq)).toBe(event?.seq)
})

test('IMEIs under appeal are counted in the effect', async () => {
  const { receive } = await import('./testAppeal.ts')
  await receive(desk, { imeis: [`${imei(95)}0`] })
  expect((await desk.imports({ kind: 'operator', imeis: [imei(95), imei(96)] })).effect.underAppeal).toBe(1)
})

test('a batch whose rows did not arrive can be sent again once they have', async () => {
  const body = await desk.batch({ kind: 'customs', imeis: [imei(97)] })
  const missing = { ...body, segments: [{ sha256: 'f'.repeat(64), rows: 1, bytes: 1 }] }
  const answer = await desk.sendCommand(await desk.command('importer', 'commit-batch', missing))
  expect([answer.status, answer.body]).toMatchObject([404, { problem: { code: 'blob-missing' } }])
})

test('what is announced must be what the rows say', async () => {
  const wrongContent = await desk.batch({ kind: 'customs', imeis: [imei(98)], head: { content: 'a'.repeat(64) } })
  expect(await desk.isRefused('importer', 'commit-batch', wrongContent)).toBe('segment-damaged')
  const counts = { rows: 9, accepted: 9, rejected: 0, duplicates: 0, problems: {}, imeis: 9 }
  const wrongCount = await desk.batch({ kind: 'customs', imeis: [imei(98)], head: { counts } })
  expect(await desk.isRefused('importer', 'commit-batch', wrongCount)).toBe('segment-damaged')
  const decision = await desk.batch({ kind: 'decision', imeis: [imei(98)], source: 'ministry' })
  expect(await desk.isRefused('importer', 'commit-batch', decision)).toBe('batch-not-yours')
})

test.each([
  ['is no zstd', () => Buffer.from('not compressed at all')],
  ['unpacks to gigabytes', () => zstdCompressSync(Buffer.alloc(600 * 1024 * 1024))],
  ['is no database', () => zstdCompressSync(Buffer.alloc(8192, 7))],
  ['has a trigger', () => segmentWith((db) => db.exec('CREATE TRIGGER t AFTER INSERT ON fact BEGIN SELECT 1; END'))],
  ['has no description of itself', () => segmentWith((db) => db.exec('DELETE FROM meta'))],
  ['has a key of 15 digits', () => segmentWith((db) => db.exec('UPDATE fact SET imei14 = 860123040000999'))],
  ['names a document it lacks', () => segmentWith((db) => db.exec('UPDATE fact SET doc = 77'))],
  ['has a day that does not exist', () => segmentWith((db) => db.exec("UPDATE doc SET date = '2025-02-30'"))],
  ['points at a device that is not there', () => segmentWith((db) => db.exec('UPDATE fact SET next = 86012304009999'))],
])('a segment that %s is refused and leaves nothing', async (_, make) => {
  const body = await desk.batch({ kind: 'customs', imeis: [imei(99)], head: { id: SEGMENT_BATCH } })
  const bytes = make()
  const sha256 = await desk.putBlob(bytes)
  const segments = [{ sha256, rows: 1, bytes: bytes.length }]
  expect(await desk.isRefused('importer', 'commit-batch', { ...body, segments })).toBe('segment-damaged')
  expect(await liveFacts(imei(99))).toBe(0)
})

const SEGMENT_BATCH = '01970000-0000-7000-8000-000000000001'

function segmentWith(change: (db: ReturnType<typeof emptySegment>) => void): Buffer {
  const db = emptySegment()
  const meta = { format: 1, batch: SEGMENT_BATCH, kind: 'customs', part: 1, parts: 1 }
  for (const [key, value] of Object.entries(meta)) db.prepare('INSERT INTO meta VALUES (?, ?)').run(key, String(value))
  db.exec(`INSERT INTO doc VALUES (1, 'add', '2025-10-01', NULL, '{}'); INSERT INTO fact VALUES (${imei(99)}, 1, 0)`)
  change(db)
  const bytes = zstdCompressSync(db.serialize())
  db.close()
  return bytes
}
