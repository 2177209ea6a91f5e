import type { Batch } from '../../contract/engine/batch.ts'
import type { Command, CommandContext } from './command.ts'
import { officerNames } from './officerNames.ts'
import { effectText } from './stagedText.ts'
import { pairs, table } from './table.ts'

const A_CALL = 500

/** `batches`: everything that brought facts, the newest first. */
export const batches: Command = {
  options: {},
  check: (args) => args.exactly(),
  run: async (context) => {
    const all = await allBatches(context)
    const { words } = context
    const nameOf = await officerNames(context.engine)
    const text = table(
      [
        '№',
        words.say('batch'),
        words.say('kind'),
        words.say('source'),
        words.say('state'),
        words.say('imeis'),
        words.say('when'),
        words.say('by'),
      ],
      all.map((b) => [
        b.no === null ? '' : String(b.no),
        b.batch,
        words.term('kind', b.kind),
        words.term('source', b.source),
        words.term('batchState', b.state),
        words.number(b.counts.imeis),
        words.instant(b.at),
        nameOf(b.by),
      ]),
      [0, 5],
    )
    return { json: all.map(jsonOf), text: all.length === 0 ? words.say('nothing') : text }
  },
}

async function allBatches({ engine }: CommandContext): Promise<Batch[]> {
  const all: Batch[] = []
  for (let before: number | null = null; ; ) {
    const page: Batch[] = await engine.call('batches', { before, limit: A_CALL })
    all.push(...page)
    const oldest = page.at(-1)?.seq ?? null
    if (page.length < A_CALL || oldest === null || oldest === before) return all
    before = oldest
  }
}

const jsonOf = ({ counts, ...batch }: Batch) => ({ ...batch, ...counts })

/** `undo`: withdraws a batch, or proposes to where a second officer must sign. */
export const undo: Command = {
  options: { reason: 'one' },
  check: (args) => {
    args.exactly('BATCH')
    args.required('reason')
  },
  run: async ({ args, engine, words }) => {
    const [batch] = args.exactly('BATCH')
    const done = await engine.call('undo-batch', { batch, reason: args.required('reason') })
    const state = done.undone ? words.say('undone') : words.say('waitsForSignature', { id: done.batch })
    const text = pairs([
      [words.say('batch'), done.batch],
      [words.say('state'), done.state === 'queued' ? words.term('batchState', 'queued') : state],
      [words.say('effect'), effectText(done.effect, words)],
    ])
    return { json: { batch: done.batch, undone: done.undone, state: done.state, effect: done.effect }, text }
  },
}
