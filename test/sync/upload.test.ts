import { createHash, randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BlobClient, upload } from '../../src/engine/sync/blobTransfer.ts'
import { send } from '../../src/engine/sync/http.ts'
import { type TestRegistry, testRegistry } from '../registry/testRegistry.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await testRegistry()
})
afterAll(() => registry.stop())

const nameOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

/** What the desk asks, with the status it was answered. */
function client(): BlobClient & { readonly answers: number[] } {
  const answers: number[] = []
  const raw: BlobClient['raw'] = async (asked) => {
    const response = await send(registry.url, asked)
    answers.push(response.status)
    return response
  }
  return { registry: `${registry.url}/`, raw, answers }
}

const standing = async (name: string): Promise<number> => {
  const response = await send(registry.url, { method: 'HEAD', path: `/v1/blobs/${name}` })
  return Number(response.headers.get('upload-offset'))
}

/** Bytes of a file that counts; null while it does not. */
async function whole(name: string): Promise<number | null> {
  const response = await send(registry.url, { method: 'HEAD', path: `/v1/blobs/${name}` })
  return response.ok ? Number(response.headers.get('content-length')) : null
}

test('a desk that was killed while it sent a file sends it when the registry has let go of the torn request', async () => {
  const bytes = randomBytes(900_000)
  const name = nameOf(bytes)
  const torn = request(`${registry.url}/v1/blobs/${name}`, {
    method: 'PUT',
    headers: {
      'content-type': 'application/octet-stream',
      'content-range': 'bytes 0-899999/900000',
      'content-length': '900000',
    },
  })
  torn.on('error', () => undefined)
  torn.write(bytes.subarray(0, 300_000))
  await expect.poll(() => standing(name)).toBe(300_000)

  const desk = client()
  const sent = upload(desk, name, bytes)
  await expect.poll(() => desk.answers).toContain(409)
  torn.destroy()
  await sent
  expect(await whole(name)).toBe(900_000)
})

test('what two registry processes garbled of an upload is begun anew, not held against the command', async () => {
  const bytes = randomBytes(400_000)
  const name = nameOf(bytes)
  const desk = client()
  const part = { method: 'PUT', path: `/v1/blobs/${name}` } as const
  await send(registry.url, {
    ...part,
    headers: { 'content-type': 'application/octet-stream', 'content-range': 'bytes 0-99999/400000' },
    body: bytes.subarray(0, 100_000),
  })
  const file = join(registry.data, 'uploads', `${name}.part`)
  const arrived = await readFile(file)
  arrived[50_000] = (arrived[50_000] ?? 0) ^ 1
  await writeFile(file, arrived)

  await upload(desk, name, bytes)
  expect(desk.answers).toContain(422)
  expect(await whole(name)).toBe(400_000)
})

test('a file of which a killed registry had every byte, and had not counted it yet, counts when the desk asks again', async () => {
  const bytes = randomBytes(300_000)
  const name = nameOf(bytes)
  await writeFile(join(registry.data, 'uploads', `${name}.part`), bytes)
  const desk = client()
  await upload(desk, name, bytes)
  expect(desk.answers).toEqual([404, 201])
  expect(await whole(name)).toBe(300_000)
})

test('more bytes than the file has were garbled on their way: it is begun anew', async () => {
  const bytes = randomBytes(300_000)
  const name = nameOf(bytes)
  await writeFile(join(registry.data, 'uploads', `${name}.part`), Buffer.concat([bytes, bytes.subarray(0, 5000)]))
  const desk = client()
  await upload(desk, name, bytes)
  expect(desk.answers).toContain(422)
  expect(await whole(name)).toBe(300_000)
})
