import type { ServerResponse } from 'node:http'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { zAppealGroups, zAppealNow, zAppealVersions } from '../../contract/registry/appealDigest.ts'
import { DIGEST_PARTS, zDigestRanges, zFactRows, zListingRows } from '../../contract/registry/digestRanges.ts'
import { zAuditEntry, zCheckpoint, zDigest, zFeed } from '../../contract/registry.ts'
import { deskAccess } from './deskAccess.ts'
import type { Services } from './services.ts'

const KEEP_ALIVE_MS = 15_000
const zFromText = z.coerce.number().int().nonnegative()

const zRange = z.object({ atSeq: zFromText, from: zFromText, to: zFromText })

/** The log and what proves it: feed, live hints, digest, audit. */
export const logRoutes: FastifyPluginAsyncZod<{ services: Services }> = async (app, { services }) => {
  app.addHook('onRequest', deskAccess(services))

  app.get(
    '/feed',
    {
      schema: {
        querystring: z.object({
          epoch: z.uuid(),
          after: zFromText,
          limit: zFromText.min(1).max(1000).default(1000),
          /** The answer must know at least this event; a replica that does not is waited for shortly, then passed over. */
          min_seq: zFromText.default(0),
        }),
        response: { 200: zFeed },
      },
    },
    ({ query: { epoch, after, limit, min_seq: minSeq } }) => services.feed({ epoch, after, limit, minSeq }),
  )

  const listening = new Set<ServerResponse>()
  app.addHook('preClose', async () => {
    for (const raw of listening) raw.end()
  })
  app.get('/live', { schema: { produces: ['text/event-stream'] } }, (request, reply) => {
    reply.hijack()
    const { raw } = reply
    listening.add(raw)
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', connection: 'keep-alive' })
    const stop = services.live((head) => {
      raw.write(`data: ${JSON.stringify({ epoch: head.epoch, head: head.head })}\n\n`)
    })
    const beat = setInterval(() => raw.write(': here\n\n'), KEEP_ALIVE_MS).unref()
    request.raw.on('close', () => {
      clearInterval(beat)
      listening.delete(raw)
      stop()
    })
  })

  app.get(
    '/digest',
    { schema: { querystring: z.object({ atSeq: zFromText.optional() }), response: { 200: zDigest } } },
    (request) => services.digest(request.query.atSeq ?? null),
  )

  app.get(
    '/digest/ranges',
    {
      schema: {
        querystring: zRange.extend({ part: z.enum(DIGEST_PARTS), width: zFromText.min(1000) }),
        response: { 200: zDigestRanges },
      },
    },
    ({ query: { part, atSeq, ...of } }) => services.digestRanges(part, atSeq, of),
  )

  app.get('/digest/facts', { schema: { querystring: zRange, response: { 200: zFactRows } } }, ({ query }) =>
    services.factRows(query.atSeq, query.from, query.to),
  )

  app.get('/digest/listings', { schema: { querystring: zRange, response: { 200: zListingRows } } }, ({ query }) =>
    services.listingRows(query.atSeq, query.from, query.to),
  )

  const zAtSeq = z.object({ atSeq: zFromText })
  app.get('/digest/appeals', { schema: { querystring: zAtSeq, response: { 200: zAppealGroups } } }, ({ query }) =>
    services.appealGroups(query.atSeq),
  )
  app.get(
    '/digest/appeals/:group',
    {
      schema: {
        params: z.object({ group: z.string().max(60) }),
        querystring: zAtSeq,
        response: { 200: zAppealVersions },
      },
    },
    ({ params, query }) => services.appealVersions(query.atSeq, params.group),
  )
  app.get(
    '/appeals/:id',
    { schema: { params: z.object({ id: z.string().max(60) }), response: { 200: zAppealNow } } },
    ({ params }) => services.appealNow(params.id),
  )

  app.get(
    '/audit',
    {
      schema: {
        querystring: z.object({ after: zFromText.default(0), limit: zFromText.min(1).max(1000).default(1000) }),
        response: { 200: z.array(zAuditEntry) },
      },
    },
    (request) => services.audit(request.query.after, request.query.limit),
  )

  app.get('/audit/checkpoint', { schema: { response: { 200: zCheckpoint } } }, () => services.checkpoint())
}
