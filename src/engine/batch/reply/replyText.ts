import kk from '../../../../resources/locales/kk/reply.json' with { type: 'json' }
import ru from '../../../../resources/locales/ru/reply.json' with { type: 'json' }
import { checkText } from '../../../contract/checkText.ts'
import { formatNumber, formatShortDate } from '../../../contract/format.ts'
import { termText } from '../../../contract/termText.ts'
import { businessDate } from '../../../domain/businessDate.ts'
import type { CheckCode } from '../../../domain/checks/finding.ts'
import type { Instant } from '../../../domain/fact.ts'
import type { StagedDoc } from '../stagedBatches.ts'

const TEXTS = { kk, ru } as const
/** Letters to senders go out in both languages of the state, Kazakh first. */
const LANGUAGES = ['kk', 'ru'] as const

export interface ReplyPart {
  readonly to: string
  readonly title: string
  readonly paragraphs: readonly string[]
  readonly headers: readonly [string, string]
  readonly problems: readonly string[][]
  readonly signature: string
}

/** The letter to the sender of a file: what came, what was taken, what was not and why, and what is asked of him. */
export function replyParts(
  doc: StagedDoc,
  by: { readonly officer: string; readonly attached: string; readonly at: Instant },
): readonly [ReplyPart, ReplyPart] {
  const [kazakh, russian] = LANGUAGES.map((language) => partIn(language, doc, by))
  return [kazakh as ReplyPart, russian as ReplyPart]
}

function partIn(
  language: (typeof LANGUAGES)[number],
  { staged, letter, letterDate }: StagedDoc,
  { officer, attached, at }: { readonly officer: string; readonly attached: string; readonly at: Instant },
): ReplyPart {
  const say = (key: keyof typeof kk, values: Readonly<Record<string, string>> = {}): string =>
    TEXTS[language][key].replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '…')
  const number = (n: number): string => formatNumber(n, language)
  const { counts } = staged
  const date = letterDate === null ? '' : formatShortDate(letterDate, language)
  const yours = letter === '' ? 'came' : date === '' ? 'came-letter' : 'came-letter-dated'
  return {
    to: capital(termText('source', staged.source, language)),
    title: say('title', { file: staged.file }),
    paragraphs: [
      say(yours, { file: staged.file, kind: termText('kind', staged.kind, language), letter, date }),
      say('counts', {
        rows: number(counts.rows),
        accepted: number(counts.accepted),
        rejected: number(counts.rejected),
        duplicates: number(counts.duplicates),
      }),
      counts.rejected > 0 ? say('please', { attached }) : say('thanks'),
      ...(counts.rejected > 0 ? [say('why')] : []),
    ],
    headers: [say('problem'), say('rows')],
    problems: counts.rejected > 0 ? problemsOf(counts.problems, language, number) : [],
    signature: say('signature', { officer, date: formatShortDate(businessDate(at), language) }),
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const problemsOf = (
  problems: Readonly<Record<string, number>>,
  language: (typeof LANGUAGES)[number],
  number: (n: number) => string,
): string[][] =>
  Object.entries(problems)
    .sort(([, a], [, b]) => b - a)
    .map(([code, rows]) => [checkText(code as CheckCode, {}, language).title, number(rows)])
