import { Agent, request } from 'node:http'

/** Answers that have no body, by RFC 9110. */
const BODILESS = new Set([204, 205, 304])

/**
 * Carries requests over connections that stay open, with Node's own client: `fetch` costs several times as much, and walks in their
 * hundreds of thousands consist of little else. Walks say what becomes of a request, not a machine that is busy with other things: one
 * that takes long is waited for, and a connection that the registry gave up while nobody used it is opened again.
 */
export class HttpLine {
  #agent = new Agent({ keepAlive: true })

  readonly fetch: typeof globalThis.fetch = (input, init) =>
    new Promise((resolve, reject) => {
      const failed = (cause: NodeJS.ErrnoException): void => {
        if (out.reusedSocket && cause.code === 'ECONNRESET') this.fetch(input, init).then(resolve, reject)
        else reject(new TypeError('fetch failed', { cause }))
      }
      const { method = 'GET', body } = init ?? {}
      const out = request(
        input instanceof Request ? input.url : input,
        {
          agent: this.#agent,
          method,
          headers: Object.fromEntries(new Headers(init?.headers)),
        },
        (answer) => {
          const pieces: Buffer[] = []
          answer.on('data', (piece: Buffer) => pieces.push(piece))
          answer.once('error', failed)
          answer.once('end', () => {
            const status = answer.statusCode ?? 0
            const headers = new Headers()
            for (let i = 0; i < answer.rawHeaders.length; i += 2)
              headers.append(answer.rawHeaders[i] ?? '', answer.rawHeaders[i + 1] ?? '')
            resolve(new Response(BODILESS.has(status) ? null : Buffer.concat(pieces), { status, headers }))
          })
        },
      )
      out.once('error', failed)
      out.end(body as string | Uint8Array | null | undefined)
    })

  /** Ends its connections; a later request opens new ones. */
  close(): void {
    this.#agent.destroy()
    this.#agent = new Agent({ keepAlive: true })
  }
}
