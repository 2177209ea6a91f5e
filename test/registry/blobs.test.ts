import { createHash, randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TestDesk } from './testDesk.ts'
import { type TestRegistry, testRegistry } from './testRegistry.ts'

let registry: TestRegistry
let desk: TestDesk
beforeAll(async () => {
  registry = await testRegistry()
  desk = new TestDesk(registry)
})
afterAll(() => registry.stop())

const nameOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const put = (name: string, bytes: Buffer, range?: string) =>
  desk.fetch(`/v1/blobs/${name}`, {
    method: 'PUT',
    body: new Uint8Array(bytes),
    headers: { 'content-type': 'application/octet-stream', ...(range ? { 'content-range': range } : {}) },
  })

test('a file arrives in parts and counts once it is whole', async () => {
  const bytes = randomBytes(300_000)
  const name = nameOf(bytes)
  const first = await put(name, bytes.subarray(0, 100_000), 'bytes 0-99999/300000')
  expect([first.status, first.body]).toEqual([202, { sha256: name, bytes: 100_000, complete: false }])
  expect((await desk.fetch(`/v1/blobs/${name}`)).body).toMatchObject({ problem: { code: 'blob-missing' } })
  const state = await desk.fetch(`/v1/blobs/${name}`, { method: 'HEAD' })
  expect([state.status, state.headers.get('upload-offset')]).toEqual([404, '100000'])
  const rest = await put(name, bytes.subarray(100_000), 'bytes 100000-299999/300000')
  expect([rest.status, rest.body]).toEqual([201, { sha256: name, bytes: 300_000, complete: true }])
  expect((await desk.fetch(`/v1/blobs/${name}`, { method: 'HEAD' })).headers.get('content-length')).toBe('300000')
})

test('a part that begins elsewhere is refused and says where the upload stands', async () => {
  const bytes = randomBytes(1000)
  const name = nameOf(bytes)
  await put(name, bytes.subarray(0, 400), 'bytes 0-399/1000')
  const answer = await put(name, bytes.subarray(500), 'bytes 500-999/1000')
  expect([answer.status, answer.headers.get('upload-offset')]).toEqual([409, '400'])
})

test('an upload of which some is still missing is not counted, and says where it stands', async () => {
  const bytes = randomBytes(1000)
  const name = nameOf(bytes)
  await put(name, bytes.subarray(0, 400), 'bytes 0-399/1000')
  const answer = await put(name, Buffer.alloc(0), 'bytes */1000')
  expect([answer.status, answer.headers.get('upload-offset')]).toEqual([409, '400'])
  expect((await put(name, bytes.subarray(400), 'bytes 400-999/1000')).status).toBe(201)
  // asked again, it is there
  expect((await put(name, Buffer.alloc(0), 'bytes */1000')).status).toBe(201)
})

test('bytes that are not those of the name never become a file, and the upload begins anew', async () => {
  const bytes = randomBytes(5000)
  const name = nameOf(bytes)
  const flipped = Buffer.from(bytes)
  flipped[2500] = (flipped[2500] ?? 0) ^ 1
  const bad = await put(name, flipped)
  expect([bad.status, bad.body]).toMatchObject([422, { problem: { code: 'blob-damaged' } }])
  expect((await desk.fetch(`/v1/blobs/${name}`, { method: 'HEAD' })).headers.get('upload-offset')).toBe('0')
  expect((await put(name, bytes)).status).toBe(201)
})

test('a file that is refused before its end is read to its end, and its connection carries the next request', async () => {
  const line = new Agent({ keepAlive: true, maxSockets: 1 })
  const ask = (method: string, path: string, bytes?: Buffer, headers?: Record<string, string>) =>
    new Promise<number>((resolve, reject) => {
      const asking = request(
        registry.url + path,
        { method, agent: line, ...(headers ? { headers } : {}) },
        (answer) => {
          answer.resume()
          answer.once('end', () => resolve(answer.statusCode ?? 0))
        },
      )
      asking.once('error', reject)
      asking.end(bytes)
    })
  const bytes = randomBytes(5_000_000)
  const headers = {
    'content-type': 'application/octet-stream',
    'content-range': 'bytes 0-99/100',
    'content-length': String(bytes.length),
  }
  expect(await ask('PUT', `/v1/blobs/${nameOf(bytes)}`, bytes, headers)).toBe(422)
  expect(await ask('GET', '/readyz')).toBe(200)
  line.destroy()
})

test('an upload whose line is cut goes on where it stopped', async () => {
  const bytes = randomBytes(2_000_000)
  const name = nameOf(bytes)
  const cut = new Promise<void>((resolve) => {
    const sending = request(`${registry.url}/v1/blobs/${name}`, {
      method: 'PUT',
      headers: {
        'content-type': 'application/octet-stream',
        'content-range': 'bytes 0-1999999/2000000',
        'content-length': '2000000',
      },
    })
    sending.on('error', () => resolve())
    sending.write(bytes.subarray(0, 700_000), () => sending.destroy(new Error('cut')))
  })
  await cut
  const standing = async () => (await desk.fetch(`/v1/blobs/${name}`, { method: 'HEAD' })).headers.get('upload-offset')
  // the registry may still be closing the torn request: it answers 409 until then
  let answer = await put(name, bytes, 'bytes 0-1999999/2000000')
  for (let tries = 0; answer.status === 409 && tries < 200; tries++) {
    const from = Number(await standing())
    answer = await put(name, bytes.subarray(from), `bytes ${from}-1999999/2000000`)
  }
  expect(answer.status).toBe(201)
})

test('a download goes on at any byte', async () => {
  const bytes = randomBytes(10_000)
  const name = await desk.putBlob(bytes)
  const range = await fetch(`${registry.url}/v1/blobs/${name}`, { headers: { range: 'bytes=9000-' } })
  expect([range.status, range.headers.get('content-range')]).toEqual([206, 'bytes 9000-9999/10000'])
  expect(Buffer.from(await range.arrayBuffer()).equals(bytes.subarray(9000))).toBe(true)
  const middle = await fetch(`${registry.url}/v1/blobs/${name}`, { headers: { range: 'bytes=10-19' } })
  expect(Buffer.from(await middle.arrayBuffer()).equals(bytes.subarray(10, 20))).toBe(true)
  expect((await fetch(`${registry.url}/v1/blobs/${name}`, { headers: { range: 'bytes=10000-' } })).status).toBe(416)
})

test('the same file twice is one file, and nothing is left of its uploads', async () => {
  const bytes = randomBytes(1000)
  await desk.putBlob(bytes)
  await desk.putBlob(bytes)
  expect((await readdir(join(registry.data, 'uploads'))).filter((f) => f.startsWith(nameOf(bytes)))).toEqual([])
})
