import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { MOST_SUBJECTS, zAuditProof } from '../../contract/registry/proof.ts'
import { deskAccess } from './deskAccess.ts'
import type { Services } from './services.ts'

const zSubject = z.string().min(1).max(100)

/** Proofs that acts stand in the audit log. */
export const proofRoutes: FastifyPluginAsyncZod<{ services: Services }> = async (app, { services }) => {
  app.addHook('onRequest', deskAccess(services))
  app.get(
    '/audit/proof',
    {
      schema: {
        querystring: z.object({ subject: z.union([zSubject, z.array(zSubject).max(MOST_SUBJECTS)]) }),
        response: { 200: zAuditProof },
      },
    },
    ({ query }) => services.proofs([query.subject].flat()),
  )
}
