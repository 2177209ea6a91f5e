import type { Workshop } from './execute.ts'
import { startDuePolicies } from './startPolicy.ts'

const EVERY_MS = 60_000

/** Sees to it that signed versions begin on their day: looked at every minute, and before each command is judged. */
export class PolicyStarter {
  readonly #shop: Workshop
  readonly #timer: NodeJS.Timeout

  constructor(shop: Workshop, onError: (e: unknown) => void) {
    this.#shop = shop
    this.#timer = setInterval(() => void this.look().catch(onError), EVERY_MS).unref()
  }

  /** Begins what is due. */
  async look(): Promise<void> {
    if (await startDuePolicies(this.#shop.db, this.#shop.now())) this.#shop.moved()
  }

  stop(): void {
    clearInterval(this.#timer)
  }
}
