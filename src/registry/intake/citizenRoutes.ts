import multipart from '@fastify/multipart'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { problemText } from '../../contract/problemText.ts'
import type { Lang } from '../../contract/value.ts'
import { ROUTES } from '../../domain/appeal.ts'
import { businessDate } from '../../domain/businessDate.ts'
import type { Instant } from '../../domain/fact.ts'
import { type ProblemCode, ProblemError } from '../../domain/problem.ts'
import type { BlobStore } from '../blob/blobStore.ts'
import type { StoredLetter } from '../db/appeal/secrets.ts'
import { languageOf, sendPage } from '../page/pageRoutes.ts'
import type { ApplicantAct } from './applicantView.ts'
import { FILING_PATH, filedPage, formPage, routePage, STATE_PATH } from './filingPage.ts'
import { FORM_FILE_BYTES, FORM_FILES } from './formFields.ts'
import type { IntakeOptions } from './intakeRoutes.ts'
import { judgeForm } from './judgeForm.ts'
import { LETTER_PATH, letterPage } from './letterPage.ts'
import { readForm, type SentForm } from './readForm.ts'
import { askStatePage, statePage } from './statePage.ts'

export interface CitizenOptions extends Omit<IntakeOptions, 'checkPortal'> {
  readonly blobs: BlobStore
  readonly now: () => Instant
  readonly letter: (no: string, code: string) => Promise<StoredLetter | null>
}

/** Forms of one address a minute: nobody types faster, and nobody tries secrets out. */
const FORMS_A_MINUTE = 12
const LIMITED = { rateLimit: { max: FORMS_A_MINUTE, timeWindow: '1 minute' } }

/** The citizen's pages: file an appeal, follow it, answer, withdraw, complain, check a letter. No script, no cookie. */
export const citizenRoutes: FastifyPluginAsyncZod<CitizenOptions> = async (app, o) => {
  await app.register(multipart, {
    limits: { fileSize: FORM_FILE_BYTES, files: FORM_FILES, fields: 60, fieldSize: 8000, parts: 80 },
    throwFileSizeLimit: false,
  })

  app.get(
    FILING_PATH,
    {
      schema: { hide: true, querystring: z.object({ route: z.enum(ROUTES).optional(), lang: z.string().optional() }) },
    },
    (request, reply) => {
      const lang = languageOf(request)
      const { route } = request.query
      return sendPage(reply, route ? formPage(lang, route, null) : routePage(lang))
    },
  )

  app.post(FILING_PATH, { config: LIMITED, schema: { hide: true } }, async (request, reply) => {
    const form = await readForm(request, o.blobs)
    const lang = langOf(form, request)
    const route = ROUTES.find((r) => r === form.fields.route)
    if (!route) return sendPage(reply, routePage(lang), 422)
    const today = businessDate(o.now())
    const { intake, faults } = judgeForm(form, route, lang, today)
    if (faults.size > 0) return sendPage(reply, formPage(lang, route, { fields: form.fields, faults }), 422)
    try {
      const { id, secret } = await o.intake(intake)
      const { dueAt } = await o.follow({ id, secret })
      return sendPage(reply, filedPage(lang, { id, secret, dueAt, files: intake.evidence.length }))
    } catch (e) {
      if (!(e instanceof ProblemError)) throw e
      const { message, remedy } = problemText(e.problem, lang)
      const wrong = new Map([[fieldOf(e.problem.code), `${message} ${remedy}`]])
      return sendPage(reply, formPage(lang, route, { fields: form.fields, faults: wrong }), 422)
    }
  })

  app.get(STATE_PATH, { schema: { hide: true } }, (request, reply) =>
    sendPage(reply, askStatePage(languageOf(request), '', null)),
  )
  app.post(STATE_PATH, { config: LIMITED, schema: { hide: true } }, (request, reply) => state(request, reply))

  const zLetter = z.object({ no: z.string().max(60), code: z.string().max(40), lang: z.string() }).partial()
  app.get(LETTER_PATH, { config: LIMITED, schema: { hide: true, querystring: zLetter } }, async (request, reply) => {
    const { no = '', code = '' } = request.query
    const plain = { no: no.trim(), code: code.replaceAll(/[\s-]/g, '').toUpperCase() }
    const letter = plain.no && plain.code ? await o.letter(plain.no, plain.code) : undefined
    return sendPage(reply, letterPage(languageOf(request), plain, letter), letter === null ? 404 : 200)
  })

  async function state(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const form = await readForm(request, o.blobs)
    const lang = langOf(form, request)
    const { number: id = '', secret = '' } = form.fields
    const act = actOf(form)
    try {
      if (form.wrong) throw form.wrong
      const view = act ? await o.act({ id, secret }, act) : await o.follow({ id, secret })
      return sendPage(reply, statePage(lang, { view, secret, did: act?.do ?? null, wrong: null }))
    } catch (e) {
      if (!(e instanceof ProblemError)) throw e
      const { message, remedy } = problemText(e.problem, lang)
      const wrong = `${message} ${remedy}`
      if (e.problem.code === 'appeal-secret-wrong') return sendPage(reply, askStatePage(lang, id, wrong), 422)
      const view = await o.follow({ id, secret }).catch(() => null)
      if (!view) return sendPage(reply, askStatePage(lang, id, wrong), 422)
      return sendPage(reply, statePage(lang, { view, secret, did: null, wrong }), 422)
    }
  }
}

const langOf = (form: SentForm, request: FastifyRequest): Lang => {
  const { lang } = form.fields
  return lang === 'kk' || lang === 'ru' || lang === 'en' ? lang : languageOf(request)
}

function actOf({ fields, files }: SentForm): ApplicantAct | null {
  const { act, note = '', sure } = fields
  if (act === 'answer') return { do: 'answer', note, evidence: files }
  if (act === 'complain') return { do: 'complain', note }
  return act === 'withdraw' && sure === 'yes' ? { do: 'withdraw', note } : null
}

/** The field of the form that a refusal speaks of; what concerns all of it stands at the first. */
function fieldOf(code: ProblemCode): string {
  switch (code) {
    case 'appeal-duplicate':
    case 'imei-unusable':
      return 'imei1'
    case 'tracking-used-up':
      return 'trackingNo'
    default:
      return 'name'
  }
}
