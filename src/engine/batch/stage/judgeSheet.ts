import { crossingText } from '../../../contract/fingerprint.ts'
import type { ImportKind, RowCounts } from '../../../domain/batch.ts'
import type { CheckPolicy } from '../../../domain/checks/checkPolicy.ts'
import { isBlankRow, isTotalRow } from '../../../domain/columns/totalRow.ts'
import type { Imei14 } from '../../../domain/fact.ts'
import type { TacTable } from '../../../domain/imei.ts'
import type { JudgeContext, JudgedRow, Observation } from '../../../domain/rows/judge.ts'
import { judgeOf } from '../../../domain/rows/judgeOf.ts'
import type { JudgedRows } from '../fix/fixedRows.ts'
import type { Layout } from '../inspect/layout.ts'
import type { JudgedChunk, SavedRows } from './checkpoint.ts'
import { DeviceColumns, type SortedFacts } from './deviceColumns.ts'
import { DocTable } from './docTable.ts'
import { FoundProblems } from './foundProblems.ts'
import { Repetitions } from './repetitions.ts'
import { SheetRow } from './rowCellsOf.ts'
import type { StagingWriter } from './stagingFile.ts'
import type { StageTask } from './task.ts'

/** A rejected row with its IMEIs and the data of the document it names. */
export interface Repeat {
  readonly row: number
  readonly keys: readonly number[]
  readonly data: string
}

/** What was read is further than what was judged, so the first guess says too little; later ones are nearer. */
const ROWS_TO_FORESEE = [2000, 16_000, 64_000]

/**
 * Judges the rows of a sheet and stages them: good ones as facts (TACs, crossings), all that is wrong as problems, rejected rows with
 * the cells they came in. Counting follows "Counts of an import" of the command line's description.
 */
