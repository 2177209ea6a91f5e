import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { zNoticeRows } from '../../contract/registry/notices.ts'
import { deskAccess } from './deskAccess.ts'
import type { Services } from './services.ts'

const zNumber = z.coerce.number().int().nonnegative()

/** Who is to be warned under which number: raw observations leave the registry here for an operator's file of warnings. */
export const noticeRoutes: FastifyPluginAsyncZod<{ services: Services }> = async (app, { services }) => {
  app.addHook('onRequest', deskAccess(services))
  app.get(
    '/notices/:issue',
    {
      schema: {
        params: z.object({ issue: z.uuid() }),
        querystring: z.object({ after: zNumber.default(0), limit: zNumber.min(1).max(20_000).default(20_000) }),
        response: { 200: zNoticeRows },
      },
    },
    ({ params, query }) => services.notices(params.issue, query.after, query.limit),
  )
}
