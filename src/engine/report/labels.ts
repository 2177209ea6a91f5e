import reasonEn from '../../../resources/locales/en/reason.json' with { type: 'json' }
import en from '../../../resources/locales/en/report.json' with { type: 'json' }
import reasonKk from '../../../resources/locales/kk/reason.json' with { type: 'json' }
import kk from '../../../resources/locales/kk/report.json' with { type: 'json' }
import reasonRu from '../../../resources/locales/ru/reason.json' with { type: 'json' }
import ru from '../../../resources/locales/ru/report.json' with { type: 'json' }
import { formatDate, formatMonth } from '../../contract/format.ts'
import { termText } from '../../contract/termText.ts'
import type { Lang } from '../../contract/value.ts'
import type { Reader } from '../db/handle.ts'
import {
  type Clock,
  type DECISION_DAYS,
  type Grouping,
  type KnownReport,
  type MeasureName,
  UNKNOWN,
} from './catalogue.ts'
import { plainText } from './contentHash.ts'
import { importerName, officerName } from './queries.ts'

const ALL = { kk, ru, en } as const
const REASONS = { kk: reasonKk, ru: reasonRu, en: reasonEn } as const
export type ReportTexts = typeof en
/** Texts of reports in a language. */
export const reportTexts = (language: Lang): ReportTexts => ALL[language]

/** Names the groups of a grouping; brands, models, TACs and declarations are names already. */
export function labelOf(cache: Reader, by: Grouping, key: string, language: Lang): string {
  const texts = reportTexts(language)
  if (key === UNKNOWN) return texts.unknown[by as keyof ReportTexts['unknown']] ?? texts.document.unknown
  switch (by) {
    case 'reason':
      return key === 'none' ? termText('list', key, language) : reasonText(key, language)
    case 'list':
    case 'route':
      return termText(by, key, language)
    case 'kind':
      return key === 'policy' ? texts.document.policyChange : termText(by, key, language)
    case 'state':
      return termText('appealState', key, language)
    case 'operator':
      return termText('source', key, language)
    case 'month':
      return formatMonth(key, language)
    case 'day':
      return formatDate(key, language)
    case 'case':
      return texts.case[key as keyof ReportTexts['case']] ?? key
    case 'stage':
      return texts.stage[key as keyof ReportTexts['stage']] ?? key
    case 'ground':
      return texts.ground[key as keyof ReportTexts['ground']] ?? key
    case 'clock':
      return texts.clock[key as Clock]
    case 'days':
      return texts.days[key as (typeof DECISION_DAYS)[number]]
    case 'version': {
      const [version = '', list = ''] = key.split('/')
      return `${texts.document.version} ${version} · ${termText('list', list, language)}`
    }
    case 'importer': {
      const name = importerName(cache, key)
      return plainText(name === null ? key : `${key} ${name}`)
    }
    case 'officer':
      return plainText(officerName(cache, key) ?? key)
    default:
      return plainText(key)
  }
}

/** Reasons of listings are named; those of appeals are codes with a text of their own. */
function reasonText(key: string, language: Lang): string {
  const named = termText('reason', key, language)
  return named === key ? (REASONS[language][key as keyof typeof reasonEn]?.short ?? key) : named
}

/** What a column of figures is called; `count` is what the report counts. */
export function measureLabel(report: KnownReport, measure: MeasureName, language: Lang): string {
  const texts = reportTexts(language)
  return measure === 'count' ? texts.report[report].unit : texts.measure[measure as keyof ReportTexts['measure']]
}
