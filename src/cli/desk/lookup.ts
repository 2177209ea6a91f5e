import type { z } from 'zod'
import type { zLookup } from '../../contract/engine/listing.ts'
import { problemText } from '../../contract/problemText.ts'
import { trouble } from '../../domain/problem.ts'
import { questionOf } from '../../domain/question.ts'
import { usage } from './arguments.ts'
import type { Command, CommandAnswer, CommandContext } from './command.ts'
import { problemJson } from './problemJson.ts'
import { table } from './table.ts'
import type { Words } from './words.ts'

type Found = z.output<typeof zLookup>

/** IMEIs that the engine takes at once. */
const A_CALL = 100_000

/**
 * `lookup`: list, reason, dates and device of each IMEI, in the order asked. A declaration number, an IIN or BIN, or the number of an
 * appeal is told by its content and answered with what names it.
 */
export const lookup: Command = {
  options: { file: 'one' },
  check: (args) => {
    if (args.positionals.length === 0 && !args.has('file')) throw usage('IMEI…')
  },
  run: async (context) => {
    const { args, engine, words, lang } = context
    const file = args.value('file')
    const [only] = args.positionals
    if (only !== undefined && args.positionals.length === 1 && file === undefined) {
      const { kind } = questionOf(only)
      if (kind === 'declaration' || kind === 'identity' || kind === 'appeal') return other(only, context)
    }
    const asked = [...args.positionals, ...(file === undefined ? [] : await fromFile(file))]
    const found: Found[] = []
    for (let at = 0; at < asked.length; at += A_CALL)
      found.push(...(await engine.call('lookup', { imeis: asked.slice(at, at + A_CALL) })))
    return {
      json: found.map((f) => ({
        imei: f.imei,
        imei14: f.imei14,
        list: f.list,
        reason: f.reason,
        since: f.since,
        deadline: f.deadline,
        asOf: f.asOf.at,
        device: f.device,
        ...(f.problem === null ? {} : { problem: problemJson(f.problem, lang) }),
      })),
      text: textOf(found, words),
    }
  },
}

async function other(text: string, { engine, words }: CommandContext): Promise<CommandAnswer> {
  const found = await engine.call('find', { text })
  if (found.kind === 'appeal') {
    if (!found.known) throw trouble('appeal-unknown', { appeal: found.id })
    return { json: found, text: found.id }
  }
  if (found.kind !== 'declaration' && found.kind !== 'identity') throw new Error(`${found.kind} is no such question`)
  const declared = found.kind === 'declaration' ? found.lines : found.declared
  const rows = declared.map((d) => [
    d.declaration ?? '',
    d.line ?? '',
    words.date(d.date),
    d.importer ?? d.bin ?? '',
    [d.brand, d.model].filter(Boolean).join(' '),
    d.quantity === null ? '' : words.number(d.quantity),
    d.batch,
  ])
  const header = (['declaration', 'line', 'date', 'importer', 'device', 'quantity', 'batch'] as const).map((name) =>
    words.say(name),
  )
  const appeals = found.appeals.map(({ id, state }) => [id, words.term('appealState', state)])
  const parts = [
    table(header, rows, [5]),
    ...(appeals.length === 0 ? [] : [table([words.say('appeal'), words.say('state')], appeals)]),
  ]
  return { json: found, text: parts.join('\n\n') }
}

/** The readers of spreadsheets are loaded only for a file. */
const fromFile = async (file: string): Promise<string[]> => (await import('./imeisOfFile.ts')).imeisOfFile(file)

function textOf(found: readonly Found[], words: Words): string {
  return table(
    [
      words.say('imei'),
      words.say('list'),
      words.say('reason'),
      words.say('since'),
      words.say('deadline'),
      words.say('device'),
    ],
    found.map((f) => [
      f.imei,
      words.term('list', f.list),
      f.problem === null ? words.term('reason', f.reason) : problemText(f.problem, words.lang).message,
      words.date(f.since),
      f.overdue ? `${words.date(f.deadline)} ${words.say('overdue')}` : words.date(f.deadline),
      [f.device?.brand, f.device?.model].filter(Boolean).join(' '),
    ]),
  )
}
