import { appealAfter } from '../../contract/registry/foldedAppeal.ts'
import type { EventDoc } from '../../contract/registry.ts'
import type { Appeal } from '../../domain/appeal.ts'
import type { Seq } from '../../domain/fact.ts'
import type { Writer } from '../db/handle.ts'
import { figureTold, type Left } from './appealFigures.ts'
import { dropSteps, type NewSteps, storeFound, storeKeys, storeRow, storeSteps, updateRow } from './applyAppeal.ts'

/** An appeal between its first and its last event of a transaction. */
interface Held {
  /** As the mirror has it; null when an event of the transaction brought it. */
  readonly before: Appeal | null
  after: Appeal
  /** The event that brought it and the last one that changed it. */
  readonly received: Seq
  seq: Seq
  readonly told: Left[]
}

/** More appeals than these are written in between: some 10 kB of memory each. */
const MOST_HELD = 8_000

/**
 * Writes appeals as events tell of them, within one transaction: an appeal of many events is written once, with each of its steps.
 * What is held nobody reads before it is written; `finish` writes it and comes last.
 */
export class AppealWriter {
  readonly #tx: Writer
  readonly #most: number
  readonly #held = new Map<string, Held>()

  constructor(tx: Writer, most = MOST_HELD) {
    this.#tx = tx
    this.#most = most
  }

  /** An appeal comes in. */
  received(seq: Seq, appeal: Appeal): void {
    const known = this.#held.get(appeal.id)
    if (known) write(this.#tx, [known])
    this.#held.delete(appeal.id)
    storeFound(this.#tx, appeal)
    const left: Left = [seq, appeal.timeline.length, appeal.state, appeal.dueAt]
    this.#hold({ before: null, after: appeal, received: seq, seq, told: [left] })
  }

  /** Takes over what changed, unless the mirror has a newer version already. */
  changed(seq: Seq, e: EventDoc<'appeal-changed'>): void {
    const held = this.#held.get(e.id) ?? this.#hold(this.#read(seq, e.id))
    const after = appealAfter(held.after, e)
    held.told.push([seq, after.timeline.length, after.state, after.dueAt])
    if (after === held.after) return
    held.after = after
    held.seq = seq
    if (e.evidence) storeKeys(this.#tx, after)
  }

  /** Writes what is held. */
  finish(): void {
    write(this.#tx, this.#held.values())
    this.#held.clear()
  }

  #hold(held: Held): Held {
    if (this.#held.size >= this.#most) this.finish()
    this.#held.set(held.after.id, held)
    return held
  }

  #read(seq: Seq, id: string): Held {
    const doc = this.#tx.value<string>('SELECT doc FROM appeal WHERE id = ?', id)
    if (doc === undefined) throw new Error(`the feed changes appeal ${id} before it was received`)
    const before = JSON.parse(doc) as Appeal
    return { before, after: before, received: seq, seq, told: [] }
  }
}

function write(tx: Writer, all: Iterable<Held>): void {
  const steps: NewSteps[] = []
  for (const { before, after, received, seq, told } of all) {
    if (before === null) {
      storeRow(tx, { received, seq }, after)
      dropSteps(tx, after.id)
      steps.push({ appeal: after, from: 0 })
    } else if (after !== before) {
      updateRow(tx, seq, before, after)
      steps.push({ appeal: after, from: before.timeline.length })
    }
    figureTold(tx, after, told)
  }
  storeSteps(tx, steps)
}
