import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuid7 } from '../../src/registry/commands/uuid7.ts'
import { receive } from './testAppeal.ts'
import { imei, TestDesk } from './testDesk.ts'
import { type TestRegistry, testRegistry } from './testRegistry.ts'

let registry: TestRegistry
let desk: TestDesk
beforeAll(async () => {
  registry = await testRegistry()
  desk = await TestDesk.enrolled(registry)
})
afterAll(() => registry.stop())

test('a command sent twice is done once and answered alike, also at the same moment', async () => {
  const command = await desk.command(
    'importer',
    'commit-batch',
    await desk.batch({ kind: 'customs', imeis: [imei(1)] }),
  )
  const [a, b] = await Promise.all([desk.sendCommand(command), desk.sendCommand(command)])
  const c = await desk.sendCommand(command)
  expect(a.body).toMatchObject({ status: 'done', result: { state: 'committed' } })
  expect([b.body, c.body]).toEqual([a.body, a.body])
  expect((await desk.feed()).filter((e) => e.type === 'batch-committed')).toHaveLength(1)
})

test('another body under the same number is refused', async () => {
  const command = await desk.command('reviewer', 'claim-appeal', { appeal: 'A-2026-000001' })
  await desk.sendCommand(command)
  const other = await desk.command('reviewer', 'claim-appeal', { appeal: 'A-2026-000002' })
  const { signature, ...fields } = other
  const forged = { ...fields, id: command.id }
  const resigned = {
    ...forged,
    signature: desk.sign(
      [
        'command',
        forged.id,
        desk.id,
        forged.officer,
        forged.kind,
        String(forged.basedOnSeq),
        forged.at,
        JSON.stringify(forged.body),
      ].join('\n'),
    ),
  }
  const answer = await desk.sendCommand(resigned)
  expect([answer.status, answer.body]).toMatchObject([409, { problem: { code: 'command-changed' } }])
  expect(signature).not.toBe(resigned.signature)
})

test('a command that was changed on its way is refused', async () => {
  const command = await desk.command('reviewer', 'claim-appeal', { appeal: 'A-2026-000001' })
  const answer = await desk.sendCommand({ ...command, officer: 'approver' })
  expect([answer.status, answer.body]).toMatchObject([401, { problem: { code: 'signature-wrong' } }])
})

test('a refusal is stored and comes again, even when the act would be possible by then', async () => {
  const year = new Date().getUTCFullYear()
  const unknown = `A-${year}-000001`
  const command = await desk.command('reviewer', 'claim-appeal', { appeal: unknown })
  expect((await desk.sendCommand(command)).body).toMatchObject({
    status: 'refused',
    problem: { code: 'appeal-unknown' },
  })
  expect(await receive(desk, { imeis: ['860123040000018'] })).toBe(unknown)
  expect((await desk.sendCommand(command)).body).toMatchObject({
    status: 'refused',
    problem: { code: 'appeal-unknown' },
  })
  expect(await desk.does('reviewer', 'claim-appeal', { appeal: unknown })).toMatchObject({ appeal: unknown })
})

test('what a role may not do is refused, whoever sends it', async () => {
  const body = await desk.batch({ kind: 'customs', imeis: [imei(7)] })
  expect(await desk.isRefused('reviewer', 'commit-batch', body)).toBe('role-forbids')
  expect(await desk.isRefused('importer', 'claim-appeal', { appeal: null })).toBe('role-forbids')
  expect(await desk.isRefused('admin', 'undo-batch', { batch: body.head.id, reason: 'no' })).toBe('role-forbids')
  expect(await desk.isRefused('nobody', 'claim-appeal', { appeal: null })).toBe('unknown-officer')
})

test('a command based on events this registry has not seen tells that its history changed', async () => {
  const command = await desk.command('reviewer', 'claim-appeal', { appeal: null }, 1_000_000)
  expect(await desk.sendCommand(command)).toMatchObject({ status: 409, body: { problem: { code: 'epoch-changed' } } })
})

test('200 commands at once get numbers without a gap, in the order they were committed', async () => {
  const desks = await Promise.all(Array.from({ length: 8 }, () => TestDesk.enrolled(registry)))
  for (let i = 0; i < 120; i++) await receive(desk, { imeis: [`8601230400${String(1000 + i)}0`] })
  const before = (await desk.hello()).head
  const work = Array.from({ length: 200 }, (_, i) => ({ i, by: desks[i % 8] as TestDesk }))
  const answers = await Promise.all(
    work.map(async ({ i, by }) =>
      i % 4 === 0
        ? by.answerOf('importer', 'commit-batch', await by.batch({ kind: 'customs', imeis: [imei(5000 + i)] }))
        : by.answerOf(i % 2 === 0 ? 'reviewer' : 'reviewer2', 'claim-appeal', { appeal: null }),
    ),
  )
  const done = answers.filter((a) => a.status === 'done')
  expect(done.length).toBeGreaterThan(150)
  const refused = answers.flatMap((a) => (a.status === 'refused' ? [a.problem.code] : []))
  expect([...new Set(refused)]).toEqual(refused.length > 0 ? ['appeal-none-waiting'] : [])
  const events = await desk.feed(before)
  expect(events.map((e) => e.seq)).toEqual(events.map((_, i) => before + 1 + i))
  expect(new Set(done.map((a) => a.seq)).size).toBe(done.length)
  const { head } = await desk.hello()
  expect(head).toBe(before + events.length)
  const claimed = events.filter((e) => e.type === 'appeal-changed').map((e) => (e.doc as { id: string }).id)
  expect(new Set(claimed).size).toBe(claimed.length)
})

test('killed database connections do not kill the registry', async () => {
  const claims = Array.from({ length: 20 }, () => desk.command('reviewer', 'claim-appeal', { appeal: null }))
  const sent = (await Promise.all(claims)).map((c) => desk.sendCommand(c).catch((e: Error) => e))
  await registry.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  )
  await Promise.all(sent)
  // whatever was lost says that the registry is out of reach, and the same command can come again
  for (const c of await Promise.all(claims)) {
    const answer = await desk.sendCommand(c)
    expect([200, 503]).toContain(answer.status)
  }
  expect((await desk.send('GET', '/readyz')).status).toBe(200)
  const events = await desk.feed()
  expect(events.map((e) => e.seq)).toEqual(events.map((_, i) => i + 1))
})

test('numbers of commands sort by time', () => {
  const ids = ['2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.001Z', '2027-01-01T00:00:00.000Z'].map(uuid7)
  expect([...ids].sort()).toEqual(ids)
})
