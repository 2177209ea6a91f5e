import { crossingText } from '../../../contract/fingerprint.ts'
import type { ImportKind, RowCounts } from '../../../domain/batch.ts'
import type { CheckPolicy } from '../../../domain/checks/checkPolicy.ts'
import { type CheckCode, type Finding, finding, type Severity } from '../../../domain/checks/finding.ts'
import type { Level } from '../../../domain/checks/rule.ts'
import { levelsFor } from '../../../domain/checks/ruleBook.ts'
import { isBlankRow, isTotalRow } from '../../../domain/columns/totalRow.ts'
import type { Imei14 } from '../../../domain/fact.ts'
import { IMEI_FAULTS, type TacTable } from '../../../domain/imei.ts'
import type { JudgeContext, JudgedRow, Observation } from '../../../domain/rows/judge.ts'
import { judgeOf } from '../../../domain/rows/judgeOf.ts'
import type { JudgedRows } from '../fix/fixedRows.ts'
import type { Layout } from '../inspect/layout.ts'
import type { JudgedChunk, SavedRows } from './checkpoint.ts'
import { DeviceColumns, type SortedFacts } from './deviceColumns.ts'
import { DocTable } from './docTable.ts'
import { SheetRow } from './rowCellsOf.ts'
import { SEEN, SeenKeys, TAKEN, textKey } from './seenKeys.ts'
import type { StagingWriter } from './stagingFile.ts'
import type { StageTask } from './task.ts'

/** A rejected row with its IMEIs and the data of the document it names. */
export interface Repeat {
  readonly row: number
  readonly keys: readonly number[]
  readonly data: string
}

const FAULTS: ReadonlySet<CheckCode> = new Set(IMEI_FAULTS)

/**
 * Judges the rows of a sheet and stages them: good ones as facts (TACs, crossings), all that is wrong as problems, rejected rows with
 * the cells they came in. Counting follows "Counts of an import" of the command line's description.
 */
export class SheetJudge {
  readonly docs: DocTable
  readonly #devices = new DeviceColumns()
  readonly #kind: ImportKind
  #headerEnd: number
  readonly #staging: StagingWriter
  readonly #row: SheetRow
  readonly #judge: ReturnType<typeof judgeOf>
  readonly #levelOf: (code: CheckCode) => Level
  #seen = new SeenKeys()
  #foreseen = false
  readonly #problems = new Map<CheckCode, number>()
  #rows = 0
  #accepted = 0
  #duplicates = 0
  #outOfRegion = 0
  readonly #repeats: Repeat[] = []
  /** Devices that a checkpoint holds already, and marks of keys that no device holds, three numbers each, since the last one. */
  #saved = 0
  #marks: number[] = []
  readonly #keys: number[] = []
  /** Where each key stands in the table of those seen. */
  readonly #places: number[] = []

  constructor(
    task: StageTask,
    layout: Layout,
    file: { readonly tacs: TacTable; readonly date1904: boolean; readonly checks: CheckPolicy | undefined },
    staging: StagingWriter,
  ) {
    const { tacs, date1904, checks } = file
    const mapped = new Set(Object.keys(layout.mapping)) as JudgeContext['mapped']
    this.#kind = task.kind
    this.#headerEnd = layout.headerEnd
    this.#staging = staging
    this.#levelOf = levelsFor(task.kind, checks)
    this.#row = new SheetRow(layout.mapping)
    this.#judge = judgeOf({ kind: task.kind, mapped, today: task.today, date1904, tacs })
    this.docs = new DocTable((no, d) => staging.add('doc', [no, d.op, d.date, d.network, d.data]))
  }

