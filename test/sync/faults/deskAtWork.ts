import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { imei15Text } from '../../../src/domain/imei.ts'
import { ProblemError } from '../../../src/domain/problem.ts'
import type { Random } from '../../../src/sample/random.ts'
import { DeskProcess } from '../deskProcess.ts'

/** An act the desk told the officer it has taken: from then on it must not get lost. */
export interface Taken {
  readonly kind: string
  readonly subject: string
}

/** What all desks of a run share. */
export interface Shared {
  readonly folder: string
  /** Ids of appeals to work on. */
  readonly appeals: readonly string[]
  /** Desks do as many acts as `allow` says; otherwise they work without pause. */
  readonly waitsForLeave?: boolean
  /** Takes the desks' logs. */
  readonly log?: (text: string) => void
}

/** What a desk writes to its log when it found its mirror wrong and healed it: what was looked for would be hidden. */
export const HEALED = /was repaired|is built anew/

const TAC = 86_012_345
const HEADER = '№ ДТ;Дата ДТ;БИН;Импортер;Марка;Модель;IMEI 1'

/** Day of an import declaration: a month before today, as the checks of a file demand. */
const declared = (): string => {
  const [y, m, d] = new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10).split('-')
  return `${d}.${m}.${y}`
}

/** A desk process with an officer who works without pause, and a journal of what was taken, kept outside so that no kill reaches it. */
export class DeskAtWork {
  readonly home: string
  readonly taken: Taken[] = []
  /** Rows of each import that was taken, by batch. */
  readonly rows = new Map<string, number>()
  /** Acts that were answered in any way. */
  answered = 0
  /** About how long its acts take. */
  usualMs = 50
  readonly #name: string
  readonly #officer: 'importer' | 'reviewer' | 'reviewer2'
  readonly #registry: string
  readonly #shared: Shared
  readonly #random: Random
  readonly #number: number
  #process: DeskProcess | null = null
  #serial = 0
  #stopping = false
  #allowed = 1
  #work: Promise<void> = Promise.resolve()

  constructor(
    number: number,
    officer: 'importer' | 'reviewer' | 'reviewer2',
    registry: string,
    shared: Shared,
    random: Random,
  ) {
    this.#number = number
    this.#name = `desk${number}`
    this.#officer = officer
    this.#registry = registry
    this.#shared = shared
    this.#random = random
    this.home = join(shared.folder, this.#name)
    mkdirSync(join(shared.folder, `${this.#name}-files`), { recursive: true })
  }

  async start(): Promise<void> {
    const { log } = this.#shared
    this.#process = await DeskProcess.start({ home: this.home, registry: this.#registry, ...(log ? { log } : {}) })
    const status = await this.#process.client.call('status', {})
    if (status.officer === null) await this.#process.client.call('sign-in', { officer: this.#officer })
  }

  get process(): DeskProcess {
    if (!this.#process) throw new Error(`${this.#name} does not run`)
    return this.#process
  }

  async kill(): Promise<void> {
    const killed = this.#process
    this.#process = null
    await killed?.kill()
  }

  async stop(): Promise<void> {
    await this.#process?.stop()
    this.#process = null
  }

  /** Lets it do so many acts more. */
  allow(acts: number): void {
    this.#allowed = Math.max(this.#allowed, this.answered + acts)
  }

  /** Works until `rest`. */
  begin(): void {
    this.#work = this.#go()
  }

  async rest(): Promise<void> {
    this.#stopping = true
    await this.#work
  }

  async #go(): Promise<void> {
    while (!this.#stopping) {
      const desk = this.#process
      if (!desk || (this.#shared.waitsForLeave && this.answered >= this.#allowed)) {
        await new Promise((resolve) => setTimeout(resolve, 5))
        continue
      }
      const begun = performance.now()
      try {
        await (this.#officer === 'importer' ? this.#import(desk) : this.#review(desk))
        this.answered++
        this.usualMs += (performance.now() - begun - this.usualMs) / 8
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error
        if (error.problem.code === 'internal') throw error
        // killed: whether it was taken is unknown. Refused: the officer knows
        if (error.problem.code !== 'engine-restarted') this.answered++
        else await new Promise((resolve) => setTimeout(resolve, 10))
      }
    }
  }

  async #import(desk: DeskProcess): Promise<void> {
    const undoable = [...this.rows.keys()]
    if (undoable.length > 2 && this.#random.chance(0.4)) {
      const batch = this.#random.pick(undoable)
      await desk.client.call('undo-batch', { batch, reason: 'declared twice' })
      this.taken.push({ kind: 'undo-batch', subject: batch })
      this.rows.delete(batch)
      return
    }
    const rows = this.#random.between(3, 12)
    const lines = Array.from({ length: rows }, () => {
      const serial = this.#number * 200_000 + this.#serial++
      return `50505/101026/${String(serial).padStart(7, '0')};${declared()};250340000120;ТОО «Образец»;Xiaomi;Redmi;${imei15Text(TAC * 1e6 + serial)}`
    })
    const token = `${this.#name}-${this.#serial}`
    const file = join(this.#shared.folder, `${this.#name}-files`, `${token}.csv`)
    writeFileSync(file, [HEADER, ...lines].join('\r\n'))
    desk.grant(token, file)
    const { batch, counts, guards } = await desk.client.call('stage-batch', { job: token, token, kind: 'customs' })
    if (counts.accepted !== rows) throw new Error(`${counts.accepted} of ${rows} rows were accepted`)
    await desk.client.call('commit-batch', { batch, accept: guards.map((g) => g.code) })
    this.taken.push({ kind: 'commit-batch', subject: batch })
    this.rows.set(batch, rows)
  }

  async #review(desk: DeskProcess): Promise<void> {
    const id = this.#random.pick(this.#shared.appeals)
    const { appeal } = await desk.client.call('claim-appeal', { id })
    this.taken.push({ kind: 'claim-appeal', subject: appeal })
    await desk.client.call('return-appeal', { id: appeal, reason: 'next shift' })
    this.taken.push({ kind: 'return-appeal', subject: appeal })
  }
}
