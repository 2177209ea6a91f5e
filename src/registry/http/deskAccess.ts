import type { FastifyRequest } from 'fastify'
import { requestText } from '../../contract/registry.ts'
import { trouble } from '../../domain/problem.ts'
import type { Services } from './services.ts'

/** `Authorization: Desk <desk>;<at>;<signature>` */
const FORM = /^Desk ([0-9a-f-]{36});([0-9TZ:.-]{20,30});([\w-]+)$/

/**
 * Hook that lets only enrolled desks read: the request is signed with the desk's key. Where only sample data lie, requests without the
 * header pass too.
 */
export const deskAccess =
  (services: Services) =>
  async (request: FastifyRequest): Promise<void> => {
    const header = request.headers.authorization
    if (header === undefined) {
      if (await services.signedReads()) throw trouble('desk-unknown', { desk: '' })
      return
    }
    const [, desk, at, signature] = FORM.exec(header) ?? []
    if (!desk || !at || !signature) throw trouble('signature-wrong', { desk: '' })
    const text = requestText({ method: request.method, path: request.url, desk, at })
    await services.checkDesk({ desk, at, signature, text })
  }
