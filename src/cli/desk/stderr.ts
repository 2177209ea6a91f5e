import type { Telling } from './engineClient.ts'

const CLEAR_LINE = '\r\u001b[2K'

/** Progress and notes, on stderr. Progress is drawn only for people: on a terminal, in one line. */
export class Stderr implements Telling {
  readonly #draws: boolean
  #drawn = false
  constructor(json: boolean) {
    this.#draws = !json && process.stderr.isTTY === true
  }

  progress(done: number, total: number | null, unit: string): void {
    if (!this.#draws) return
    const share = total ? `${Math.floor((done / total) * 100)} %` : String(done)
    process.stderr.write(`${CLEAR_LINE}${share} ${unit}`)
    this.#drawn = true
  }

  note(text: string): void {
    this.end()
    process.stderr.write(`${text}\n`)
  }

  /** Leaves a clean line behind. */
  end(): void {
    if (this.#drawn) process.stderr.write(CLEAR_LINE)
    this.#drawn = false
  }
}
