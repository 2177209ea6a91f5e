import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sessionText } from '../../src/contract/registry.ts'
import { TestDesk } from './testDesk.ts'
import { type TestRegistry, testRegistry } from './testRegistry.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await testRegistry()
})
afterAll(() => registry.stop())

test('a desk enrols with its key; the same key again changes nothing, another key is refused', async () => {
  const desk = new TestDesk(registry)
  expect((await desk.enrol()).status).toBe(200)
  expect((await desk.enrol()).status).toBe(200)
  const impostor = new TestDesk(registry)
  const answer = await impostor.send('POST', '/v1/desks', { desk: desk.id, publicKey: impostor.publicKey, name: 'x' })
  expect([answer.status, answer.body]).toEqual([
    401,
    { problem: { code: 'signature-wrong', details: { desk: desk.id } } },
  ])
})

test('an officer signs in by name, vouched for by the signature of his desk', async () => {
  const desk = await TestDesk.enrolled(registry)
  const request = { desk: desk.id, officer: 'reviewer', at: new Date().toISOString() }
  const good = await desk.send('POST', '/v1/sessions', { ...request, signature: desk.sign(sessionText(request)) })
  expect(good.body).toMatchObject({ officer: { id: 'reviewer', role: 'reviewer' } })
  const other = await TestDesk.enrolled(registry)
  const bad = await desk.send('POST', '/v1/sessions', { ...request, signature: other.sign(sessionText(request)) })
  expect(bad.body).toMatchObject({ problem: { code: 'signature-wrong' } })
  const unknown = { ...request, officer: 'nobody' }
  const none = await desk.send('POST', '/v1/sessions', { ...unknown, signature: desk.sign(sessionText(unknown)) })
  expect(none.body).toMatchObject({ problem: { code: 'unknown-officer' } })
})

test('a revoked desk can neither read nor act', async () => {
  const desk = await TestDesk.enrolled(registry)
  const command = await desk.command('reviewer', 'claim-appeal', { appeal: null })
  expect((await desk.signed('GET', '/v1/officers')).status).toBe(200)
  await registry.query('UPDATE desk SET revoked_at = now() WHERE id = $1', [desk.id])
  expect((await desk.signed('GET', '/v1/officers')).body).toMatchObject({ problem: { code: 'desk-revoked' } })
  expect((await desk.sendCommand(command)).body).toMatchObject({ problem: { code: 'desk-revoked' } })
  expect((await desk.enrol()).status).toBe(403)
})

test('without sample data nobody enrols by himself, and reads must be signed by an enrolled desk', async () => {
  const desk = await TestDesk.enrolled(registry)
  await registry.query('UPDATE counter SET sample = false')
  try {
    expect((await new TestDesk(registry).enrol()).body).toMatchObject({ problem: { code: 'enrolment-needed' } })
    expect((await desk.send('GET', '/v1/officers')).status).toBe(401)
    expect((await desk.signed('GET', '/v1/officers')).status).toBe(200)
  } finally {
    await registry.query('UPDATE counter SET sample = true')
  }
})

test('a signed request is good for its path, its desk and a day', async () => {
  const desk = await TestDesk.enrolled(registry)
  const old = new Date(Date.now() - 25 * 3_600_000).toISOString()
  expect((await desk.signed('GET', '/v1/officers', {}, old)).status).toBe(401)
  const stranger = new TestDesk(registry)
  expect((await stranger.signed('GET', '/v1/officers')).body).toMatchObject({ problem: { code: 'desk-unknown' } })
})

test('a message of another shape is answered with the field that is wrong', async () => {
  const desk = new TestDesk(registry)
  const answer = await desk.send('POST', '/v1/desks', { desk: 'not-a-uuid', publicKey: 'x', name: 'x' })
  expect([answer.status, answer.body]).toMatchObject([
    400,
    { problem: { code: 'bad-message', details: { field: '/desk' } } },
  ])
  const short = await desk.send('POST', '/v1/desks', { desk: randomUUID(), publicKey: 'eA', name: 'x' })
  expect(short.body).toMatchObject({ problem: { code: 'signature-wrong' } })
  expect((await desk.send('GET', '/v2/anything')).status).toBe(404)
})

test('operations: health, readiness, metrics and the description of the interface', async () => {
  const desk = new TestDesk(registry)
  expect((await desk.send('GET', '/healthz')).status).toBe(200)
  expect((await desk.send('GET', '/readyz')).status).toBe(200)
  expect((await desk.send('GET', '/metrics')).body).toMatch(/^tamga_head_seq \d+$/m)
  const { openapi, paths } = (await desk.send('GET', '/openapi.json')).body as { openapi: string; paths: object }
  expect(openapi).toMatch(/^3\.1/)
  expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/v1/commands', '/v1/feed', '/v1/blobs/{sha256}']))
})
