import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Logger } from 'pino'
import type { Counts } from './counts.ts'
import type { Services } from './services.ts'

/** For those who run the registry: health, readiness, metrics, the description of the interface. */
export const operationRoutes: FastifyPluginAsyncZod<{ services: Services; counts: Counts; log: Logger }> = async (
  app,
  { services, counts, log },
) => {
  app.get('/healthz', { schema: { hide: true } }, () => ({ ok: true }))

  app.get('/readyz', { schema: { hide: true } }, async (_request, reply) => {
    try {
      await services.ready()
      return { ready: true }
    } catch (e) {
      log.warn({ err: e }, 'not ready')
      return reply.status(503).send({ ready: false })
    }
  })

  app.get('/metrics', { schema: { hide: true } }, async (_request, reply) =>
    reply.type('text/plain; version=0.0.4').send(counts.text() + (await services.metrics())),
  )

  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger())
}
