import type { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { zBlobState } from '../../contract/registry.ts'
import { zProblem, zSha256 } from '../../contract/value.ts'
import { problem, trouble } from '../../domain/problem.ts'
import { MAX_BLOB_BYTES } from '../blob/blobStore.ts'
import { deskAccess } from './deskAccess.ts'
import type { Services } from './services.ts'

const params = z.object({ sha256: zSha256 })

export interface BlobOptions {
  readonly services: Services
  /** Who may; absent: desks. */
  readonly access?: (request: FastifyRequest) => Promise<void>
}

/** Segments and evidence: resumable both ways. */
export const blobRoutes: FastifyPluginAsyncZod<BlobOptions> = async (app, { services, access }) => {
  const { blobs } = services
  app.addHook('onRequest', access ?? deskAccess(services))
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { bodyLimit: MAX_BLOB_BYTES }, (_request, payload, done) => done(null, payload))

  app.put(
    '/blobs/:sha256',
    { schema: { params, response: { 201: zBlobState, 202: zBlobState, 409: z.object({ problem: zProblem }) } } },
    async (request, reply) => {
      const { sha256 } = request.params
      const part = partOf(request.headers['content-range'], Number(request.headers['content-length']))
      const content = (request.body ?? request.raw) as Readable
      // a connection that is answered before all was read carries no further request
      const readOn = () => content.resume()
      const stored =
        part.start === null ? blobs.finish(sha256, part.total) : blobs.append(sha256, content, part.start, part.total)
      const state = await stored.catch((error: unknown) => {
        readOn()
        throw error
      })
      if (state === null) {
        const { bytes } = await blobs.state(sha256)
        readOn()
        const message = `the upload stands at ${bytes}`
        return reply
          .status(409)
          .header('upload-offset', bytes)
          .send({ problem: problem('bad-message', { field: 'content-range', message }) })
      }
      return reply
        .status(state.complete ? 201 : 202)
        .header('upload-offset', state.bytes)
        .send({ sha256, ...state })
    },
  )

  app.head('/blobs/:sha256', { schema: { params } }, async (request, reply) => {
    const state = await blobs.state(request.params.sha256)
    return state.complete
      ? reply.status(200).header('content-length', state.bytes).header('accept-ranges', 'bytes').send()
      : reply.status(404).header('upload-offset', state.bytes).send()
  })

  app.get('/blobs/:sha256', { schema: { params } }, async (request, reply) => {
    const { sha256 } = request.params
    const state = await blobs.state(sha256)
    if (!state.complete) throw trouble('blob-missing', { sha256 })
    const range = rangeOf(request.headers.range, state.bytes)
    if (range === null) return reply.status(416).header('content-range', `bytes */${state.bytes}`).send()
    reply
      .status(request.headers.range ? 206 : 200)
      .header('content-type', 'application/octet-stream')
      .header('accept-ranges', 'bytes')
      .header('etag', `"${sha256}"`)
      .header('content-length', range.end - range.start + 1)
    if (request.headers.range) reply.header('content-range', `bytes ${range.start}-${range.end}/${state.bytes}`)
    return reply.send(state.bytes === 0 ? '' : blobs.stream(sha256, range.start, range.end))
  })
}

type Part = { readonly start: number; readonly total: number | null } | { readonly start: null; readonly total: number }

/**
 * Where a part begins and how long the whole is; without the header the body is the whole. No start (`bytes *\/N`): all N bytes came
 * before and no body comes.
 */
function partOf(header: string | undefined, length: number): Part {
  if (header === undefined) return { start: 0, total: Number.isFinite(length) ? length : null }
  const [, whole] = /^bytes \*\/(\d+)$/.exec(header) ?? []
  if (whole) return { start: null, total: Number(whole) }
  const [, start, end, total] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(header) ?? []
  if (!start || !end || !total || Number(start) > Number(end) || Number(end) >= Number(total))
    throw trouble('bad-message', { field: 'content-range', message: header.slice(0, 100) })
  return { start: Number(start), total: Number(total) }
}

/** One range of bytes, both ends included; null when there is no such part. */
function rangeOf(header: string | undefined, size: number): { start: number; end: number } | null {
  if (header === undefined) return { start: 0, end: size - 1 }
  const [, start, end] = /^bytes=(\d+)-(\d*)$/.exec(header) ?? []
  if (start === undefined || Number(start) >= size) return null
  return { start: Number(start), end: end ? Math.min(Number(end), size - 1) : size - 1 }
}
