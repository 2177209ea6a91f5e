import { createHash, timingSafeEqual } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { unlink } from 'node:fs/promises'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { zOperator } from '../../contract/value.ts'
import { FILE_LISTS } from '../../domain/operatorFile.ts'
import { trouble } from '../../domain/problem.ts'
import type { Services } from './services.ts'

/** Lists for operators who pull them: bearer token, ETag, 304 while nothing changed (docs/formats/operator-file.md). */
export const operatorRoutes: FastifyPluginAsyncZod<{ services: Services }> = async (app, { services }) => {
  app.get(
    '/operators/:operator/:list',
    {
      schema: {
        params: z.object({ operator: zOperator, list: z.enum(FILE_LISTS) }),
        querystring: z.object({
          since: z.coerce.number().int().nonnegative().optional(),
          /** `zip`: with its manifest in an archive, as a desk makes it; asked for by `Accept: application/zip` as well. */
          format: z.enum(['csv', 'zip']).optional(),
        }),
        produces: ['text/csv', 'application/zip'],
      },
    },
    async (request, reply) => {
      const { operator, list } = request.params
      const [, token = ''] = /^Bearer ([\w-]{20,100})$/.exec(request.headers.authorization ?? '') ?? []
      if (!isGranted(token, await services.operatorAccess(operator)))
        throw trouble('operator-token-wrong', { operator })
      const { since = null, format } = request.query
      const packed = format === undefined ? acceptsZip(request.headers.accept) : format === 'zip'
      const pull = { operator, list, since, packed }
      const { tag } = await services.pullTag(pull)
      reply.header('etag', tag).header('cache-control', 'private, no-cache').header('vary', 'accept')
      if (request.headers['if-none-match'] === tag) return reply.status(304).send()
      const { path, name, seq, rows, sha256, signature, key } = await services.pullList(pull)
      const stream = createReadStream(path)
      stream.once('close', () => void unlink(path))
      return reply
        .headers({ 'x-tamga-seq': seq, 'x-tamga-rows': rows, 'x-tamga-sha256': sha256 })
        .headers({ 'x-tamga-key': key, 'x-tamga-signature': signature })
        .header('content-disposition', `attachment; filename="${name}.${packed ? 'zip' : 'csv'}"`)
        .type(packed ? 'application/zip' : 'text/csv; charset=utf-8')
        .send(stream)
    },
  )
}

/** True for whoever names the archive and not the bare list as well. */
const acceptsZip = (accept = ''): boolean => /\bapplication\/zip\b/.test(accept) && !/\btext\/csv\b/.test(accept)

function isGranted(token: string, granted: string | null): boolean {
  if (granted === null) return false
  return timingSafeEqual(createHash('sha256').update(token).digest(), Buffer.from(granted, 'hex'))
}
