import { createHash } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { ProblemError, trouble } from '../../domain/problem.ts'
import type { PartialBlob, PartialBlobs } from '../db/partialBlobs.ts'
import { checkAnswer, unreachable } from './http.ts'
import type { RegistryClient } from './registryClient.ts'

const PART_BYTES = 4 * 1024 * 1024
/** Torn transfers are taken up again where they stopped; this many times without a byte gained. */
const VAIN_TRIES = 3
const TRANSFER_TIMEOUT_MS = 300_000
/** The same bytes may be on their way already, from this desk before it was killed or from another: so often the end of that is waited for. */
const BUSY_TRIES = 40
const BUSY_MS = 250

/** What a transfer needs of the registry's client. */
export type BlobClient = Pick<RegistryClient, 'registry' | 'raw'>

const path = (sha256: string): string => `/v1/blobs/${sha256}`

/**
 * Brings a blob to the registry, going on from where an earlier upload stopped. That others send the same bytes, or that what they left
 * does not fit, is no fault of the command that needs them: it is waited for, and begun anew.
 * @throws ProblemError `registry-unreachable` when the registry stays busy with them; `blob-damaged` when they do not hash to their name
 */
export async function upload(client: BlobClient, sha256: string, bytes: Uint8Array): Promise<void> {
  let offset = await standing(client, sha256)
  let busy = 0
  let damaged = 0
  while (offset !== 'complete') {
    const answer = await put(client, sha256, bytes, offset)
    if (answer === 'elsewhere') {
      const now = await standing(client, sha256)
      if (now === offset) {
        if (++busy >= BUSY_TRIES)
          throw trouble('registry-unreachable', { registry: client.registry, reason: 'upload-busy' })
        await setTimeout(BUSY_MS)
      }
      offset = now
    } else if (answer === 'damaged') {
      if (++damaged >= VAIN_TRIES) throw trouble('blob-damaged', { sha256 })
      offset = await standing(client, sha256)
    } else offset = answer
  }
}

/** Bytes of a part; a registry that was killed when it had them all is only asked to count them. */
const rangeOf = (offset: number, end: number, total: number): string =>
  offset < total ? `bytes ${offset}-${end - 1}/${total}` : `bytes */${total}`

/** Sends one part; answers where the upload stands after it. */
async function put(
  client: BlobClient,
  sha256: string,
  bytes: Uint8Array,
  offset: number,
): Promise<number | 'complete' | 'elsewhere' | 'damaged'> {
  const end = Math.min(offset + PART_BYTES, bytes.length)
  const response = await client.raw({
    method: 'PUT',
    path: path(sha256),
    headers: {
      'content-type': 'application/octet-stream',
      ...(bytes.length > 0 ? { 'content-range': rangeOf(offset, end, bytes.length) } : {}),
    },
    body: bytes.subarray(offset, end),
    timeoutMs: TRANSFER_TIMEOUT_MS,
  })
  if (response.status === 409) {
    await drained(client, response)
    return 'elsewhere'
  }
  try {
    await checkAnswer(client.registry, response)
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code === 'blob-damaged') return 'damaged'
    throw error
  }
  await drained(client, response)
  if (response.status === 201) return 'complete'
  const stands = Number(response.headers.get('upload-offset') ?? Number.NaN)
  if (Number.isNaN(stands)) throw trouble('registry-version', { registry: client.registry, reason: 'Upload-Offset' })
  return stands
}

/** Reads an answer to its end, so that its connection can be used again. */
async function drained(client: BlobClient, response: Response): Promise<void> {
  try {
    await response.arrayBuffer()
  } catch (error) {
    throw unreachable(client.registry, error)
  }
}

async function standing(client: BlobClient, sha256: string): Promise<number | 'complete'> {
  const response = await client.raw({ method: 'HEAD', path: path(sha256) })
  if (response.ok) return 'complete'
  if (response.status === 404) return Number(response.headers.get('upload-offset') ?? 0)
  await checkAnswer(client.registry, response)
  return 0
}

/**
 * Fetches a blob of a known size by Range, going on where a torn connection or a killed desk stopped, and checks it. What came stays in
 * `partials` until the caller drops it. Throws `blob-missing`, or `blob-damaged` when its bytes do not hash to its name.
 */
export async function download(
  client: BlobClient,
  partials: PartialBlobs,
  { sha256, bytes }: { readonly sha256: string; readonly bytes: number },
): Promise<Uint8Array> {
  const part = partials.open(sha256, bytes)
  try {
    for (let vain = 0; part.have < bytes; ) {
      const before = part.have
      try {
        await downloadOn(client, sha256, part)
      } catch (error) {
        if (!(error instanceof ProblemError) || error.problem.code !== 'registry-unreachable') throw error
        if (++vain >= VAIN_TRIES) throw error
      }
      if (part.have > before) vain = 0
    }
  } catch (error) {
    part.close()
    // announced and sent do not agree: nothing of it can be gone on with
    if (error instanceof ProblemError && error.problem.code === 'blob-damaged') partials.drop(sha256)
    throw error
  }
  part.close()
  if (createHash('sha256').update(part.bytes).digest('hex') === sha256) return part.bytes
  partials.drop(sha256)
  throw trouble('blob-damaged', { sha256 })
}

/** Reads from where the blob stands as far as the connection carries. */
async function downloadOn(client: BlobClient, sha256: string, part: PartialBlob): Promise<void> {
  const have = part.have
  const response = await client.raw({
    method: 'GET',
    path: path(sha256),
    headers: { range: `bytes=${have}-` },
    timeoutMs: TRANSFER_TIMEOUT_MS,
  })
  await checkAnswer(client.registry, response)
  if (!response.body) return
  if (response.status !== 206) part.restart()
  try {
    for await (const piece of response.body as AsyncIterable<Uint8Array>) {
      // more than the feed announced is not the blob that was announced
      if (part.have + piece.length > part.bytes.length) throw trouble('blob-damaged', { sha256 })
      part.add(piece)
    }
  } catch (error) {
    if (error instanceof ProblemError) throw error
    if (part.have > have) return
    throw unreachable(client.registry, error)
  }
  if (part.have === have) throw trouble('blob-damaged', { sha256 })
}
