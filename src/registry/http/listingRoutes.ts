import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { zFiguresAsk, zListFigures } from '../../contract/registry/listFigures.ts'
import { zListingAsk, zListingPage } from '../../contract/registry/listings.ts'
import { deskAccess } from './deskAccess.ts'
import type { Services } from './services.ts'

/** Lists as the registry computes them: what a desk does not answer from its mirror. */
export const listingRoutes: FastifyPluginAsyncZod<{ services: Services }> = async (app, { services }) => {
  app.addHook('onRequest', deskAccess(services))
  app.get(
    '/listings',
    { schema: { querystring: zListingAsk, response: { 200: zListingPage } } },
    ({ query: { after, limit, ...filter } }) => services.listings(filter, after, limit),
  )
  app.get('/figures', { schema: { querystring: zFiguresAsk, response: { 200: zListFigures } } }, ({ query }) =>
    services.listFigures(query),
  )
}
