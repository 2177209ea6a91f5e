import { businessDate } from '../../domain/businessDate.ts'
import type { IsoDate } from '../../domain/fact.ts'
import { NOTICE_STAGES, type NoticeStage, type NoticeState } from '../../domain/notice.ts'
import type { Writer } from '../db/handle.ts'
import type { KnownEvent } from './applyEvent.ts'

/** What figures keep of an act, by its type. */
export interface ActDocs {
  readonly file: {
    readonly no: number
    readonly operator: string
    readonly list: string
    readonly kind: string
    readonly rows: number
  }
  readonly receipt: {
    readonly file: number
    readonly applied: number
    readonly refused: number
    readonly missing: number
  }
  /** IMEIs found for the first time, and days on which they were seen. */
  readonly violation: { readonly operator: string; readonly imeis: number; readonly days: number }
  readonly clone: { readonly no: number; readonly grounds: readonly string[] }
  /** A part of an issue of warnings: how many of how many. */
  readonly notice: {
    readonly no: number
    readonly operator: string
    readonly day: IsoDate
    readonly part: number
    readonly of: number
  }
  /** Warnings by stage that have become delivered or failed; less than none where that was taken back. */
  readonly delivery: { readonly no: number; readonly delivered: StageCounts; readonly failed: StageCounts }
  readonly verdict: { readonly no: number; readonly state: string; readonly holder: boolean }
}
export type StageCounts = Readonly<Record<NoticeStage, number>>
export type ActType = keyof ActDocs

/** Notes what figures need of an event, before it is applied. */
export function noteAct(tx: Writer, e: KnownEvent): void {
  const put = <T extends ActType>(type: T, doc: ActDocs[T], day: IsoDate = businessDate(e.at), part = 0): void => {
    tx.run(
      'INSERT INTO act_figure(seq, part, type, day, doc) VALUES (?, ?, ?, ?, ?)',
      e.seq,
      part,
      type,
      day,
      JSON.stringify(doc),
    )
  }
  switch (e.type) {
    case 'operator-file-issued': {
      const { no, operator, list, kind, rows } = e.doc
      return put('file', { no, operator, list, kind, rows })
    }
    case 'receipt-recorded': {
      const { fileNo, applied, refused, missing } = e.doc
      return put('receipt', { file: fileNo, applied, refused, missing })
    }
    case 'violations-found': {
      const days = violationsByDay(tx, e.doc)
      for (const [part, [day, found]] of [...days].entries())
        put('violation', { operator: e.doc.operator, ...found }, day, part)
      return
    }
    case 'notices-issued': {
      const { no, operator, day, first, reminder, last, imeis } = e.doc
      const part = imeis.first.length + imeis.reminder.length + imeis.last.length
      return put('notice', { no, operator, day, part, of: first + reminder + last })
    }
    case 'notices-delivered':
      return put('delivery', { no: e.doc.no, ...deliveries(tx, e.doc) })
    case 'clone-suspected':
      return put('clone', { no: e.doc.no, grounds: e.doc.grounds.map(({ kind }) => kind) })
    case 'clone-decided':
      return put('verdict', { no: e.doc.no, state: e.doc.state, holder: e.doc.holder !== null })
  }
}

/** Each entry of the event is an IMEI's whole count so far: what is new since the last one counts, on its first or last day. */
function violationsByDay(
  tx: Writer,
  { operator, found }: Extract<KnownEvent, { type: 'violations-found' }>['doc'],
): Map<IsoDate, { imeis: number; days: number }> {
  const byDay = new Map<IsoDate, { imeis: number; days: number }>()
  for (const v of found) {
    const before = tx.value<number>('SELECT days FROM violation WHERE imei14 = ? AND operator = ?', v.imei14, operator)
    const day = before === undefined ? v.firstDay : v.lastDay
    const sums = byDay.get(day) ?? { imeis: 0, days: 0 }
    sums.imeis += before === undefined ? 1 : 0
    sums.days += Math.max(0, v.days - (before ?? 0))
    byDay.set(day, sums)
  }
  return byDay
}

/** What a delivery changes, held against what was known of each warning before. */
function deliveries(
  tx: Writer,
  { no, delivered, failed }: Extract<KnownEvent, { type: 'notices-delivered' }>['doc'],
): { delivered: StageCounts; failed: StageCounts } {
  const none = () => Object.fromEntries(NOTICE_STAGES.map((stage) => [stage, 0])) as Record<NoticeStage, number>
  const counts = { delivered: none(), failed: none() }
  const note = (imeis: readonly number[], to: 'delivered' | 'failed'): void => {
    const rows = tx
      .rows<[NoticeStage, NoticeState]>(
        'SELECT stage, state FROM notice WHERE issue = ? AND imei14 IN (SELECT value FROM json_each(?))',
      )
      .all(no, JSON.stringify(imeis))
    for (const [stage, state] of rows) {
      if (state === to) continue
      counts[to][stage]++
      if (state !== 'issued') counts[state][stage]--
    }
  }
  note(delivered, 'delivered')
  note(failed, 'failed')
  return counts
}
