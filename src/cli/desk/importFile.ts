import { existsSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import type { Staged } from '../../contract/engine/batch.ts'
import { IMPORT_KINDS } from '../../domain/batch.ts'
import { isIsoDate } from '../../domain/businessDate.ts'
import { BATCH_FIELDS } from '../../domain/checks/batchField.ts'
import { SOURCE_BODIES } from '../../domain/fact.ts'
import type { FixStep } from '../../domain/fix/fixStep.ts'
import { trouble } from '../../domain/problem.ts'
import { type Arguments, usage } from './arguments.ts'
import { cancellable } from './cancellable.ts'
import type { Command, CommandContext } from './command.ts'
import { stagedText } from './stagedText.ts'

/** `import`: the same calls as the window's five steps. */
export const importFile: Command = {
  options: {
    kind: 'one',
    sheet: 'one',
    map: 'many',
    profile: 'one',
    encoding: 'one',
    password: 'one',
    source: 'one',
    letter: 'one',
    full: 'flag',
    accept: 'many',
    'dry-run': 'flag',
    stage: 'flag',
    'letter-date': 'one',
    steps: 'one',
    rejects: 'one',
  },
  check: (args) => {
    args.exactly('FILE')
    args.required('kind')
    args.choice('kind', IMPORT_KINDS)
    args.choice('source', SOURCE_BODIES)
    args.choice('steps', ['replay'])
    mappingOf(args)
  },
  run: async (context) => {
    const { args, engine, words } = context
    const staged = await cancellable(context, (job) => stage(context, job))
    let done = staged
    try {
      const rejects = await writeRejects(context, staged)
      if (staged.state !== 'same' && !args.has('dry-run') && !args.has('stage')) {
        const accept = [...args.values('accept')]
        done = await cancellable(context, (job) => engine.call('commit-batch', { batch: staged.batch, accept, job }))
      }
      return { json: jsonOf(done, rejects), text: stagedText(done, rejects, words) }
    } finally {
      // a dry run, a refusal and a cancelled commit leave nothing prepared behind
      if (done.state === 'staged' && !args.has('stage')) await engine.call('discard-batch', { batch: staged.batch })
    }
  },
}

async function stage({ args, engine }: CommandContext, job: string): Promise<Staged> {
  const [file] = args.exactly('FILE')
  if (!existsSync(file)) throw trouble('file-missing', { file: basename(file) })
  const kind = args.choice('kind', IMPORT_KINDS)
  if (kind === undefined) throw usage('--kind')
  return engine.call('stage-batch', {
    job,
    token: engine.grant(file),
    kind,
    sheet: args.value('sheet'),
    encoding: args.value('encoding'),
    password: args.value('password'),
    profile: args.value('profile'),
    source: args.choice('source', SOURCE_BODIES),
    mappingByHeader: args.has('map') ? mappingOf(args) : undefined,
    letter: args.value('letter') ?? '',
    letterDate: letterDateOf(args),
    steps: await offeredSteps(args, engine, kind),
    full: args.has('full'),
  })
}

/** Date of the covering letter, as ISO 8601; throws `date-unusable`. */
function letterDateOf(args: Arguments): string | null {
  const date = args.value('letter-date') ?? null
  if (date !== null && !isIsoDate(date)) throw trouble('date-unusable', { value: date })
  return date
}

/** `--steps replay`: the corrections of the sender's last file with these headers are done again on this one. */
async function offeredSteps(
  args: Arguments,
  engine: CommandContext['engine'],
  kind: Staged['kind'],
): Promise<readonly FixStep[]> {
  if (args.choice('steps', ['replay']) === undefined) return []
  const [file] = args.exactly('FILE')
  const { profile } = await engine.call('inspect-file', { token: engine.grant(file), kind })
  return profile?.steps ?? []
}

/** `--map field=Header …` as field → header. */
function mappingOf(args: Arguments): Record<string, string> {
  const mapping: Record<string, string> = {}
  for (const pair of args.values('map')) {
    const at = pair.indexOf('=')
    const field = pair.slice(0, at)
    if (at < 1 || !BATCH_FIELDS.some((known) => known === field)) throw usage(`--map ${pair}`)
    mapping[field] = pair.slice(at + 1)
  }
  return mapping
}

/** Path of the workbook with the rejected rows; null when none was asked for or none was rejected. */
async function writeRejects({ args, engine }: CommandContext, staged: Staged): Promise<string | null> {
  const target = args.value('rejects')
  if (target === undefined || staged.counts.rejected === 0 || staged.state === 'same') return null
  await engine.call('export-rejects', { batch: staged.batch, target: engine.grant(target) })
  return resolve(target)
}

const jsonOf = (staged: Staged, rejects: string | null) => ({
  batch: staged.batch,
  state: staged.state,
  rows: staged.counts.rows,
  accepted: staged.counts.accepted,
  rejected: staged.counts.rejected,
  duplicates: staged.counts.duplicates,
  problems: staged.counts.problems,
  imeis: staged.counts.imeis,
  effect: staged.effect,
  rejects,
  seconds: staged.seconds,
})
