import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { type ReportProofAnswer, zReportProofAnswer } from '../../contract/registry/reportProof.ts'
import { languageOf, sendPage } from '../page/pageRoutes.ts'
import { proofPage, REPORT_PATH } from './proofPage.ts'

export interface ProofOptions {
  readonly check: (text: string) => Promise<ReportProofAnswer>
}

/** The public question whether a report is genuine: JSON for desks and other programs, a page for whoever holds the paper. */
export const reportRoutes: FastifyPluginAsyncZod<ProofOptions> = async (app, { check }) => {
  app.get(
    '/public/report',
    {
      schema: { querystring: z.object({ proof: z.string().max(1000) }), response: { 200: zReportProofAnswer } },
    },
    (request) => check(request.query.proof),
  )

  app.get(
    REPORT_PATH,
    {
      schema: {
        hide: true,
        querystring: z.object({ proof: z.string().max(1000).optional(), lang: z.string().max(20).optional() }),
      },
    },
    async (request, reply) => {
      const lang = languageOf(request)
      const text = request.query.proof?.trim()
      if (!text) return sendPage(reply, proofPage(lang, null))
      return sendPage(reply, proofPage(lang, { text, answer: await check(text) }))
    },
  )
}
