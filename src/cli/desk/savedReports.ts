import type { Output } from '../../contract/call.ts'
import type { EngineContract } from '../../contract/engine.ts'
import { trouble } from '../../domain/problem.ts'
import { usage } from './arguments.ts'
import type { Command, CommandAnswer, CommandContext } from './command.ts'
import { officerNames } from './officerNames.ts'
import { checkOutput, questionOf, report, written } from './report.ts'
import { table } from './table.ts'

type Saved = Output<EngineContract['saved-reports']>[number]

const FORMS = 'run SAVED --format F --out FILE | save NAME REPORT --from D --to D [--shared] | share SAVED | drop SAVED'

/** `reports`: questions kept on this desk or shared with all desks: list, run, save, share, drop. SAVED is an id or a name. */
export const savedReports: Command = {
  options: { ...report.options, shared: 'flag' },
  check: (args) => {
    const [sub] = args.positionals
    if (sub === undefined) return
    if (sub === 'run') {
      args.exactly('run', 'SAVED')
      checkOutput(args)
    } else if (sub === 'save') {
      const [, , name] = args.exactly('save', 'NAME', 'REPORT')
      questionOf(args, name)
    } else if (sub === 'share' || sub === 'drop') args.exactly(sub, 'SAVED')
    else throw usage(FORMS)
  },
  run: async (context) => {
    const { args, engine, words } = context
    const [sub, name = '', asked = ''] = args.positionals
    if (sub === undefined) return all(context)
    if (sub === 'save') {
      const query = questionOf(args, asked)
      const kept = await engine.call('save-report', { name, query, shared: args.has('shared') })
      return { json: kept, text: words.term('savedReport', kept.state) }
    }
    const saved = await named(context, name)
    if (sub === 'run') return written(context, saved.query)
    if (sub === 'share') {
      const { id, query } = saved
      const kept = await engine.call('save-report', { id, name: saved.name, query, shared: true })
      return { json: kept, text: words.term('savedReport', kept.state) }
    }
    const dropped = await engine.call('drop-report', { id: saved.id })
    return { json: { id: saved.id, ...dropped }, text: words.term('savedReport', dropped.state) }
  },
}

async function all({ engine, words }: CommandContext): Promise<CommandAnswer> {
  const [found, nameOf] = [await engine.call('saved-reports', {}), await officerNames(engine)]
  const text = table(
    [words.say('name'), words.say('report'), words.say('shared'), 'ID'],
    found.map(({ id, name, query, shared, by }) => [name, query.report, shared ? nameOf(by) : '', id]),
  )
  return { json: found, text: found.length === 0 ? words.say('nothing') : text }
}

/** The one saved report of that id or name; a name that several carry needs the id. */
async function named({ engine }: CommandContext, wanted: string): Promise<Saved> {
  const found = (await engine.call('saved-reports', {})).filter(({ id, name }) => id === wanted || name === wanted)
  if (found.length > 1) throw usage(`${wanted}: ${found.map(({ id }) => id).join(' | ')}`)
  const [one] = found
  if (one === undefined) throw trouble('report-unknown', { report: wanted })
  return one
}
