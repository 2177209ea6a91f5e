import type { AddressInfo } from 'node:net'
import { createServer, connect as dial, type Server, type Socket } from 'node:net'

/** What a network does to connections through it. */
export type Weather =
  /** Everything passes. */
  | { readonly kind: 'clear' }
  /** New connections are refused at once, old ones were cut. */
  | { readonly kind: 'down' }
  /** Connections stand and nothing arrives at either end, as behind a firewall that drops. */
  | { readonly kind: 'hole' }

/** A proxy for any TCP connection (desk to registry, registry to database, standby to primary) that fails as a test says. */
export class TcpProxy {
  readonly port: number
  readonly #server: Server
  readonly #pairs = new Set<{ near: Socket; far: Socket }>()
  #target: number
  #weather: Weather = { kind: 'clear' }
  #tear: number | null = null

  private constructor(server: Server, target: number) {
    this.#server = server
    this.#target = target
    this.port = (server.address() as AddressInfo).port
    server.on('connection', (near) => this.#pass(near))
  }

  static async before(target: number): Promise<TcpProxy> {
    // half-open: who closes his side may still be answered
    const server = createServer({ allowHalfOpen: true })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return new TcpProxy(server, target)
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** Where new connections go from now on. */
  leadTo(target: number): void {
    this.#target = target
  }

  /** Resets every connection that stands. */
  cut(): void {
    for (const { near, far } of this.#pairs) {
      near.resetAndDestroy()
      far.resetAndDestroy()
    }
  }

  /** So many bytes pass from now on, of all connections and both directions together; the connection that carries the next is reset there. */
  tearAfter(bytes: number): void {
    this.#tear = bytes
  }

  /** Whether the tear that was asked for has come. */
  get torn(): boolean {
    return this.#tear === null
  }

  set(kind: Weather['kind']): void {
    this.#weather = { kind }
    if (kind === 'down') this.cut()
    for (const { near, far } of this.#pairs) {
      if (kind === 'hole') {
        near.pause()
        far.pause()
      } else {
        near.resume()
        far.resume()
      }
    }
  }

  async close(): Promise<void> {
    this.cut()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #pass(near: Socket): void {
    if (this.#weather.kind === 'down') {
      near.on('error', () => undefined)
      near.resetAndDestroy()
      return
    }
    const far = dial({ port: this.#target, host: '127.0.0.1', allowHalfOpen: true })
    const pair = { near, far }
    this.#pairs.add(pair)
    let torn = false
    const link = (from: Socket, to: Socket): void => {
      from.on('data', (piece: Buffer) => {
        // what lies behind a tear does not arrive either: TCP leaves no holes
        if (torn) return
        const passes = this.#tear
        if (passes !== null && piece.length > passes) {
          this.#tear = null
          torn = true
          to.write(piece.subarray(0, passes), () => {
            near.resetAndDestroy()
            far.resetAndDestroy()
          })
          return
        }
        if (passes !== null) this.#tear = passes - piece.length
        if (!to.write(piece)) {
          from.pause()
          to.once('drain', () => {
            if (this.#weather.kind !== 'hole') from.resume()
          })
        }
      })
      from.on('end', () => to.end())
      from.on('error', () => to.resetAndDestroy())
      from.on('close', () => {
        to.destroy()
        this.#pairs.delete(pair)
      })
    }
    link(near, far)
    link(far, near)
    if (this.#weather.kind === 'hole') {
      near.pause()
      far.pause()
    }
  }
}
