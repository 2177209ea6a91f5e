import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import type { ReportQueryDoc } from '../src/contract/engine/report.ts'
import { contentOf, type Signing } from '../src/engine/report/content.ts'
import { detailRows } from '../src/engine/report/detailRows.ts'
import { figuresOf } from '../src/engine/report/figures.ts'
import { definite } from '../src/engine/report/query.ts'
import { writeReportCsv } from '../src/engine/report/writeReportCsv.ts'
import { writeReportXlsx } from '../src/engine/report/writeReportXlsx.ts'
import { openBenchHome } from './reportCache.ts'

const { signal } = new AbortController()
const PERIOD = { from: '2025-01-01', to: '2025-12-31', filters: {}, compareTo: null, asOfSeq: null }
const signing: Signing = { officer: 'approver', desk: randomUUID(), publicKey: '', sign: () => 'x'.repeat(86) }

/** Opens the filled home and answers a question of it. */
async function asked(folder: string, ask: Pick<ReportQueryDoc, 'report' | 'by'>, withRows: boolean) {
  const home = openBenchHome(folder)
  const cache = home.cache.openReader()
  const query = definite(cache, { ...PERIOD, ...ask })
  const table = await figuresOf(cache, query, signal)
  const content = contentOf(cache, query, table, signing, 'kk')
  const details = withRows ? detailRows(cache, query, 'kk', signal, () => undefined) : null
  return { home, content, details, total: table.totals[0] ?? 0 }
}

const write = (format: 'xlsx' | 'csv') => async (folder: string) => {
  const { home, content, details, total } = await asked(folder, { report: 'grey-clocks', by: 'month' }, true)
  const path = join(folder, `out.${format}`)
  const what = { path, content, details, separator: ',', signal, sign: signing.sign } as const
  await (format === 'xlsx' ? writeReportXlsx(what) : writeReportCsv(what))
  home.close()
  rmSync(path)
  return { rows: total, check: total }
}

/** The same rows through exceljs' streaming writer, from the same cache. */
async function exceljs(folder: string) {
  const { home, details, total } = await asked(folder, { report: 'grey-clocks', by: 'month' }, true)
  const { default: ExcelJS } = await import('exceljs')
  const path = join(folder, 'exceljs.xlsx')
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: path, useStyles: true })
  const sheet = book.addWorksheet('IMEI')
  sheet.columns = (details?.columns ?? []).map(({ header, width }) => ({ header, width: width ?? 12 }))
  if (details) for await (const { first, parts } of details.rows()) sheet.addRow([first, ...parts.flat()]).commit()
  await book.commit()
  home.close()
  rmSync(path)
  return { rows: total, check: total }
}

async function pdf(folder: string, pages: number) {
  const { home, content, total } = await asked(folder, { report: 'blocklist', by: 'tac' }, false)
  const rows = content.rows.slice(0, pages * 47)
  const path = join(folder, 'out.pdf')
  // as the engine does
  const { writeReportPdf } = await import('../src/engine/report/writeReportPdf.ts')
  const start = performance.now()
  await writeReportPdf({
    path,
    content: { ...content, rows },
    details: null,
    separator: ',',
    signal,
    sign: signing.sign,
  })
  const seconds = (performance.now() - start) / 1000
  home.close()
  rmSync(path)
  return { rows: total, check: rows.length, seconds }
}

/** Seconds of each question on a warm connection, as the preview asks them. */
async function figures(folder: string) {
  const home = openBenchHome(folder)
  const cache = home.cache.openReader()
  const times: Record<string, [wall: number, cpu: number]> = {}
  for (const [report, by] of [
    ['blocklist', 'month'],
    ['blocklist', 'reason'],
    ['blocklist', 'brand'],
    ['grey-clocks', 'clock'],
    ['grey-clocks', 'month'],
    ['appeals', 'month'],
    ['appeals', 'officer'],
    ['appeals', 'state'],
  ] as const)
    for (const run of ['first', 'again']) {
      const before = process.cpuUsage()
      const start = performance.now()
      await figuresOf(cache, definite(cache, { ...PERIOD, report, by }), signal)
      const { user, system } = process.cpuUsage(before)
      times[`${report} by ${by}, ${run}`] = [(performance.now() - start) / 1000, (user + system) / 1e6]
    }
  cache.close()
  home.close()
  return { rows: 0, check: 0, times }
}

export const JOBS = { xlsx: write('xlsx'), csv: write('csv'), exceljs, pdf, figures }
