import { randomUUID } from 'node:crypto'
import type { Staged } from '../../contract/engine/batch.ts'
import type { FixGroup } from '../../contract/engine/fix.ts'
import { zFixStep } from '../../contract/fixStep.ts'
import { BATCH_FIELDS } from '../../domain/checks/batchField.ts'
import { CELL_RULES, type FixStep } from '../../domain/fix/fixStep.ts'
import { type Arguments, usage } from './arguments.ts'
import { cancellable } from './cancellable.ts'
import type { Command, CommandAnswer, CommandContext } from './command.ts'
import { stagedText } from './stagedText.ts'
import { pairs, table } from './table.ts'
import type { Words } from './words.ts'

const FORMS = 'list | clusters | preview | apply | undo'

/** `fix`: corrections of a file that is checked and not yet committed (`import --stage`): what is wrong, what a rule would change, apply, undo. */
export const fix: Command = {
  options: { rule: 'one', field: 'one', from: 'many', to: 'one', cell: 'many', step: 'one', later: 'flag' },
  check: (args) => {
    const [form] = args.positionals
    if (form === undefined || !FORMS.split(' | ').includes(form)) throw usage(FORMS)
    args.exactly(form, 'BATCH')
    args.choice('field', BATCH_FIELDS)
    args.choice('rule', CELL_RULES)
    if (form === 'preview' || form === 'apply') stepOf(args)
    if (form === 'undo') args.required('step')
  },
  run: async (context) => {
    const { args, engine, words } = context
    const [form, batch = ''] = args.positionals
    if (form === 'list') return listed(context, batch)
    if (form === 'clusters') return clustered(context, batch)
    if (form === 'preview') {
      const preview = await cancellable(context, (job) =>
        engine.call('fix-preview', { batch, step: stepOf(args), job }),
      )
      const { cells, rows, samples, seconds } = preview
      const text = [
        pairs([
          [words.say('cells'), words.number(cells)],
          [words.say('rows'), words.number(rows)],
        ]),
        table(
          [words.say('rows'), words.say('field'), words.say('before'), words.say('after')],
          samples.map((s) => [String(s.row), s.header, s.before, s.after]),
          [0],
        ),
      ].join('\n\n')
      return { json: { cells, rows, samples, seconds }, text }
    }
    const staged = await cancellable(context, (job) =>
      form === 'apply'
        ? engine.call('fix-apply', { batch, steps: [stepOf(args)], job })
        : engine.call('fix-undo', { batch, step: args.required('step'), andLater: args.has('later'), job }),
    )
    return { json: jsonOf(staged), text: stagedText(staged, null, words) }
  },
}

async function listed({ engine, words }: CommandContext, batch: string): Promise<CommandAnswer> {
  const { groups } = await engine.call('fix-groups', { batch })
  const steps = (await engine.call('staged-batches', {})).find((one) => one.batch === batch)?.steps ?? []
  const text = [
    table(
      [words.say('problem'), words.say('field'), words.say('rows'), words.say('rule')],
      groups.map((g) => [g.code, g.field ?? '', words.number(g.rows), offersOf(g, words)]),
      [2],
    ),
    ...(steps.length === 0
      ? []
      : [
          table(
            [words.say('step'), words.say('rule')],
            steps.map((s) => [s.id, stepText(s)]),
          ),
        ]),
  ].join('\n\n')
  return { json: { groups, steps }, text }
}

const offersOf = ({ offers }: FixGroup, words: Words): string =>
  offers.map(({ rule, cells }) => `${rule} ${words.number(cells)}`).join(', ')

const stepText = (step: FixStep): string =>
  step.kind === 'edit'
    ? `edit ${step.cells.length}`
    : step.kind === 'merge'
      ? `merge ${step.field}: ${step.from.join(', ')} → ${step.to}`
      : `${step.kind} ${step.field}`

async function clustered({ engine, words }: CommandContext, batch: string): Promise<CommandAnswer> {
  const { fields } = await engine.call('fix-clusters', { batch })
  const rows = fields.flatMap(({ field, clusters }) =>
    clusters.map(({ to, spellings }) => [
      field,
      to,
      spellings.map((s) => `${s.text} ${words.number(s.rows)}`).join(', '),
    ]),
  )
  const text = table([words.say('field'), words.say('name'), words.say('imeis')], rows)
  return { json: fields, text: rows.length === 0 ? words.say('nothing') : text }
}

/** `--rule R --field F`, `--field F --from A=… --to B` or `--cell ROW:COLUMN=TEXT …`; rows as the sheet numbers them, columns A, B, …. */
function stepOf(args: Arguments): FixStep {
  const id = randomUUID()
  const field = args.choice('field', BATCH_FIELDS)
  const rule = args.choice('rule', CELL_RULES)
  const said = args.has('cell')
    ? { id, kind: 'edit', cells: args.values('cell').map(cellOf) }
    : rule !== undefined
      ? { id, kind: rule, field }
      : { id, kind: 'merge', field, from: args.values('from'), to: args.value('to') }
  const step = zFixStep.safeParse(said)
  if (!step.success) throw usage('--rule R --field F | --field F --from TEXT … --to TEXT | --cell ROW:COLUMN=TEXT …')
  return step.data
}

function cellOf(word: string): { row: number; column: number; text: string } {
  const m = /^(\d{1,7}):([A-Z]{1,3})=(.*)$/s.exec(word)
  if (!m) throw usage(`--cell ${word}`)
  const column = [...(m[2] as string)].reduce((n, c) => n * 26 + c.charCodeAt(0) - 64, 0) - 1
  return { row: Number(m[1]), column, text: m[3] ?? '' }
}

const jsonOf = ({ batch, state, counts, effect, steps }: Staged) => ({ batch, state, ...counts, effect, steps })

/** `imports`: files being checked or interrupted; goes on with one, or drops it. */
export const imports: Command = {
  options: {},
  check: (args) => {
    const [form] = args.positionals
    if (form === undefined) return
    if (form !== 'resume' && form !== 'drop') throw usage('resume BATCH | drop BATCH')
    args.exactly(form, 'BATCH')
  },
  run: async (context) => {
    const { args, engine, words } = context
    const [form, batch = ''] = args.positionals
    if (form === 'resume') {
      const staged = await cancellable(context, (job) => engine.call('resume-import', { batch, job }))
      return { json: jsonOf(staged), text: stagedText(staged, null, words) }
    }
    if (form === 'drop') {
      await engine.call('drop-import', { batch })
      return { json: { batch, state: 'dropped' }, text: batch }
    }
    const queue = await engine.call('import-queue', {})
    const staged = await engine.call('staged-batches', {})
    const rows = [
      ...queue.map((q) => [q.batch, words.term('kind', q.kind), q.file, q.state]),
      ...staged.map((s) => [s.batch, words.term('kind', s.kind), s.file, words.term('batchState', s.state)]),
    ]
    const text = table([words.say('batch'), words.say('kind'), words.say('file'), words.say('state')], rows)
    return { json: { queue, staged: staged.map(jsonOf) }, text: rows.length === 0 ? words.say('nothing') : text }
  },
}

/** `commit`: a file that was checked before (`import --stage`), with the corrections made since. */
export const commit: Command = {
  options: { accept: 'many' },
  check: (args) => args.exactly('BATCH'),
  run: async (context) => {
    const { args, engine, words } = context
    const [batch] = args.exactly('BATCH')
    const accept = [...args.values('accept')]
    const done = await cancellable(context, (job) => engine.call('commit-batch', { batch, accept, job }))
    return { json: jsonOf(done), text: stagedText(done, null, words) }
  },
}
