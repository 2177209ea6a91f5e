/** What happens to one request on its way. */
export type Luck = 'arrives' | 'is lost' | 'answer is lost'

/**
 * The network between desks and one registry inside a test: each desk speaks to an address of its own, and the test says what becomes
 * of its requests and when each goes on.
 */
export class DeskNetwork {
  readonly #registry: string
  readonly #real: typeof globalThis.fetch
  readonly #offline = new Set<string>()
  readonly #luck = new Map<string, Luck[]>()
  /** Called before a request leaves and before its answer arrives; ends when it may. */
  pass: (label: string) => Promise<void> = () => Promise.resolve()

  /** `real` carries what passes. */
  constructor(registry: string, real: typeof globalThis.fetch) {
    this.#registry = registry
    this.#real = real
  }

  /** Address of the registry as this desk knows it. */
  addressFor(desk: string): string {
    return `http://${desk}.test/`
  }

  setOnline(desk: string, online: boolean): void {
    if (online) this.#offline.delete(desk)
    else this.#offline.add(desk)
  }

  /** Commands that this desk sends next meet these fates, one after the other; later ones arrive. */
  commandsMeet(desk: string, luck: readonly Luck[]): void {
    this.#luck.set(desk, [...luck])
  }

  heal(): void {
    this.#offline.clear()
    this.#luck.clear()
    this.pass = () => Promise.resolve()
  }

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    if (!url.hostname.endsWith('.test')) return this.#real(input, init)
    const desk = url.hostname.slice(0, -'.test'.length)
    const luck = url.pathname === '/v1/commands' ? (this.#luck.get(desk)?.shift() ?? 'arrives') : 'arrives'
    await this.pass(`${desk} ${url.pathname}`)
    if (this.#offline.has(desk) || luck === 'is lost') throw new TypeError('fetch failed')
    const answer = await this.#real(new URL(url.pathname + url.search, this.#registry), init)
    await this.pass(`${desk} ${url.pathname} answered`)
    if (this.#offline.has(desk) || luck === 'answer is lost') {
      await answer.body?.cancel()
      throw new TypeError('fetch failed')
    }
    return answer
  }
}
