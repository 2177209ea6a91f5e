import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import type { Lang } from '../../contract/value.ts'
import { ProblemError } from '../../domain/problem.ts'
import { troublePage } from './layout.ts'
import { pageLanguage } from './pageLanguage.ts'
import { STYLE_PATH, STYLES } from './styles.ts'

/** Pages carry no script, load nothing from elsewhere, stand in no frame, and their forms go home only. */
const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self' data:",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

const HEADERS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  // what a page says of a device is of its moment and of nobody else
  'cache-control': 'no-store',
  'x-robots-tag': 'noindex',
} as const

/** Requests of one address a minute, all public pages of this process together, unless a route sets its own. */
export const PAGE_REQUESTS_A_MINUTE = 120

/** The language a request asks for. */
export const languageOf = (request: FastifyRequest): Lang =>
  pageLanguage((request.query as { lang?: unknown } | undefined)?.lang, request.headers['accept-language'])

/** Sends a page. */
export const sendPage = (reply: FastifyReply, text: string, status = 200): FastifyReply =>
  reply.status(status).type('text/html; charset=utf-8').send(text)

/**
 * Makes a scope of the application one of public pages: security headers, rate limit, the style sheet, and troubles told as pages.
 * Routes registered in the scope afterwards may set `config: { rateLimit: { max, timeWindow } }`.
 */
export async function preparePages(pages: FastifyInstance, log: Logger): Promise<void> {
  await pages.register(rateLimit, { max: PAGE_REQUESTS_A_MINUTE, timeWindow: '1 minute' })
  pages.addHook('onSend', async (_request, reply) => {
    for (const [name, value] of Object.entries(HEADERS)) if (!reply.hasHeader(name)) reply.header(name, value)
  })
  pages.setErrorHandler((e: Error & { statusCode?: number }, request, reply) => {
    const status = e.statusCode ?? (e instanceof ProblemError ? 422 : 500)
    if (status >= 500) log.error({ err: e, route: request.routeOptions.url }, 'page failed')
    const what = status === 429 ? 'too-many' : status === 404 ? 'not-found' : status >= 500 ? 'failed' : 'unusable'
    return sendPage(reply, troublePage(languageOf(request), request.routeOptions.url ?? '/check', what), status)
  })
  pages.get(STYLE_PATH, { schema: { hide: true } }, (_request, reply) =>
    reply.header('cache-control', 'public, max-age=3600').type('text/css; charset=utf-8').send(STYLES),
  )
}
