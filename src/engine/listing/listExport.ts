import type { ShownOfList } from '../../contract/engine/lookup.ts'
import { problemText } from '../../contract/problemText.ts'
import { termText } from '../../contract/termText.ts'
import type { Lang } from '../../contract/value.ts'
import type { Desk } from '../sync/desk.ts'
import type { RunningJob } from '../sync/jobs.ts'
import { writeTable } from '../writeTable.ts'
import type { AskedLists } from './askedLists.ts'
import { headerOf } from './exportHeader.ts'
import { lookup } from './lookup.ts'

interface Ask {
  readonly list: string
  readonly show: ShownOfList
  readonly format: 'csv' | 'xlsx'
  readonly language: Lang
  readonly path: string
}

const COLUMNS = ['asked', 'imei', 'list', 'reason', 'since', 'deadline', 'brand', 'model', 'remark'] as const
const ROWS_A_PAGE = 1000

/** A pasted list as a file for people, row by row as it was asked. */
export async function exportList(desk: Desk, lists: AskedLists, ask: Ask, job: RunningJob) {
  const header = headerOf(COLUMNS, ask.language)
  const { path, format } = ask
  return writeTable({ path, format, name: 'IMEI', header, rows: rowsOf(desk, lists, ask, job) }, job.signal)
}

async function* rowsOf(desk: Desk, lists: AskedLists, ask: Ask, job: RunningJob): AsyncGenerator<(string | null)[]> {
  let done = 0
  for (let after: number | null = null; ; ) {
    const places = lists.page(ask.list, ask.show, after, ROWS_A_PAGE)
    for (const row of lookup(
      desk,
      places.map(({ text }) => text),
    ))
      yield [
        row.imei,
        row.imei14,
        row.problem ? '' : termText('list', row.list, ask.language),
        row.reason === null ? '' : termText('reason', row.reason, ask.language),
        row.since,
        row.deadline,
        row.device?.brand ?? '',
        row.device?.model ?? '',
        row.problem ? problemText(row.problem, ask.language).message : '',
      ]
    done += places.length
    job.progress(done, null)
    after = places.at(-1)?.place ?? null
    if (places.length < ROWS_A_PAGE || after === null) return
    await new Promise((resolve) => setImmediate(resolve))
  }
}
