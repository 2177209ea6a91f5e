import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { zDraftExchange, zSharedDrafts } from '../../contract/registry/appealActs.ts'
import { zDesks } from '../../contract/registry/desks.ts'
import { zKeys } from '../../contract/registry/publicCheck.ts'
import {
  type Command,
  zCommand,
  zCommandAnswer,
  zEnrol,
  zHello,
  zOfficers,
  zSignedIn,
  zSignIn,
} from '../../contract/registry.ts'
import { deskAccess } from './deskAccess.ts'
import type { Services } from './services.ts'

/** Who is there: hello, enrolment, signing in; and what desks and the portal bring: commands and appeals. */
export const deskRoutes: FastifyPluginAsyncZod<{ services: Services }> = async (app, { services }) => {
  app.get('/hello', { schema: { response: { 200: zHello } } }, () => services.hello())

  app.get('/keys', { schema: { response: { 200: zKeys } } }, () => services.keys())

  app.post(
    '/desks',
    { schema: { body: zEnrol, response: { 200: z.object({ desk: z.string() }) } } },
    async (request) => {
      await services.enrol(request.body)
      return { desk: request.body.desk }
    },
  )

  app.post('/sessions', { schema: { body: zSignIn, response: { 200: zSignedIn } } }, async (request) => ({
    officer: await services.signIn(request.body),
  }))

  app.get('/officers', { schema: { response: { 200: zOfficers } }, onRequest: deskAccess(services) }, () =>
    services.officers(),
  )

  app.get('/desks', { schema: { response: { 200: zDesks } }, onRequest: deskAccess(services) }, () => services.desks())

  app.post('/commands', { schema: { body: zCommand, response: { 200: zCommandAnswer } } }, (request) =>
    services.command(request.body as Command),
  )

  app.post('/drafts', { schema: { body: zDraftExchange, response: { 200: zSharedDrafts } } }, (request) =>
    services.exchangeDrafts(request.body),
  )
}
