import { crossingText } from '../../../contract/fingerprint.ts'
import type { ImportKind, RowCounts } from '../../../domain/batch.ts'
import { type CheckCode, type Finding, finding, severityOf } from '../../../domain/checks/finding.ts'
import { isBlankRow, isTotalRow } from '../../../domain/columns/totalRow.ts'
import { IMEI_FAULTS, type TacTable } from '../../../domain/imei.ts'
import type { JudgeContext, JudgedRow } from '../../../domain/rows/judge.ts'
import { judgeOf } from '../../../domain/rows/judgeOf.ts'
import type { RowBatch } from '../../../sheet/rowBatch.ts'
import type { Layout } from '../inspect/layout.ts'
import { DeviceColumns, type SortedFacts } from './deviceColumns.ts'
import { DocTable } from './docTable.ts'
import { SheetRow } from './rowCellsOf.ts'
import { SEEN, SeenKeys, TAKEN, textKey } from './seenKeys.ts'
import type { StagingWriter } from './stagingFile.ts'
import type { StageTask } from './task.ts'

const FAULTS: ReadonlySet<CheckCode> = new Set(IMEI_FAULTS)

/**
 * Judges the rows of a sheet and stages them: good ones as facts (TACs, crossings), all that is wrong as problems, rejected rows with
 * the cells they came in. Counting follows "Counts of an import" of the command line's description.
 */
export class SheetJudge {
  readonly docs: DocTable
  readonly #devices = new DeviceColumns()
  readonly #kind: ImportKind
  readonly #headerEnd: number
  readonly #staging: StagingWriter
  readonly #row: SheetRow
  readonly #judge: ReturnType<typeof judgeOf>
  #seen = new SeenKeys()
  readonly #problems = new Map<CheckCode, number>()
  #rows = 0
  #accepted = 0
  #duplicates = 0
  readonly #keys: number[] = []
  /** Where each key stands in the table of those seen. */
  readonly #places: number[] = []

  constructor(task: StageTask, layout: Layout, tacs: TacTable, date1904: boolean, staging: StagingWriter) {
    const mapped = new Set(Object.keys(layout.mapping)) as JudgeContext['mapped']
    this.#kind = task.kind
    this.#headerEnd = layout.headerEnd
    this.#staging = staging
    this.#row = new SheetRow(layout.mapping)
    this.#judge = judgeOf({ kind: task.kind, mapped, today: task.today, date1904, tacs })
    this.docs = new DocTable((no, d) => staging.add('doc', [no, d.op, d.date, d.network, d.data]))
  }

  judge(batch: RowBatch): void {
    for (let i = 0; i < batch.count; i++) {
      const number = batch.rowNumber(i)
      if (number > this.#headerEnd) this.#judgeRow(batch, i, number)
    }
  }

  /** All rows are judged: the keys seen are no longer needed. Answers the accepted IMEIs, sorted. */
  sorted(): SortedFacts {
    this.#seen = new SeenKeys()
    return this.#devices.sort((a, b) => this.docs.isBetterSighting(a, b))
  }

  /** Says what only the whole file shows; answers the counts. */
  end(imeis: number): RowCounts {
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

  #judgeRow(batch: RowBatch, i: number, number: number): void {
    this.#row.moveTo(batch, i)
    const judged = this.#judge.judge(this.#row)
    const keys = this.#keysOf(judged, batch, i)
    // only a row that names nothing can be a total or blank, so the many others are not looked through for it
    if (judged.imeis.length === 0 && !judged.tac && !judged.crossing) {
      const texts = batch.texts(i)
      if (isBlankRow(texts) || isTotalRow(texts)) return
    }
    this.#rows++
    let rejected = judged.doc === null && !judged.tac && !judged.crossing
    for (const f of judged.findings) if (severityOf(this.#kind, f.code) === 'error') rejected = true
    const repeated = this.#repetition(judged, keys, rejected)
    const reject = rejected || repeated !== null
    if (repeated !== null || judged.findings.length > 0) this.#stageFindings(judged, number, repeated)
    const marks = reject ? SEEN : SEEN | TAKEN
    for (let k = 0; k < keys.length; k++) this.#seen.mark(keys[k] as number, marks, number, this.#places[k] as number)
    if (reject) this.#staging.add('reject', [number, JSON.stringify(batch.texts(i))])
    else this.#accept(judged, number)
  }

  /** What a row must not repeat: its IMEIs; the whole row of an operator; the TAC; document and date of a crossing. */
  #keysOf(judged: JudgedRow, batch: RowBatch, i: number): readonly number[] {
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

  #stageFindings(judged: JudgedRow, number: number, repeated: Finding | null): void {
    let ord = 0
    const { findings } = judged
    for (let k = 0; k < findings.length; k++) {
      const f = findings[k] as Finding
      let again = false
      for (let j = 0; j < k; j++) if ((findings[j] as Finding).code === f.code) again = true
      if (!again) this.#count(f.code)
      this.#staging.addFinding(number, ord++, f, severityOf(this.#kind, f.code))
    }
    if (repeated === null) return
    this.#count(repeated.code)
    this.#staging.addFinding(number, ord, repeated, 'error')
  }

  #count(code: CheckCode): void {
    this.#problems.set(code, (this.#problems.get(code) ?? 0) + 1)
  }

  #accept(judged: JudgedRow, number: number): void {
    this.#accepted++
    const { doc, tac, crossing } = judged
    if (doc) this.#devices.add(judged.imeis, this.docs.add(doc, number))
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

/** Behind everything a row itself can have. */
const LAST_ORD = 1000
