import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A proxy before a registry that loses or tears what a test says. */
export class FaultProxy {
  readonly url: string
  readonly #server: Server
  #lose: string | null = null
  #tear: { path: string; bytes: number } | null = null
  readonly #rewrites = new Map<string, (body: unknown) => unknown>()
  readonly #bytes = new Map<string, (body: Buffer) => Buffer>()
  /** Told of each request before it goes on. */
  passing: (path: string, headers: IncomingMessage['headers']) => void = () => undefined
  lost = 0
  torn = 0

  private constructor(server: Server) {
    this.#server = server
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  static async before(registry: string): Promise<FaultProxy> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const proxy = new FaultProxy(server)
    server.on('request', (req, res) => proxy.#pass(registry, req, res))
    return proxy
  }

  /** The registry gets requests to this path and does them; its answers do not come back. */
  loseAnswersTo(path: string | null): void {
    this.#lose = path
  }

  /** Connections to this path break after so many bytes. */
  tearAfter(path: string, bytes: number): void {
    this.#tear = { path, bytes }
  }

  /** JSON answers of this path come changed. */
  rewrite(path: string, change: (body: unknown) => unknown): void {
    this.#rewrites.set(path, change)
  }

  /** Answers of this path come with other bytes. */
  garble(path: string, change: (body: Buffer) => Buffer): void {
    this.#bytes.set(path, change)
  }

  /** Answers of this path are these bytes, whatever the registry has. */
  serve(path: string, bytes: Buffer): void {
    this.#bytes.set(path, () => bytes)
  }

  /** From now on everything passes as it is. */
  mend(): void {
    this.#lose = null
    this.#tear = null
    this.#rewrites.clear()
    this.#bytes.clear()
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #pass(registry: string, req: IncomingMessage, res: ServerResponse): void {
    const path = req.url ?? '/'
    this.passing(path, req.headers)
    // a connection of its own: one that was torn must not be lent out again
    const to = { method: req.method, headers: { ...req.headers, connection: 'close' }, agent: false as const }
    const up = request(new URL(path, registry), to, (answer) => {
      if (this.#lose !== null && path.startsWith(this.#lose)) {
        this.lost++
        answer.resume()
        answer.on('end', () => res.destroy())
        return
      }
      const rewrite = this.#rewrites.get(path.split('?')[0] ?? '')
      const garble = [...this.#bytes].find(([start]) => path.startsWith(start))?.[1]
      if (rewrite || garble) {
        const pieces: Buffer[] = []
        answer.on('data', (piece: Buffer) => pieces.push(piece))
        answer.on('end', () => {
          const body = Buffer.concat(pieces)
          const changed = rewrite ? Buffer.from(JSON.stringify(rewrite(JSON.parse(body.toString())))) : garble?.(body)
          const { 'content-range': _range, ...headers } = answer.headers
          const status = garble && answer.statusCode === 404 ? 200 : (answer.statusCode ?? 502)
          res.writeHead(status, { ...headers, 'content-length': changed?.length ?? 0 })
          res.end(changed)
        })
        return
      }
      res.writeHead(answer.statusCode ?? 502, answer.headers)
      let left = this.#tear && path.startsWith(this.#tear.path) ? this.#tear.bytes : Number.POSITIVE_INFINITY
      answer.on('data', (piece: Buffer) => {
        if (res.destroyed) return
        res.write(piece.subarray(0, left))
        left -= piece.length
        if (left > 0) return
        this.torn++
        answer.destroy()
        // what was written must arrive before the connection breaks
        setImmediate(() => res.destroy())
      })
      answer.on('end', () => res.end())
    })
    up.on('error', () => res.destroy())
    req.pipe(up)
  }
}
