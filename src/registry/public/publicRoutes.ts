import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { problemText } from '../../contract/problemText.ts'
import { zPublicAnswer } from '../../contract/registry/publicCheck.ts'
import { zProblem } from '../../contract/value.ts'
import { ProblemError, problem } from '../../domain/problem.ts'
import { languageOf, sendPage } from '../page/pageRoutes.ts'
import type { CheckedImei } from './checkImei.ts'
import { CHECK_PATH, checkPage } from './checkPage.ts'
import { sayAnswer } from './checkText.ts'

/** Questions of one address a minute, of the page and of the JSON each; enough for a family and a shop, too few to walk through the numbers. */
const CHECKS_A_MINUTE = 30
const LIMITED = { rateLimit: { max: CHECKS_A_MINUTE, timeWindow: '1 minute' } }

export interface PublicOptions {
  /** @throws ProblemError `imei-unusable` */
  readonly check: (imei: string, minSeq: number) => Promise<CheckedImei>
}

/** The public question about an IMEI: JSON for other sites and robots of operators, and a page for people. */
export const publicRoutes: FastifyPluginAsyncZod<PublicOptions> = async (app, { check }) => {
  app.get(
    '/public/imei/:imei',
    {
      config: LIMITED,
      schema: {
        params: z.object({ imei: z.string().max(60) }),
        querystring: z.object({
          lang: z.string().max(20).optional(),
          /** Whoever has just seen something happen asks for an answer that knows of it. */
          min_seq: z.coerce.number().int().nonnegative().default(0),
        }),
        response: { 200: zPublicAnswer, 422: z.object({ problem: zProblem }), 429: z.object({ problem: zProblem }) },
      },
      errorHandler: (e, _request, reply) => {
        if (e.statusCode !== 429) throw e
        return reply.status(429).send({ problem: problem('too-many-requests', {}) })
      },
    },
    async (request, reply) => {
      const language = languageOf(request)
      try {
        const answer = await check(request.params.imei, request.query.min_seq)
        return { ...answer, ...sayAnswer(answer, language), language }
      } catch (e) {
        if (!(e instanceof ProblemError)) throw e
        return reply.status(422).send({ problem: e.problem })
      }
    },
  )

  app.get('/', { schema: { hide: true } }, (request, reply) =>
    reply.redirect(`${CHECK_PATH}?lang=${languageOf(request)}`),
  )

  app.get(
    CHECK_PATH,
    {
      config: LIMITED,
      schema: {
        hide: true,
        querystring: z.object({ imei: z.string().max(200).optional(), lang: z.string().max(20).optional() }),
      },
    },
    async (request, reply) => {
      const lang = languageOf(request)
      const imei = request.query.imei?.trim()
      if (!imei) return sendPage(reply, checkPage(lang, null))
      try {
        return sendPage(reply, checkPage(lang, { imei, answer: await check(imei, 0), wrong: null }))
      } catch (e) {
        if (!(e instanceof ProblemError)) throw e
        const { message } = problemText(e.problem, lang)
        return sendPage(reply, checkPage(lang, { imei, answer: null, wrong: message }), 422)
      }
    },
  )
}
