import { randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import type { Handlers } from '../../contract/call.ts'
import { type REPORT_CALLS, REPORTS } from '../../contract/engine/report.ts'
import type { EngineContract } from '../../contract/engine.ts'
import type { Lang } from '../../contract/value.ts'
import type { Reader } from '../db/handle.ts'
import { asProblem } from '../sheetProblem.ts'
import type { Desk } from '../sync/desk.ts'
import { identityOf } from '../sync/identity.ts'
import type { RegistryClient } from '../sync/registryClient.ts'
import { CATALOGUE, type Table } from './catalogue.ts'
import { Computer } from './compute.ts'
import { contentOf, type Signing } from './content.ts'
import { dashboardCalls } from './dashboard.ts'
import { detailRows } from './detailRows.ts'
import { labelOf, measureLabel } from './labels.ts'
import type { ReportQuery } from './query.ts'
import { registryFigures } from './registryFigures.ts'
import type { WriteReport } from './reportFile.ts'
import { savedReportCalls } from './savedReports.ts'
import { verifyReport } from './verify.ts'
import { writeReportCsv } from './writeReportCsv.ts'
import { writeReportXlsx } from './writeReportXlsx.ts'

const NEVER = new AbortController().signal

/** A desk that may ask the registry about the reports of other desks; `link` null: it works alone. */
export interface ReportDesk extends Desk {
  readonly link: { readonly client: RegistryClient | null } | null
}

/** Handlers of the report calls: what can be asked, figures for the preview, and the same figures as a file. */
export function reportCalls(desk: ReportDesk): Pick<Handlers<EngineContract>, keyof typeof REPORT_CALLS> {
  const computer = new Computer(desk)
  return {
    ...savedReportCalls(desk),
    ...dashboardCalls(desk),
    'report-catalogue': () =>
      REPORTS.map((report) => {
        const { groupings, filters, measures, rows } = CATALOGUE[report]
        return { report, groupings: [...groupings], filters: [...filters], measures: [...measures], rows }
      }),
    'report-figures': (asked) =>
      computer.with(asked, NEVER, (cache, query, table) => ({
        report: query.report,
        asOf: asOf(query),
        by: query.by,
        groupings: [...query.spec.groupings],
        figures: figures(table),
        table: labelled(cache, query, table, asked.language),
      })),
    'registry-figures': (asked) =>
      computer.with(asked, NEVER, (_, query, table) => registryFigures(desk.link?.client ?? null, query, table)),
    report: (input) => {
      const path = desk.grants.path(input.target)
      const job = { id: input.job ?? randomUUID(), kind: 'report', subject: basename(path), unit: 'rows' } as const
      return desk.jobs.run(job, ({ signal, progress }) =>
        computer.with(input, signal, async (cache, query, table) => {
          const signing = signingOf(desk)
          const content = contentOf(cache, query, table, signing, input.language)
          const told = (done: number): void => progress(done, table.totals[0] ?? null)
          const details = input.rows ? detailRows(cache, query, input.language, signal, told) : null
          const { separator, format } = input
          const { sha256 } = await writeAs(format, { path, content, details, separator, signal, sign: signing.sign })
          return {
            report: query.report,
            asOf: asOf(query),
            seq: query.seq,
            figures: figures(table),
            table: labelled(cache, query, table, input.language),
            file: path,
            sha256,
            fingerprint: content.fingerprint,
          }
        }),
      )
    },
    'verify-report': (input) => {
      const path = desk.grants.path(input.target)
      const job = { id: input.job ?? randomUUID(), kind: 'report', subject: basename(path), unit: 'rows' } as const
      return desk.jobs.run(job, ({ signal }) => verifyReport(desk, desk.link?.client ?? null, computer, path, signal))
    },
  }
}

const asOf = (query: ReportQuery) => ({ seq: query.seq, at: query.at, policy: query.policy.version })

/** The first measure alone. */
const figures = (table: Table) => ({
  total: table.totals[0] ?? table.rows.at(-1)?.values[0] ?? 0,
  groups: table.rows.map(({ key, values }) => ({ key, count: values[0] ?? 0 })),
})

const labelled = (cache: Reader, query: ReportQuery, table: Table, language: Lang) => ({
  measures: table.measures.map((m) => ({ ...m, label: measureLabel(query.report, m.name, language) })),
  totals: [...table.totals],
  rows: table.rows.map(({ key, values }) => ({
    key,
    label: labelOf(cache, query.by, key, language),
    values: [...values],
  })),
})

function signingOf(desk: Desk): Signing {
  const { desk: id, publicKey, sign } = identityOf(desk.home.desk)
  return { officer: desk.session.officerOrNull()?.id ?? '', desk: id, publicKey, sign }
}

async function writeAs(format: 'xlsx' | 'pdf' | 'csv', what: WriteReport): Promise<{ sha256: string }> {
  try {
    if (format === 'xlsx') return await writeReportXlsx(what)
    if (format === 'csv') return await writeReportCsv(what)
    // the PDF library takes as long to load as a report takes to write
    const { writeReportPdf } = await import('./writeReportPdf.ts')
    return await writeReportPdf(what)
  } catch (error) {
    throw asProblem(error)
  }
}
