import { formatDate, formatInstant, formatNumber } from '../../contract/format.ts'
import type { Lang } from '../../contract/value.ts'
import type { Reader } from '../db/handle.ts'
import type { Grouping, MeasureName, Table } from './catalogue.ts'
import { plainText } from './contentHash.ts'
import { fingerprintOf, proofText, type Signer } from './fingerprint.ts'
import { labelOf, measureLabel, type ReportTexts, reportTexts } from './labels.ts'
import { officerName } from './queries.ts'
import type { ReportQuery } from './query.ts'
import type { ReportRecord } from './record.ts'

export type DocumentText = keyof ReportTexts['document']

export interface ReportRow {
  readonly key: string
  readonly label: string
  readonly values: readonly number[]
  /** Of the first measure's total, 0-1; null where groups do not add up to a whole. */
  readonly share: number | null
}

export interface ReportMeasure {
  readonly label: string
  readonly decimals: number
  /** The chart shows it. */
  readonly charted: boolean
}

/** A report in one language, before it takes the form of a file: every format shows this and nothing else. */
export interface ReportContent {
  readonly language: Lang
  readonly title: string
  readonly definition: string
  readonly groupHeading: string
  readonly measures: readonly ReportMeasure[]
  readonly rows: readonly ReportRow[]
  readonly totals: readonly (number | null)[]
  readonly adds: boolean
  /** How the chart is drawn: over time as lines or columns, else as bars. */
  readonly chart: 'bars' | 'columns' | 'lines'
  /** Where the figures come from, label and value, in the order shown. */
  readonly provenance: readonly { readonly label: string; readonly value: string }[]
  readonly fingerprint: string
  /** Text of the QR code, signed by the desk. */
  readonly proof: string
  /** The question and the signer as JSON, for the program that verifies the file. */
  readonly record: string
  text(name: DocumentText, values?: Readonly<Record<string, number>>): string
}

export interface Signing extends Signer {
  sign(text: string): string
}

/** Dresses figures in a language and signs them. `cache` gives the names of importers and officers. */
export function contentOf(
  cache: Reader,
  query: ReportQuery,
  table: Table,
  signing: Signing,
  language: Lang,
): ReportContent {
  const texts = reportTexts(language)
  const { document } = texts
  const { title, definition } = texts.report[query.report]
  const signer: Signer = { officer: signing.officer, desk: signing.desk, publicKey: signing.publicKey }
  const fingerprint = fingerprintOf(query, table, signer)
  const toProve = proofText(query, table, signer, fingerprint)
  const total = table.totals[0] ?? null
  const { adds } = query.spec
  return {
    language,
    title,
    definition,
    groupHeading: headingOf(texts.by[query.by as keyof ReportTexts['by']], language),
    measures: table.measures.map(({ name, decimals }, i) => ({
      decimals,
      charted: chartOf(query) === 'bars' ? i === 0 || name === 'before' : decimals === 0 && !DIFFERENCES.includes(name),
      label: headingOf(measureLabel(query.report, name, language), language),
    })),
    rows: table.rows.map(({ key, values }) => ({
      key: plainText(key),
      label: labelOf(cache, query.by, key, language),
      values,
      share: !adds || total === null || total === 0 ? (adds ? 0 : null) : (values[0] ?? 0) / total,
    })),
    totals: table.totals,
    adds,
    chart: chartOf(query),
    provenance: provenance(cache, query, signer, language, fingerprint),
    fingerprint,
    proof: `${toProve} ${signing.sign(toProve)}`,
    record: JSON.stringify(recordOf(query, signer, language)),
    text: (name, values = {}) =>
      document[name].replace(/\{\{(\w+)\}\}/g, (_, key: string) => formatNumber(values[key] ?? 0, language)),
  }
}

/** A word as it stands over a column. */
const headingOf = (text: string, language: Lang): string => text.charAt(0).toLocaleUpperCase(language) + text.slice(1)

/** Beside what they are the difference of, they would be seen twice. */
const DIFFERENCES: readonly MeasureName[] = ['change', 'net']

const chartOf = (query: ReportQuery): ReportContent['chart'] =>
  query.report === 'lists' ? 'lines' : query.by === 'month' || query.by === 'day' ? 'columns' : 'bars'

function recordOf(query: ReportQuery, signer: Signer, language: Lang): ReportRecord {
  const { report, by, from, to, compareTo, seq, at, policy } = query
  const filters = query.filters as ReportRecord['filters']
  return { report, by, from, to, filters, compareTo, seq, at, policy: policy.version, language, ...signer }
}

function provenance(
  cache: Reader,
  query: ReportQuery,
  signer: Signer,
  language: Lang,
  fingerprint: string,
): ReportContent['provenance'] {
  const { document, by } = reportTexts(language)
  const period = (p: { from: string; to: string }): string =>
    `${formatDate(p.from, language)} — ${formatDate(p.to, language)}`
  const filters = Object.entries(query.filters) as [Grouping, readonly string[]][]
  const officer = signer.officer === '' ? document.noOfficer : (officerName(cache, signer.officer) ?? signer.officer)
  return [
    { label: document.period, value: period(query) },
    ...(query.compareTo ? [{ label: document.compareTo, value: period(query.compareTo) }] : []),
    { label: document.grouping, value: by[query.by as keyof ReportTexts['by']] },
    ...filters.map(([field, values]) => ({
      label: `${document.filters}: ${by[field as keyof ReportTexts['by']]}`,
      value: plainText(values.map((value) => labelOf(cache, field, value, language)).join(', ')),
    })),
    {
      label: document.asOf,
      value: query.at === null ? '—' : `${formatInstant(query.at, language)} (${document.time})`,
    },
    { label: document.seq, value: formatNumber(query.seq, language) },
    { label: document.policy, value: plainText(`${query.policy.version} (${query.policy.name})`) },
    { label: document.query, value: plainText(commandOf(query)) },
    { label: document.signer, value: plainText(`${officer} · ${document.desk} ${signer.desk}`) },
    { label: document.fingerprint, value: fingerprint },
  ]
}

/** The question as a command line. */
function commandOf(query: ReportQuery): string {
  const filters = Object.entries(query.filters).flatMap(([field, values]) =>
    (values ?? []).map((value) => ` --filter '${field}=${value}'`),
  )
  const compare = query.compareTo ? ` --compare ${query.compareTo.from}..${query.compareTo.to}` : ''
  return `desk report ${query.report} --from ${query.from} --to ${query.to} --by ${query.by}${filters.join('')}${compare} --as-of ${query.seq}`
}