  judge(batch: JudgedRows): void {
    for (let i = 0; i < batch.count; i++) {
      const number = batch.rowNumber(i)
      if (number > this.#headerEnd) this.#judgeRow(batch, i, number)
    }
  }

  /** Tells how much of the file the rows judged so far are, 0 to 1: what follows is probably like them. */
  foresee(share: number): void {
    if (this.#foreseen || this.#rows < ROWS_TO_FORESEE || share <= 0) return
    this.#foreseen = true
    this.#seen.expect(Math.ceil(this.#seen.count / share))
  }

  /** All rows are judged: the keys seen are no longer needed. Answers the accepted IMEIs, sorted. */
  sorted(): SortedFacts {
    this.#seen = new SeenKeys()
    return this.#devices.sort((a, b) => this.docs.isBetterSighting(a, b))
  }

  /** Says what only the whole file shows; answers the counts. */
  end(imeis: number): RowCounts {
    const level = this.#levelOf('quantity-mismatch')
    if (level !== 'off')
      for (const { row, declared, found } of this.docs.quantityMismatches()) {
        this.#count('quantity-mismatch')
        const f = finding('quantity-mismatch', 'quantity', String(declared), { declared, found })
        this.#staging.addFinding(row, LAST_ORD, f, 'warning')
      }
    return {
      rows: this.#rows,
      accepted: this.#accepted,
      rejected: this.#rows - this.#accepted,
      duplicates: this.#duplicates,
      problems: Object.fromEntries([...this.#problems].sort(([a], [b]) => (a < b ? -1 : 1))),
      imeis,
    }
  }

  /** Rows up to this number are titles, header, or were judged before an interruption. */
  get judgedBefore(): number {
    return this.#headerEnd
  }

  /** What was judged since the last checkpoint, and the counts so far: enough to go on from here in another process. */
  checkpoint(): JudgedChunk {
    const devices = this.#devices.since(this.#saved)
    const marks = Float64Array.from(this.#marks)
    this.#saved = this.#devices.count
    this.#marks = []
    return {
      devices,
      marks,
      counts: {
        rows: this.#rows,
        accepted: this.#accepted,
        duplicates: this.#duplicates,
        outOfRegion: this.#outOfRegion,
        problems: [...this.#problems],
        repeats: this.#repeats,
      },
    }
  }

  /** Takes up where a checkpoint left off; rows up to its last one are not judged again. */
  restore({ lastRow, chunks, counts, docs }: SavedRows): void {
    const mark = (key: number, row: number, marks: number): void => {
      this.#seen.reserve(1)
      this.#seen.mark(key, marks, row, this.#seen.look(key))
    }
    const named = new Map<number, { row: number; last: number; devices: number }>()
    for (const { devices, marks } of chunks) {
      this.#devices.append(devices)
      devices.keys.forEach((key, i) => {
        const row = devices.rows[i] as number
        const doc = devices.docs[i] as number
        const there = named.get(doc)
        if (!there) named.set(doc, { row, last: row, devices: 1 })
        else if (there.last !== row) named.set(doc, { row: there.row, last: row, devices: there.devices + 1 })
        if (this.#kind !== 'operator') mark(key, row, SEEN | TAKEN)
      })
      for (let i = 0; i < marks.length; i += 3) mark(marks[i] as number, marks[i + 1] as number, marks[i + 2] as number)
    }
    for (const [no, doc] of docs) this.docs.restore(no, doc, named.get(no)?.row ?? 0, named.get(no)?.devices ?? 0)
    this.#saved = this.#devices.count
    this.#headerEnd = Math.max(this.#headerEnd, lastRow)
    this.#rows = counts.rows
    this.#accepted = counts.accepted
    this.#duplicates = counts.duplicates
    this.#outOfRegion = counts.outOfRegion
    for (const [code, rows] of counts.problems) this.#problems.set(code, rows)
    this.#repeats.push(...counts.repeats)
  }

  /** Rows of a customs file that were rejected because an earlier one has their IMEI. */
  get repeats(): readonly Repeat[] {
    return this.#repeats
  }

  /** Observations of SIMs or numbers of other countries. */
  get outOfRegion(): number {
    return this.#outOfRegion
  }

  /** Adds what was found about an accepted row after all were judged; findings of a row come together, `nth` counts them from 0. */
  addLate(row: number, nth: number, f: Finding, severity: Severity, isFirstOfCode: boolean): void {
    if (isFirstOfCode) this.#count(f.code)
    this.#staging.addFinding(row, LATE_ORD + nth, f, severity)
  }

  /** An accepted row turns out to be rejected; `cells` as the sender wrote them. */
  rejectLate(row: number, cells: readonly string[]): void {
    this.#accepted--
    this.#staging.add('reject', [row, JSON.stringify(cells)])
  }

  #judgeRow(batch: JudgedRows, i: number, number: number): void {
    this.#row.moveTo(batch, i)
    const judged = this.#judge.judge(this.#row)
    const keys = this.#keysOf(judged, batch, i)
    // only a row that names nothing can be a total or blank, so the many others are not looked through for it
    if (judged.imeis.length === 0 && !judged.tac && !judged.crossing) {
      const texts = batch.texts(i)
      if (isBlankRow(texts) || isTotalRow(texts)) return
    }
    this.#rows++
    if (judged.outOfRegion === true) this.#outOfRegion++
    // what leaves nothing to stage rejects the row whatever the policy says of it
    const unusable = (judged.doc === null || judged.imeis.length === 0) && !judged.tac && !judged.crossing
    let rejected = unusable
    for (const f of judged.findings) if (this.#levelOf(f.code) === 'error') rejected = true
    const repeated = this.#repetition(judged, keys, rejected)
    const reject = rejected || repeated !== null
    if (repeated !== null || judged.findings.length > 0) this.#stageFindings(judged, number, repeated, unusable)
    const marks = reject ? SEEN : SEEN | TAKEN
    for (let k = 0; k < keys.length; k++) this.#seen.mark(keys[k] as number, marks, number, this.#places[k] as number)
    if (reject || this.#kind === 'operator' || !judged.doc) for (const key of keys) this.#marks.push(key, number, marks)
    if (repeated !== null && this.#kind === 'customs' && judged.doc !== null)
      this.#repeats.push({ row: number, keys: [...keys], data: judged.doc.data })
    if (reject) this.#staging.add('reject', [number, JSON.stringify(batch.texts(i))])
    else this.#accept(judged, number)
    if (!reject && judged.findings.length > 0) this.#staging.keepWarned(number, () => batch.texts(i))
    const originals = batch.originals?.(i)
    if (originals && originals.size > 0) this.#staging.keepOriginals(number, originals)
  }

  /** What a row must not repeat: its IMEIs; the whole row of an operator; the TAC; document and date of a crossing. */
  #keysOf(judged: JudgedRow, batch: JudgedRows, i: number): readonly number[] {
    this.#keys.length = 0
    if (this.#kind === 'operator') this.#keys.push(textKey(batch.texts(i).join('\u0000')))
    else if (judged.tac) this.#keys.push(judged.tac.tac)
    else if (judged.crossing)
      this.#keys.push(textKey(`${judged.crossing.document || judged.crossing.person}\u0000${judged.crossing.date}`))
    else for (const key of judged.imeis) this.#keys.push(key)
    return this.#keys
  }

  /**
   * A row all of whose keys occurred is a duplicate, one with some of them a contradiction. A sound row is held against accepted rows
   * only, so that the corrected repetition of a rejected row is accepted.
   */
  #repetition(judged: JudgedRow, keys: readonly number[], rejected: boolean): Finding | null {
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
    return taken > 0 ? finding('contradiction', 'imei1', this.#row.text('imei1'), { row: first }) : null
  }

  #stageFindings(judged: JudgedRow, number: number, repeated: Finding | null, unusable: boolean): void {
    let ord = 0
    const { findings } = judged
    const told = !unusable || findings.some((f) => this.#levelOf(f.code) === 'error')
    for (let k = 0; k < findings.length; k++) {
      const f = findings[k] as Finding
      const level = told ? this.#levelOf(f.code) : 'error'
      if (level === 'off') continue
      let again = false
      for (let j = 0; j < k; j++) if ((findings[j] as Finding).code === f.code) again = true
      if (!again) this.#count(f.code)
      this.#staging.addFinding(number, ord++, f, level)
    }
    if (repeated === null) return
    this.#count(repeated.code)
    this.#staging.addFinding(number, ord, repeated, 'error')
  }

  #count(code: CheckCode): void {
    this.#problems.set(code, (this.#problems.get(code) ?? 0) + 1)
  }

  #observe(imeis: readonly Imei14[], { day, imsi, msisdn, rat, network, region }: Observation): void {
    for (const imei14 of imeis) this.#staging.add('observation', [imei14, day, imsi, msisdn, rat, network, region])
  }

  #accept(judged: JudgedRow, number: number): void {
    this.#accepted++
    const { doc, tac, crossing, observation } = judged
    if (observation) this.#observe(judged.imeis, observation)
    if (doc) this.#devices.add(judged.imeis, this.docs.add(doc, number), number)
    else if (tac) this.#staging.add('tac', [tac.tac, tac.brand, tac.model, tac.data])
    else if (crossing)
      this.#staging.add('crossing', [
        crossingText(crossing),
        crossing.person,
        crossing.date,
        crossing.direction,
        crossing.document,
        crossing.point,
      ])
  }
}

const ROWS_TO_FORESEE = 2000

/** Behind everything a row itself can have. */
const LAST_ORD = 1000
const LATE_ORD = 1001
