import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { zSimulated, zSimulationAsk } from '../../contract/simulation.ts'
import { trouble } from '../../domain/problem.ts'
import { deskAccess } from './deskAccess.ts'
import type { Services } from './services.ts'

const zVersion = z.coerce.number().int().positive().optional()

/** GET /v1/simulation?from&to&set: what another policy would move; `set` is a JSON array of `{key, value}`. Ends when the caller goes away. */
export const simulationRoutes: FastifyPluginAsyncZod<{ services: Services }> = async (app, { services }) => {
  app.addHook('onRequest', deskAccess(services))
  app.get(
    '/simulation',
    {
      schema: {
        querystring: z.object({ from: zVersion, to: zVersion, set: z.string().max(20_000).default('[]') }),
        response: { 200: zSimulated },
      },
    },
    async ({ query, raw }) => {
      const gone = new AbortController()
      raw.on('close', () => gone.abort())
      const set = zSimulationAsk.shape.set.safeParse(parsed(query.set))
      if (!set.success) throw trouble('bad-message', { field: 'set', message: set.error.message })
      return services.simulate({ from: query.from ?? null, to: query.to ?? null, set: set.data }, gone.signal)
    },
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw trouble('bad-message', { field: 'set', message: String(error) })
  }
}
