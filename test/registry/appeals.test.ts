import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CommandBody } from '../../src/contract/registry.ts'
import { approval, receive } from './testAppeal.ts'
import { imei, TestDesk } from './testDesk.ts'
import { type TestRegistry, testRegistry } from './testRegistry.ts'

let registry: TestRegistry
let desk: TestDesk
beforeAll(async () => {
  registry = await testRegistry()
  desk = await TestDesk.enrolled(registry)
})
afterAll(() => registry.stop())

const text = (n: number) => `${imei(n)}0`
const claim = (appeal: string | null, officer = 'reviewer') => desk.does(officer, 'claim-appeal', { appeal })
const reject = (appeal: string, version: number): CommandBody<'decide-appeal'> => ({
  appeal,
  version,
  verdict: 'reject',
  fields: {},
  reasons: ['R01'],
  note: 'no crossing',
  internal: '',
})
const listOf = async (n: number) =>
  (await registry.query<{ list: string }>('SELECT list FROM listing WHERE imei14 = $1', [imei(n)]))[0]?.list ?? 'none'

test('"next" is the open appeal with the nearest deadline that nobody holds', async () => {
  const late = await receive(desk, { imeis: [text(1)], receivedAt: '2026-03-10T05:00:00.000Z' })
  const soon = await receive(desk, { imeis: [text(2)], receivedAt: '2026-03-02T05:00:00.000Z' })
  expect((await claim(null)).appeal).toBe(soon)
  expect((await claim(null, 'reviewer2')).appeal).toBe(late)
  expect(await desk.isRefused('reviewer', 'claim-appeal', { appeal: null })).toBe('appeal-none-waiting')
  expect(await desk.isRefused('reviewer2', 'claim-appeal', { appeal: soon })).toBe('appeal-claimed-by-other')
})

test('a received appeal has its last day in working days, the day of receipt not counted', async () => {
  await receive(desk, { imeis: [text(3)], receivedAt: '2026-11-02T05:00:00.000Z' })
  expect((await desk.feed()).at(-1)).toMatchObject({
    type: 'appeal-received',
    doc: { dueAt: '2026-11-23', version: 1 },
  })
})

test('a lease that ran out binds nobody, and the next one has a higher token', async () => {
  const id = await receive(desk, { imeis: [text(4)] })
  const first = await claim(id)
  registry.at(new Date(Date.now() + 31 * 60_000).toISOString())
  try {
    expect(await desk.isRefused('reviewer', 'decide-appeal', reject(id, first.version))).toBe('appeal-not-claimed')
    const second = await claim(id, 'reviewer2')
    expect(second.lease.token).toBe(first.lease.token + 1)
    expect(await desk.isRefused('reviewer', 'decide-appeal', reject(id, first.version))).toBe('appeal-changed')
  } finally {
    registry.at(new Date().toISOString())
  }
})

test('a returned appeal is free for the next officer', async () => {
  const id = await receive(desk, { imeis: [text(5)] })
  await claim(id)
  expect(await desk.isRefused('reviewer2', 'return-appeal', { appeal: id, reason: 'x' })).toBe(
    'appeal-claimed-by-other',
  )
  await desk.does('reviewer', 'return-appeal', { appeal: id, reason: 'my neighbour' })
  expect((await desk.feed()).at(-1)).toMatchObject({
    doc: { state: 'received', lease: null, entry: { what: 'returned' } },
  })
  expect((await claim(id, 'reviewer2')).appeal).toBe(id)
})

test('of two decisions on the same version one stands, the other is told so', async () => {
  const id = await receive(desk, { imeis: [text(6)] })
  const { version } = await claim(id)
  const both = await Promise.all([
    desk.answerOf('reviewer', 'decide-appeal', reject(id, version)),
    desk.answerOf('reviewer', 'decide-appeal', approval(id, version)),
  ])
  expect(both.map((a) => a.status).sort()).toEqual(['done', 'refused'])
  expect(both.find((a) => a.status === 'refused')).toMatchObject({ problem: { code: 'appeal-changed' } })
})

test('an approval makes every IMEI of the device white, also one the applicant did not name', async () => {
  await desk.imports({ kind: 'operator', imeis: [imei(10), imei(11)], oneDevice: true, date: '2025-11-01' })
  const id = await receive(desk, { imeis: [text(10)] })
  const { version } = await claim(id)
  expect([await listOf(10), await listOf(11)]).toEqual(['grey', 'grey'])
  expect(await desk.does('reviewer', 'decide-appeal', approval(id, version))).toMatchObject({
    state: 'approved',
    pending: false,
  })
  expect([await listOf(10), await listOf(11)]).toEqual(['none', 'none'])
  const [batch, changed] = (await desk.feed()).slice(-2)
  expect(batch).toMatchObject({
    type: 'batch-committed',
    doc: { head: { kind: 'decision', source: 'ministry' }, effect: { toWhite: 2 } },
  })
  expect(changed).toMatchObject({ type: 'appeal-changed', doc: { id, state: 'approved', lease: null } })
  const { segments } = (batch as { doc: { segments: { sha256: string }[] } }).doc
  expect((await desk.fetch(`/v1/blobs/${segments[0]?.sha256}`, { method: 'HEAD' })).status).toBe(200)
})

