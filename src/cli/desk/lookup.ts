import type { z } from 'zod'
import type { zLookup } from '../../contract/engine/listing.ts'
import { problemText } from '../../contract/problemText.ts'
import { usage } from './arguments.ts'
import type { Command } from './command.ts'
import { problemJson } from './problemJson.ts'
import { table } from './table.ts'
import type { Words } from './words.ts'

type Found = z.output<typeof zLookup>

/** IMEIs that the engine takes at once. */
const A_CALL = 100_000

/** `lookup`: list, reason, dates and device of each IMEI, in the order asked. */
export const lookup: Command = {
  options: { file: 'one' },
  check: (args) => {
    if (args.positionals.length === 0 && !args.has('file')) throw usage('IMEI…')
  },
  run: async ({ args, engine, words, lang }) => {
    const file = args.value('file')
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
