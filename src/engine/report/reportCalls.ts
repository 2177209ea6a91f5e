import { randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import type { Handlers } from '../../contract/call.ts'
import type { EngineContract } from '../../contract/engine.ts'
import { may } from '../../domain/officer.ts'
import { ProblemError } from '../../domain/problem.ts'
import { asProblem } from '../sheetProblem.ts'
import type { Desk } from '../sync/desk.ts'
import { listsAtCursor } from '../sync/listsAtCursor.ts'
import { type Figures, GROUPINGS } from './catalogue.ts'
import { contentOf } from './content.ts'
import { figuresOf, fingerprintOf } from './figures.ts'
import { type Asked, definite, type ReportQuery } from './query.ts'
import { writeReportCsv } from './writeReportCsv.ts'
import { writeReportXlsx } from './writeReportXlsx.ts'

const NEVER = new AbortController().signal

/** Handlers of the report calls: figures for the preview, and the same figures as a file. */
export function reportCalls(desk: Desk): Pick<Handlers<EngineContract>, 'report-figures' | 'report'> {
  async function compute(asked: Asked, signal: AbortSignal): Promise<{ query: ReportQuery; figures: Figures }> {
    // every role may report; a scheduled job on a machine without a screen has no officer
    const officer = desk.session.officerOrNull()
    const role = officer === null ? null : may(officer, 'report')
    if (role?.ok === false) throw new ProblemError(role.problem)
    await listsAtCursor(desk.home.cache, signal)
    const cache = desk.home.cache.openReader()
    try {
      const query = definite(cache, asked)
      return { query, figures: await figuresOf(cache, query, signal) }
    } finally {
      cache.close()
    }
  }
  return {
    'report-figures': async (asked) => {
      const { query, figures } = await compute(asked, NEVER)
      return {
        report: query.report,
        asOf: asOf(query),
        by: query.by,
        groupings: [...GROUPINGS[query.report]],
        figures: copy(figures),
      }
    },
    report: (input) => {
      const path = desk.grants.path(input.target)
      const job = { id: input.job ?? randomUUID(), kind: 'report', subject: basename(path), unit: 'rows' } as const
      return desk.jobs.run(job, async ({ signal }) => {
        const { query, figures } = await compute(input, signal)
        const fingerprint = fingerprintOf(query, figures)
        const content = contentOf(query, figures, fingerprint, input.language)
        const { sha256 } = await writeAs(input.format, path, content, signal)
        return {
          report: query.report,
          asOf: asOf(query),
          seq: query.seq,
          figures: copy(figures),
          file: path,
          sha256,
          fingerprint,
        }
      })
    },
  }
}

const asOf = (query: ReportQuery) => ({ seq: query.seq, at: query.at, policy: query.policy.version })
const copy = (figures: Figures) => ({ total: figures.total, groups: [...figures.groups] })

async function writeAs(
  format: 'xlsx' | 'pdf' | 'csv',
  path: string,
  content: Parameters<typeof writeReportXlsx>[1],
  signal: AbortSignal,
): Promise<{ sha256: string }> {
  try {
    if (format === 'xlsx') return await writeReportXlsx(path, content, signal)
    if (format === 'csv') return await writeReportCsv(path, content, signal)
    // the PDF library takes as long to load as a report takes to write
    const { writeReportPdf } = await import('./writeReportPdf.ts')
    return await writeReportPdf(path, content, signal)
  } catch (error) {
    throw asProblem(error)
  }
}