test('an approval out of black waits for a second officer, who may also send it back', async () => {
  await blackByRun(imei(20))
  const id = await receive(desk, { imeis: [text(20)] })
  const first = await claim(id)
  const proposed = await desk.does('reviewer', 'decide-appeal', approval(id, first.version))
  expect(proposed).toMatchObject({ state: 'awaiting-signature', pending: true })
  expect(await listOf(20)).toBe('black')
  const target = { type: 'appeal' as const, id }
  expect(await desk.isRefused('reviewer', 'sign', { target, agrees: true, note: '' })).toBe('role-forbids')
  expect(await desk.does('approver', 'sign', { target, agrees: false, note: 'look again' })).toMatchObject({
    state: 'received',
  })
  const second = await claim(id, 'reviewer2')
  await desk.does('reviewer2', 'decide-appeal', approval(id, second.version))
  expect(await desk.does('approver', 'sign', { target, agrees: true, note: '' })).toMatchObject({ state: 'approved' })
  expect(await listOf(20)).toBe('none')
  const batch = (await desk.feed()).filter((e) => e.type === 'batch-committed').at(-1)
  expect(batch?.doc).toMatchObject({ by: 'reviewer2', signedBy: ['approver'], effect: { toWhite: 1, leaveBlack: 1 } })
})

test('an approval is refused while another body owns the listing', async () => {
  await desk.importsBlack({ kind: 'stolen', imeis: [imei(30)] })
  const id = await receive(desk, { imeis: [text(30)] })
  const { version } = await claim(id)
  expect(await desk.answerOf('reviewer', 'decide-appeal', approval(id, version))).toMatchObject({
    status: 'refused',
    problem: { code: 'owner-other-body', details: { imei: String(imei(30)), owner: 'police', reason: 'stolen' } },
  })
})

test('a refusal has two steps, the second not before the hearing', async () => {
  registry.at('2026-11-23T05:00:00.000Z')
  const id = await receive(desk, { imeis: [text(40)] })
  const first = await claim(id)
  expect(await desk.does('reviewer', 'decide-appeal', reject(id, first.version))).toMatchObject({
    state: 'preliminary',
  })
  const early = await claim(id)
  expect(await desk.isRefused('reviewer', 'decide-appeal', reject(id, early.version))).toBe('hearing-too-early')
  registry.at('2026-11-26T05:00:00.000Z')
  const late = await claim(id)
  expect(await desk.does('reviewer', 'decide-appeal', reject(id, late.version))).toMatchObject({ state: 'rejected' })
  expect(await desk.isRefused('reviewer', 'claim-appeal', { appeal: id })).toBe('appeal-closed')
})

test('a file that did not arrive cannot be evidence', async () => {
  const answer = await desk.send('POST', '/v1/intake/appeals', {
    route: 'gift',
    applicant: { key: { kind: 'passport', number: 'N12345', country: 'KZ' }, name: 'Образец', language: 'ru' },
    claim: { imeis: [text(50)] },
    evidence: [{ file: 'r.png', sha256: 'e'.repeat(64), bytes: 10, type: 'image/png', shows: 'stamp' }],
  })
  expect([answer.status, answer.body]).toMatchObject([404, { problem: { code: 'blob-missing' } }])
})

/** Makes an IMEI black as a signed block run does; the command for it comes with the runs themselves. */
async function blackByRun(imei14: number): Promise<void> {
  await desk.imports({ kind: 'operator', imeis: [imei14], date: '2025-09-01' })
  await registry.query(
    `WITH b AS (
       INSERT INTO batch (no, id, kind, source, content, head, segments, effect, reviewed, made_by, desk, command, state, added_seq, accepted_at)
       SELECT 1000000, gen_random_uuid(), 'blockrun', 'ministry', repeat('b', 64), '{}', '[]', '{}', '', 'approver', '', '', 'committed', 1, now() RETURNING no
     ), d AS (INSERT INTO doc SELECT no, 1, 'add', '2025-10-10', NULL, '{}' FROM b)
     INSERT INTO fact SELECT $1, no, 1, 0 FROM b`,
    [imei14],
  )
  await registry.query(
    "UPDATE listing SET list = 'black', reason = 'not-verified-in-time', since = '2025-10-10', deadline = NULL WHERE imei14 = $1",
    [imei14],
  )
}
