import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { zApplicantView } from '../../contract/registry/intake.ts'
import type { Intake } from '../../contract/registry.ts'
import { zIntake, zIntakeAnswer } from '../../contract/registry.ts'
import { zEvidenceFile } from '../../contract/value.ts'
import type { Access } from './applicant.ts'
import type { ApplicantAct, ApplicantView } from './applicantView.ts'

export interface IntakeOptions {
  readonly intake: (appeal: Intake) => Promise<{ id: string; secret: string }>
  readonly follow: (access: Access) => Promise<ApplicantView>
  readonly act: (access: Access, act: ApplicantAct) => Promise<ApplicantView>
  readonly checkPortal: (authorization: string | undefined) => Promise<void>
}

const zSecret = z.object({ secret: z.string().max(60) })
const zNote = z.string().max(4000)
const params = z.object({ id: z.string().max(40) })

/**
 * Appeals from portals, as JSON. Evidence is uploaded before, by hash (`/intake/blobs/{sha256}`, resumable as all blobs are). A portal
 * names itself by its token; the applicant's secret never stands in an address.
 */
export const intakeRoutes: FastifyPluginAsyncZod<IntakeOptions> = async (app, { intake, follow, act, checkPortal }) => {
  app.addHook('onRequest', (request) => checkPortal(request.headers.authorization))

  app.post('/intake/appeals', { schema: { body: zIntake, response: { 200: zIntakeAnswer } } }, (request) =>
    intake(request.body),
  )

  app.post(
    '/intake/appeals/:id/state',
    { schema: { params, body: zSecret, response: { 200: zApplicantView } } },
    async (request) => plain(await follow({ id: request.params.id, ...request.body })),
  )

  app.post(
    '/intake/appeals/:id/answer',
    {
      schema: {
        params,
        body: zSecret.extend({ note: zNote, evidence: z.array(zEvidenceFile).max(20) }),
        response: { 200: zApplicantView },
      },
    },
    async (request) => {
      const { secret, note, evidence } = request.body
      return plain(await act({ id: request.params.id, secret }, { do: 'answer', note, evidence }))
    },
  )

  for (const what of ['withdraw', 'complain'] as const)
    app.post(
      `/intake/appeals/:id/${what}`,
      { schema: { params, body: zSecret.extend({ note: zNote }), response: { 200: zApplicantView } } },
      async (request) => {
        const { secret, note } = request.body
        return plain(await act({ id: request.params.id, secret }, { do: what, note }))
      },
    )
}

const plain = (view: ApplicantView): z.infer<typeof zApplicantView> => ({
  ...view,
  imeis: [...view.imeis],
  steps: view.steps.map((s) => ({ ...s, reasons: [...s.reasons] })),
})
