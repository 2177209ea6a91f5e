import type { ImportKind } from '../../../domain/batch.ts'
import { type CheckCode, type Finding, finding } from '../../../domain/checks/finding.ts'
import { IMEI_FAULTS } from '../../../domain/imei.ts'
import { emptied } from '../../../domain/reused.ts'
import type { JudgedRow } from '../../../domain/rows/judge.ts'
import type { JudgedRows } from '../fix/fixedRows.ts'
import { SEEN, SeenKeys, TAKEN, textKey } from './seenKeys.ts'

const FAULTS: ReadonlySet<CheckCode> = new Set(IMEI_FAULTS)

/** Finds rows of a file that repeat or contradict an earlier one. */
export class Repetitions {
  readonly #kind: ImportKind
  #seen = new SeenKeys()
  #duplicates = 0
  /** Means nothing: what is read only to have it near has to go somewhere, or the compiler leaves the reading out. */
  fetched = 0
  /** Marks of keys that no device holds, three numbers each, since the last checkpoint. */
  #marks: number[] = []
  /** Keys of the row at hand, and where each stands in the table of those seen. */
  readonly #keys: number[] = []
  readonly #places: number[] = []

  constructor(kind: ImportKind) {
    this.#kind = kind
  }

  /** Rows all of whose keys an earlier one has. */
  get duplicates(): number {
    return this.#duplicates
  }

  /** Tells how much of the file the rows so far are, 0 to 1: what follows is probably like them. */
  foresee(share: number): void {
    this.#seen.expect(Math.ceil(this.#seen.count / share))
  }

  /** All rows are judged: the keys are no longer needed. */
  forget(): void {
    this.#seen = new SeenKeys()
  }

  /** Marks since the last call, to be kept with a checkpoint. */
  takeMarks(): Float64Array {
    const marks = Float64Array.from(this.#marks)
    this.#marks = []
    return marks
  }

  /** Takes back a key that a checkpoint kept. */
  restore(key: number, row: number, marks: number): void {
    this.#seen.reserve(1)
    this.#seen.mark(key, marks, row, this.#seen.look(key))
  }

  restoreDevice(key: number, row: number): void {
    if (this.#kind !== 'operator') this.restore(key, row, SEEN | TAKEN)
  }

  restoreDuplicates(rows: number): void {
    this.#duplicates = rows
  }

  /**
   * Looks the IMEIs of a batch's column up one right behind the other, before the rows are judged: the processor then waits for many
   * lines of memory at once instead of for each by itself.
   */
  fetch(batch: JudgedRows, column: number): void {
    let read = 0
    for (let i = 0; i < batch.count; i++) {
      const digits = batch.digits(i, column, 15)
      if (digits >= 0) read += this.#seen.touch(Math.floor(digits / 10))
    }
    this.fetched = read
  }

  /** What a row must not repeat: its IMEIs; the whole row of an operator; the TAC; document and date of a crossing. */
  keysOf(judged: JudgedRow, batch: JudgedRows, i: number): readonly number[] {
    emptied(this.#keys)
    if (this.#kind === 'operator') this.#keys.push(textKey(batch.texts(i).join('\u0000')))
    else if (judged.tac) this.#keys.push(judged.tac.tac)
    else if (judged.crossing)
      this.#keys.push(textKey(`${judged.crossing.document || judged.crossing.person}\u0000${judged.crossing.date}`))
    else for (const key of judged.imeis) this.#keys.push(key)
    return this.#keys
  }

  /**
   * Of the row whose keys were asked for last: all of them occurred and it is a duplicate, some of them and it is a contradiction. A
   * sound row is held against accepted rows only, so that the corrected repetition of a rejected row is accepted.
   */
  find(judged: JudgedRow, rejected: boolean, firstImei: () => string): Finding | null {
    const keys = this.#keys
    let seen = 0
    let taken = 0
    let first = 0
    this.#seen.reserve(keys.length)
    for (let k = 0; k < keys.length; k++) {
      const place = this.#seen.look(keys[k] as number)
      this.#places[k] = place
      const marks = this.#seen.marks(place)
      if (marks === 0) continue
      seen++
      if (marks & TAKEN) taken++
      first ||= this.#seen.firstRow(place)
    }
    if (seen === 0) return null
    const whole = !judged.findings.some((f) => FAULTS.has(f.code))
    if (whole && (rejected ? seen : taken) === keys.length) {
      this.#duplicates++
      return finding('duplicate', null, '', { row: first })
    }
    return taken > 0 ? finding('contradiction', 'imei1', firstImei(), { row: first }) : null
  }

  /** Notes the row whose keys were asked for last; `find` comes before. */
  note(row: number, reject: boolean, isDevice: boolean): void {
    const keys = this.#keys
    const marks = reject ? SEEN : SEEN | TAKEN
    for (let k = 0; k < keys.length; k++) this.#seen.mark(keys[k] as number, marks, row, this.#places[k] as number)
    if (reject || this.#kind === 'operator' || !isDevice) for (const key of keys) this.#marks.push(key, row, marks)
  }
}
