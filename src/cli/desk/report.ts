import { resolve } from 'node:path'
import type { ReportQueryDoc } from '../../contract/engine/report.ts'
import { formatNumber } from '../../contract/format.ts'
import { isIsoDate } from '../../domain/businessDate.ts'
import { trouble } from '../../domain/problem.ts'
import { type Arguments, usage } from './arguments.ts'
import { cancellable } from './cancellable.ts'
import type { Command, CommandAnswer, CommandContext } from './command.ts'
import { pairs, table } from './table.ts'

const FORMATS = ['xlsx', 'pdf', 'csv'] as const
const SEPARATOR = { comma: ',', semicolon: ';', tab: '\t' } as const
const SEPARATORS = Object.keys(SEPARATOR) as (keyof typeof SEPARATOR)[]

/** `report`: statistics as a file; needs no display. */
export const report: Command = {
  options: {
    from: 'one',
    to: 'one',
    by: 'one',
    filter: 'many',
    compare: 'one',
    'as-of': 'one',
    format: 'one',
    separator: 'one',
    rows: 'flag',
    'check-registry': 'flag',
    out: 'one',
  },
  check: (args) => {
    const [name] = args.exactly('NAME')
    checkOutput(args)
    questionOf(args, name)
  },
  run: (context) => written(context, questionOf(context.args, context.args.exactly('NAME')[0])),
}

/** The options that say how a report is written, checked before anything is opened. */
export function checkOutput(args: Arguments): void {
  for (const option of ['format', 'out']) args.required(option)
  args.choice('format', FORMATS)
  args.choice('separator', SEPARATORS)
  args.count('as-of')
}

/** The question that the options ask of a report. */
export const questionOf = (args: Arguments, report: string): ReportQueryDoc => ({
  report,
  from: date(args, 'from'),
  to: date(args, 'to'),
  by: args.value('by') ?? null,
  filters: filters(args),
  compareTo: compared(args),
})

/** Writes the answer to a question as the file that the options name. */
export async function written(context: CommandContext, query: ReportQueryDoc): Promise<CommandAnswer> {
  const { args, engine, words, lang } = context
  const out = resolve(args.required('out'))
  const done = await cancellable(context, (job) =>
    engine.call('report', {
      job,
      ...query,
      asOfSeq: args.count('as-of') ?? null,
      rows: args.has('rows'),
      separator: SEPARATOR[args.choice('separator', SEPARATORS) ?? 'comma'],
      format: args.choice('format', FORMATS) ?? 'xlsx',
      language: lang,
      target: engine.grant(out),
    }),
  )
  const { figures, seq, sha256, fingerprint } = done
  // the file stays whatever the registry says: it is what this desk knows
  const registry = args.has('check-registry') ? await engine.call('registry-figures', { ...query, asOfSeq: seq }) : null
  const { measures, rows, totals } = done.table
  const numbers = (values: readonly (number | null)[]): string[] =>
    values.map((value, i) => (value === null ? '' : formatNumber(value, lang, measures[i]?.decimals ?? 0)))
  const text = [
    table(
      [words.say('group'), ...measures.map(({ label }) => label)],
      [...rows.map((row) => [row.label, ...numbers(row.values)]), [words.say('total'), ...numbers(totals)]],
      measures.map((_, i) => i + 1),
    ),
    pairs([
      [words.say('file'), out],
      [words.say('sequence'), words.number(seq)],
      [words.say('fingerprint'), fingerprint],
      ...(registry
        ? [[words.say('registryAgrees'), words.say(registry.agrees ? 'yes' : 'no')] as [string, string]]
        : []),
    ]),
  ].join('\n\n')
  const json = {
    report: done.report,
    asOf: done.asOf.at,
    seq,
    figures,
    table: done.table,
    file: out,
    sha256,
    fingerprint,
    ...(registry ? { registry: { ...registry.figures, agrees: registry.agrees } } : {}),
  }
  return { json, text }
}

/** `--filter FIELD=VALUE`, as often as wanted; values of one field are alternatives. */
function filters(args: Arguments): Record<string, string[]> {
  const found: Record<string, string[]> = {}
  for (const text of args.values('filter')) {
    const at = text.indexOf('=')
    if (at < 1 || at === text.length - 1) throw usage(`--filter ${text}`)
    const field = text.slice(0, at)
    found[field] = [...(found[field] ?? []), text.slice(at + 1)]
  }
  return found
}

/** `--compare FROM..TO`: the earlier period. */
function compared(args: Arguments): { from: string; to: string } | null {
  const text = args.value('compare')
  if (text === undefined) return null
  const [from = '', to = '', more] = text.split('..')
  if (more !== undefined || to === '') throw usage(`--compare ${text}`)
  for (const value of [from, to]) if (!isIsoDate(value)) throw trouble('date-unusable', { value })
  return { from, to }
}

function date(args: Arguments, option: string): string {
  const value = args.required(option)
  if (!isIsoDate(value)) throw trouble('date-unusable', { value })
  return value
}
