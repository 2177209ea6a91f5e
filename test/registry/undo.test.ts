import { afterAll, beforeAll, expect, test } from 'vitest'
import { imei, TestDesk } from './testDesk.ts'
import { type TestRegistry, testRegistry } from './testRegistry.ts'

let registry: TestRegistry
let desk: TestDesk
beforeAll(async () => {
  registry = await testRegistry()
  desk = await TestDesk.enrolled(registry)
})
afterAll(() => registry.stop())

const listings = () =>
  registry.query('SELECT imei14, list, reason, since::text, deadline::text FROM listing ORDER BY 1')
const undo = (batch: string, reason = 'the wrong file') => ({ batch, reason })
const sign = (id: string, agrees = true) => ({ target: { type: 'undo' as const, id }, agrees, note: '' })

test('an undone batch leaves listings as they were, and its facts as history', async () => {
  await desk.imports({ kind: 'operator', imeis: [imei(1), imei(2)], date: '2025-11-01' })
  const before = await listings()
  const batch = await desk.imports({ kind: 'customs', imeis: [imei(2), imei(3)] })
  expect(await listings()).not.toEqual(before)
  const done = await desk.does('importer', 'undo-batch', undo(batch.batch))
  expect(done).toMatchObject({ undone: true, state: 'undone', effect: { toGrey: 1, toNone: 1 } })
  expect(await listings()).toEqual(before)
  const event = (await desk.feed()).at(-1)
  expect(event).toMatchObject({
    type: 'batch-undone',
    doc: { id: batch.batch, reason: 'the wrong file', by: 'importer' },
  })
  const [row] = await registry.query<{ facts: string; ended_seq: string }>(
    'SELECT (SELECT count(*) FROM fact f WHERE f.batch = b.no) AS facts, ended_seq FROM batch b WHERE id = $1',
    [batch.batch],
  )
  expect(row).toEqual({ facts: '2', ended_seq: String(event?.seq) })
})

test('a batch is undone once', async () => {
  const { batch } = await desk.imports({ kind: 'customs', imeis: [imei(10)] })
  await desk.does('importer', 'undo-batch', undo(batch))
  expect(await desk.isRefused('importer', 'undo-batch', undo(batch))).toBe('batch-already-undone')
  const unknown = '01970000-0000-7000-8000-00000000ffff'
  expect(await desk.isRefused('importer', 'undo-batch', undo(unknown))).toBe('batch-unknown')
})

test('out of black only with a second signature; until then the block stands', async () => {
  const { batch } = await desk.importsBlack({ kind: 'stolen', imeis: [imei(20)] })
  const asked = await desk.does('importer', 'undo-batch', undo(batch))
  expect(asked).toMatchObject({ undone: false, state: 'awaiting-signature', effect: { leaveBlack: 1 } })
  expect(await desk.does('importer', 'undo-batch', undo(batch))).toMatchObject({ undone: false })
  expect((await desk.feed()).filter((e) => e.type === 'undo-proposed')).toHaveLength(1)
  expect(await listings()).toContainEqual(expect.objectContaining({ imei14: String(imei(20)), list: 'black' }))
  expect(await desk.does('approver', 'sign', sign(batch))).toMatchObject({ state: 'undone' })
  expect(await listings()).not.toContainEqual(expect.objectContaining({ imei14: String(imei(20)) }))
  expect((await desk.feed()).at(-1)).toMatchObject({
    type: 'batch-undone',
    doc: { by: 'importer', signedBy: ['approver'] },
  })
})

test('an undo the second officer does not agree to is dropped, the batch stays', async () => {
  const { batch } = await desk.importsBlack({ kind: 'stolen', imeis: [imei(30)] })
  await desk.does('importer', 'undo-batch', undo(batch))
  await desk.does('approver2', 'sign', sign(batch, false))
  expect((await desk.feed()).at(-1)?.type).toBe('undo-dropped')
  expect(await desk.isRefused('approver', 'sign', sign(batch))).toBe('nothing-to-sign')
  expect(await listings()).toContainEqual(expect.objectContaining({ imei14: String(imei(30)), list: 'black' }))
})

test('into or out of black that changed since the undo was asked for is not signed', async () => {
  const { batch } = await desk.importsBlack({ kind: 'stolen', imeis: [imei(40)] })
  await desk.does('importer', 'undo-batch', undo(batch))
  await desk.imports({ kind: 'gsma', imeis: [imei(40)] })
  const answer = await desk.answerOf('approver', 'sign', sign(batch))
  if (answer.status !== 'refused') throw new Error('signed what was not reviewed')
  expect(answer.problem).toMatchObject({ code: 'effect-changed', details: { reviewedLeaveBlack: 1, leaveBlack: 0 } })
  // he may sign the effect of now once he has reviewed it, and no other
  const other = { ...sign(batch), reviewed: 'a'.repeat(64) }
  expect(await desk.isRefused('approver', 'sign', other)).toBe('effect-changed')
  const anew = { ...sign(batch), reviewed: String(answer.problem.details.anew) }
  expect(await desk.does('approver', 'sign', anew)).toMatchObject({ state: 'undone' })
})

test('undoing a full list brings back what it had replaced, as a batch of the same content', async () => {
  const list = { kind: 'operator' as const, source: 'tele2' as const, date: '2025-11-05' }
  const first = { ...list, imeis: [imei(50), imei(51)] }
  await desk.imports(first)
  await desk.imports({ ...list, imeis: [imei(52)], date: '2025-11-06' })
  const before = await listings()
  const full = await desk.imports({ ...list, imeis: [imei(51), imei(53)], full: true })
  expect(full.effect).toMatchObject({ toNone: 2, toGrey: 1 })
  const undone = await desk.does('importer', 'undo-batch', undo(full.batch))
  expect(undone.effect).toMatchObject({ toGrey: 2, toNone: 1 })
  expect(await listings()).toEqual(before)
  const back = (await desk.feed()).slice(-2)
  expect(back.map((e) => e.type)).toEqual(['batch-committed', 'batch-committed'])
  expect(back[0]).toMatchObject({ doc: { by: 'importer', replaces: [], segments: [{ rows: 2 }] } })
  const { head } = (back[0] as { doc: { head: { id: string } } }).doc
  expect(await desk.imports(first)).toMatchObject({ state: 'same', batch: head.id })
})
