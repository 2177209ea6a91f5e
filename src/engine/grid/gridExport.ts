import en from '../../../resources/locales/en/listExport.json' with { type: 'json' }
import kk from '../../../resources/locales/kk/listExport.json' with { type: 'json' }
import ru from '../../../resources/locales/ru/listExport.json' with { type: 'json' }
import type { GridFilter } from '../../contract/gridFilter.ts'
import { termText } from '../../contract/termText.ts'
import type { Lang } from '../../contract/value.ts'
import type { RunningJob } from '../sync/jobs.ts'
import { writeTable } from '../writeTable.ts'
import type { GridPage } from './whitePage.ts'

interface Ask {
  readonly filter: GridFilter
  readonly format: 'csv' | 'xlsx'
  readonly language: Lang
  readonly path: string
  /** Null while nobody has counted. */
  readonly total: number | null
}
type Page = (filter: GridFilter, after: string | null, limit: number) => Promise<GridPage>

const HEADINGS = { kk, ru, en } as const
const COLUMNS = [
  'imei',
  'list',
  'reason',
  'since',
  'deadline',
  'brand',
  'model',
  'operator',
  'region',
  'importer',
] as const
const ROWS_A_PAGE = 1000

/** Everything a filter lets through as a file for people, page by page. */
export async function exportGrid(ask: Ask, page: Page, job: RunningJob) {
  const header = COLUMNS.map((column) => HEADINGS[ask.language][column])
  const { path, format } = ask
  return writeTable({ path, format, name: 'IMEI', header, rows: rowsOf(ask, page, job) }, job.signal)
}

async function* rowsOf(
  { filter, language, total }: Ask,
  page: Page,
  job: RunningJob,
): AsyncGenerator<(string | null)[]> {
  let done = 0
  for (let after: string | null = null; ; ) {
    const found: GridPage = await page(filter, after, ROWS_A_PAGE)
    for (const row of found.rows)
      yield [
        row.imei14,
        termText('list', row.list, language),
        row.reason && termText('reason', row.reason, language),
        row.since,
        row.deadline,
        row.brand,
        row.model,
        row.operator && termText('source', row.operator, language),
        row.region,
        row.importer,
      ]
    done += found.rows.length
    job.progress(done, total)
    if (found.next === null) return
    after = found.next
    // a page of the index comes without waiting: let other calls in between
    await new Promise((resolve) => setImmediate(resolve))
  }
}