export class SheetJudge {
  readonly docs: DocTable
  readonly problems: FoundProblems
  readonly #repetitions: Repetitions
  readonly #devices = new DeviceColumns()
  readonly #kind: ImportKind
  #headerEnd: number
  readonly #staging: StagingWriter
  readonly #row: SheetRow
  /** Where the first IMEIs stand, in a file whose rows are known by them. */
  readonly #imeiColumn: number | undefined
  readonly #judge: ReturnType<typeof judgeOf>
  #foreseen = 0
  #rows = 0
  #accepted = 0
  #outOfRegion = 0
  readonly #repeats: Repeat[] = []
  /** Devices that a checkpoint holds already. */
  #saved = 0

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
    this.problems = new FoundProblems(task.kind, checks, staging)
    this.#repetitions = new Repetitions(task.kind)
    this.#row = new SheetRow(layout.mapping)
    this.#imeiColumn = task.kind === 'operator' ? undefined : layout.mapping.imei1
    this.#judge = judgeOf({ kind: task.kind, mapped, today: task.today, date1904, tacs })
    this.docs = new DocTable({
      add: (no, d) => staging.add('doc', [no, d.op, d.date, d.network, d.data]),
      dataOf: (no) => staging.docData(no),
    })
  }

  judge(batch: JudgedRows): void {
    if (this.#imeiColumn !== undefined) this.#repetitions.fetch(batch, this.#imeiColumn)
    for (let i = 0; i < batch.count; i++) {
      const number = batch.rowNumber(i)
      if (number > this.#headerEnd) this.#judgeRow(batch, i, number)
    }
  }

  /** Tells how much of the file the rows judged so far are, 0 to 1: what follows is probably like them. */
  foresee(share: number): void {
    if (this.#rows < (ROWS_TO_FORESEE[this.#foreseen] ?? Number.POSITIVE_INFINITY) || share <= 0) return
    this.#foreseen++
    this.#repetitions.foresee(share)
    this.#devices.expect(Math.ceil(this.#devices.count / share))
  }

  /** All rows are judged. Answers the accepted IMEIs, sorted. */
  sorted(): SortedFacts {
    this.#repetitions.forget()
    return this.#devices.sort((a, b) => this.docs.isBetterSighting(a, b))
  }

  /** Says what only the whole file shows; answers the counts. */
  end(imeis: number): RowCounts {
    this.problems.addQuantities(this.docs)
    return {
      rows: this.#rows,
      accepted: this.#accepted,
      rejected: this.#rows - this.#accepted,
      duplicates: this.#repetitions.duplicates,
      problems: this.problems.byCode(),
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
    this.#saved = this.#devices.count
    return {
      devices,
      marks: this.#repetitions.takeMarks(),
      counts: {
        rows: this.#rows,
        accepted: this.#accepted,
        duplicates: this.#repetitions.duplicates,
        outOfRegion: this.#outOfRegion,
        problems: this.problems.rows,
        repeats: this.#repeats,
      },
    }
  }

  /** Takes up where a checkpoint left off; rows up to its last one are not judged again. */
  restore({ lastRow, chunks, counts, docs }: SavedRows): void {
    const named = new Map<number, { row: number; last: number; devices: number }>()
    for (const { devices, marks } of chunks) {
      this.#devices.append(devices)
      devices.keys.forEach((key, i) => {
        const row = devices.rows[i] as number
        const doc = devices.docs[i] as number
        const there = named.get(doc)
        if (!there) named.set(doc, { row, last: row, devices: 1 })
        else if (there.last !== row) named.set(doc, { row: there.row, last: row, devices: there.devices + 1 })
        this.#repetitions.restoreDevice(key, row)
      })
      for (let i = 0; i < marks.length; i += 3)
        this.#repetitions.restore(marks[i] as number, marks[i + 1] as number, marks[i + 2] as number)
    }
    for (const [no, doc] of docs) this.docs.restore(no, doc, named.get(no)?.row ?? 0, named.get(no)?.devices ?? 0)
    this.#saved = this.#devices.count
    this.#headerEnd = Math.max(this.#headerEnd, lastRow)
    this.#rows = counts.rows
    this.#accepted = counts.accepted
    this.#outOfRegion = counts.outOfRegion
    this.#repetitions.restoreDuplicates(counts.duplicates)
    this.problems.restore(counts.problems)
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

  /** An accepted row turns out to be rejected; `cells` as the sender wrote them. */
  rejectLate(row: number, cells: readonly string[]): void {
    this.#accepted--
    this.#staging.add('reject', [row, JSON.stringify(cells)])
  }

  #judgeRow(batch: JudgedRows, i: number, number: number): void {
    this.#row.moveTo(batch, i)
    const judged = this.#judge.judge(this.#row)
    const keys = this.#repetitions.keysOf(judged, batch, i)
    // only a row that names nothing can be a total or blank, so the many others are not looked through for it
    const names = judged.imeis.length > 0 || Boolean(judged.tac) || Boolean(judged.crossing)
    if (!names) {
      const texts = batch.texts(i)
      if (isBlankRow(texts) || isTotalRow(texts)) return
    }
    this.#rows++
    if (judged.outOfRegion === true) this.#outOfRegion++
    // what leaves nothing to stage rejects the row whatever the policy says of it
    const unusable = (judged.doc === null || judged.imeis.length === 0) && !judged.tac && !judged.crossing
    const { findings } = judged
    const rejected = unusable || this.problems.reject(findings)
    const repeated = this.#repetitions.find(judged, rejected, this.#firstImei)
    const reject = rejected || repeated !== null
    if (repeated !== null || findings.length > 0) this.problems.stage(number, findings, repeated, unusable)
    this.#repetitions.note(number, reject, judged.doc !== null)
    if (repeated !== null && this.#kind === 'customs' && judged.doc !== null)
      this.#repeats.push({ row: number, keys: [...keys], data: judged.doc.data })
    if (!reject) this.#accept(judged, number)
    if (reject || findings.length > 0 || batch.originals) this.#keepCells(batch, i, number, reject, findings.length > 0)
  }

  /** Apart from judging: what it needs of a row is made for few of them. */
  #keepCells(batch: JudgedRows, i: number, number: number, reject: boolean, told: boolean): void {
    if (reject) this.#staging.add('reject', [number, JSON.stringify(batch.texts(i))])
    else if (told) this.#staging.keepWarned(number, () => batch.texts(i))
    const originals = batch.originals?.(i)
    if (originals && originals.size > 0) this.#staging.keepOriginals(number, originals)
  }

  readonly #firstImei = (): string => this.#row.text('imei1')

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
