import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { zHolders } from '../../contract/registry/clones.ts'
import { deskAccess } from './deskAccess.ts'
import type { Services } from './services.ts'

/** The rivals of a clone case: raw observations leave the registry here alone, to desks, for a case that is open to officers. */
export const cloneRoutes: FastifyPluginAsyncZod<{ services: Services }> = async (app, { services }) => {
  app.addHook('onRequest', deskAccess(services))
  app.get(
    '/clones/:case',
    { schema: { params: z.object({ case: z.uuid() }), response: { 200: zHolders } } },
    (request) => services.rivals(request.params.case),
  )
}
