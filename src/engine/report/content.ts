import en from '../../../resources/locales/en/report.json' with { type: 'json' }
import kk from '../../../resources/locales/kk/report.json' with { type: 'json' }
import ru from '../../../resources/locales/ru/report.json' with { type: 'json' }
import { formatDate, formatInstant, formatMonth, formatNumber } from '../../contract/format.ts'
import { termText } from '../../contract/termText.ts'
import type { Lang } from '../../contract/value.ts'
import { type Clock, type Figures, type Grouping, UNKNOWN_DEVICE } from './catalogue.ts'
import type { ReportQuery } from './query.ts'

const TEXTS = { kk, ru, en } as const
type Texts = typeof en
export type DocumentText = keyof Texts['document']

export interface ReportRow {
  readonly key: string
  readonly label: string
  readonly count: number
  /** Of the total, 0-1. */
  readonly share: number
}

/** A report in one language, before it takes the form of a file: every format shows this and nothing else. */
export interface ReportContent {
  readonly language: Lang
  readonly title: string
  readonly definition: string
  /** Heading of the groups and of their counts. */
  readonly groupHeading: string
  readonly unit: string
  readonly rows: readonly ReportRow[]
  readonly total: number
  /** Where the figures come from, label and value, in the order shown. */
  readonly provenance: readonly { readonly label: string; readonly value: string }[]
  readonly fingerprint: string
  /** Text of the QR code. */
  readonly proof: string
  text(name: DocumentText, values?: Readonly<Record<string, number>>): string
}

export function contentOf(query: ReportQuery, figures: Figures, fingerprint: string, language: Lang): ReportContent {
  const texts: Texts = TEXTS[language]
  const { document } = texts
  const { title, unit, definition } = texts.report[query.report]
  const text: ReportContent['text'] = (name, values = {}) =>
    document[name].replace(/\{\{(\w+)\}\}/g, (_, key: string) => formatNumber(values[key] ?? 0, language))
  const command = `desk report ${query.report} --from ${query.from} --to ${query.to} --by ${query.by} --as-of ${query.seq}`
  return {
    language,
    title,
    definition,
    groupHeading: texts.by[query.by],
    unit,
    rows: figures.groups.map(({ key, count }) => ({
      key,
      label: labelOf(query.by, key, language),
      count,
      share: figures.total === 0 ? 0 : count / figures.total,
    })),
    total: figures.total,
    provenance: [
      { label: document.period, value: `${formatDate(query.from, language)} — ${formatDate(query.to, language)}` },
      { label: document.grouping, value: texts.by[query.by] },
      {
        label: document.asOf,
        value: query.at === null ? '—' : `${formatInstant(query.at, language)} (${document.time})`,
      },
      { label: document.seq, value: formatNumber(query.seq, language) },
      { label: document.policy, value: `${query.policy.version} (${query.policy.name})` },
      { label: document.query, value: command },
      { label: document.fingerprint, value: fingerprint },
    ],
    fingerprint,
    proof: `tamga-report-1 ${query.report} ${query.by} ${query.from} ${query.to} ${query.seq} ${figures.total} ${fingerprint}`,
    text,
  }
}

function labelOf(by: Grouping, key: string, language: Lang): string {
  const texts: Texts = TEXTS[language]
  if (key === UNKNOWN_DEVICE) return texts.document.unknown
  switch (by) {
    case 'reason':
    case 'list':
    case 'kind':
    case 'route':
      return termText(by, key, language)
    case 'state':
      return termText('appealState', key, language)
    case 'month':
      return formatMonth(key, language)
    case 'clock':
      return texts.clock[key as Clock]
    default:
      return key
  }
}
