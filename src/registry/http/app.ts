import swagger from '@fastify/swagger'
import Fastify, { type FastifyError, type FastifyInstance } from 'fastify'
import {
  hasZodFastifySchemaValidationErrors,
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
} from 'fastify-type-provider-zod'
import type { Logger } from 'pino'
import type { Intake } from '../../contract/registry.ts'
import { ProblemError, problem } from '../../domain/problem.ts'
import type { Access } from '../intake/applicant.ts'
import type { ApplicantAct } from '../intake/applicantView.ts'
import { citizenRoutes } from '../intake/citizenRoutes.ts'
import { intakeRoutes } from '../intake/intakeRoutes.ts'
import { preparePages } from '../page/pageRoutes.ts'
import { publicRoutes } from '../public/publicRoutes.ts'
import { reportRoutes } from '../reports/reportRoutes.ts'
import { blobRoutes } from './blobRoutes.ts'
import { cloneRoutes } from './cloneRoutes.ts'
import { countRequests } from './counts.ts'
import { deskRoutes } from './deskRoutes.ts'
import { listingRoutes } from './listingRoutes.ts'
import { logRoutes } from './logRoutes.ts'
import { noticeRoutes } from './noticeRoutes.ts'
import { operationRoutes } from './operationRoutes.ts'
import { operatorRoutes } from './operatorRoutes.ts'
import { proofRoutes } from './proofRoutes.ts'
import type { Services } from './services.ts'
import { simulationRoutes } from './simulationRoutes.ts'
import { machineTrouble, statusOf } from './statusOf.ts'

/** Largest JSON body: a command carries references, rows travel in segments. */
const BODY_LIMIT = 1024 * 1024

/** The registry's HTTP application over its services; not listening yet. */
export async function createApp(services: Services, log: Logger, version: string): Promise<FastifyInstance> {
  const app = Fastify({
    logger: false,
    bodyLimit: BODY_LIMIT,
    // an upload of evidence over a slow line takes its time
    requestTimeout: 0,
    forceCloseConnections: 'idle',
    exposeHeadRoutes: false,
    // a proxy on the same machine says who asks; anybody else would only claim to be one
    trustProxy: 'loopback',
    routerOptions: { maxParamLength: 128 },
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'Tamga registry', description: 'Desk to registry', version } },
    transform: jsonSchemaTransform,
  })
  const counts = countRequests(app)
  let closing = false
  app.addHook('preClose', async () => {
    closing = true
  })
  app.addHook('onSend', async (_request, reply) => {
    // a connection kept alive after its last answer would hold up the stop
    if (closing) reply.header('connection', 'close')
  })

  app.setNotFoundHandler((request, reply) =>
    reply.status(404).send({ problem: problem('not-available', { what: request.method }) }),
  )
  app.setErrorHandler((e: FastifyError | ProblemError, request, reply) => {
    const trouble = e instanceof ProblemError ? e.problem : machineTrouble(e)
    if (trouble) {
      if (trouble !== (e as ProblemError).problem) log.warn({ err: e }, trouble.code)
      return reply.status(statusOf(trouble)).send({ problem: trouble })
    }
    if (hasZodFastifySchemaValidationErrors(e)) {
      const first = e.validation[0]
      const details = { field: first?.instancePath ?? '', message: first?.message ?? e.message }
      return reply.status(400).send({ problem: problem('bad-message', details) })
    }
    if ('statusCode' in e && e.statusCode && e.statusCode < 500)
      return reply.status(e.statusCode).send({ problem: problem('bad-message', { field: '', message: e.message }) })
    log.error({ err: e, method: request.method, route: request.routeOptions.url }, 'request failed')
    return reply.status(500).send({ problem: problem('internal', {}) })
  })
  app.addHook('onResponse', async (request, reply) => {
    // the route, not the URL; no address, no body: nothing of a person
    const fields = { method: request.method, route: request.routeOptions.url, status: reply.statusCode }
    log.debug({ ...fields, ms: Math.round(reply.elapsedTime) }, 'request')
  })

  await app.register(operationRoutes, { services, counts, log })
  await app.register(deskRoutes, { prefix: '/v1', services })
  await app.register(logRoutes, { prefix: '/v1', services })
  await app.register(listingRoutes, { prefix: '/v1', services })
  await app.register(simulationRoutes, { prefix: '/v1', services })
  await app.register(proofRoutes, { prefix: '/v1', services })
  await app.register(operatorRoutes, { prefix: '/v1', services })
  await app.register(noticeRoutes, { prefix: '/v1', services })
  await app.register(cloneRoutes, { prefix: '/v1', services })
  await app.register(blobRoutes, { prefix: '/v1', services })
  const applicant = {
    intake: (appeal: Intake) => services.intake(appeal),
    follow: (access: Access) => services.follow(access),
    act: (access: Access, act: ApplicantAct) => services.applicantActs(access, act),
  }
  const portals = { checkPortal: (authorization: string | undefined) => services.checkPortal(authorization) }
  await app.register(intakeRoutes, { ...applicant, ...portals })
  // desks of earlier versions and their tests know this address
  await app.register(intakeRoutes, { ...applicant, ...portals, prefix: '/v1' })
  await app.register(blobRoutes, {
    prefix: '/intake',
    services,
    access: (request) => services.checkPortal(request.headers.authorization),
  })
  await app.register(async (pages) => {
    await preparePages(pages, log)
    await pages.register(reportRoutes, { check: (text) => services.reportProof(text) })
    const letter = (no: string, code: string) => services.letter(no, code)
    await pages.register(citizenRoutes, { ...applicant, letter, blobs: services.blobs, now: () => services.now() })
    await pages.register(publicRoutes, {
      check: (imei, minSeq) => services.checkImei(imei, minSeq),
    })
  })
  return app
}
