import type { PolicySetting } from '../../domain/policyChange.ts'
import { type Arguments, usage } from './arguments.ts'
import type { Command, CommandAnswer, CommandContext } from './command.ts'
import { table } from './table.ts'

/** `policy`: its versions; `policy simulate`: what a change would move. */
export const policy: Command = {
  options: { set: 'many' },
  check: (args) => {
    const [sub] = args.positionals
    if (sub === undefined && !args.has('set')) return
    args.exactly('simulate')
    if (sub !== 'simulate') throw usage(sub ?? '')
    settingsOf(args)
  },
  run: (context) => (context.args.positionals.length > 0 ? simulate(context) : versions(context)),
}

async function versions({ engine, words }: CommandContext): Promise<CommandAnswer> {
  const all = await engine.call('policies', {})
  const text = table(
    [words.say('version'), words.say('name'), words.say('validFrom'), words.say('graceDays'), words.say('signedBy')],
    all.map(({ policy: p }) => [String(p.version), p.name, words.date(p.validFrom), String(p.graceDays), p.signedBy]),
    [0, 3],
  )
  return { json: all.map(({ policy: p, fromSeq }) => ({ ...p, fromSeq })), text }
}

async function simulate({ args, engine, words }: CommandContext): Promise<CommandAnswer> {
  const { from, to, changes } = await engine.call('simulate-policy', { set: settingsOf(args) })
  const text = table(
    [words.say('list'), words.say('reason'), words.say('before'), words.say('after'), words.say('changed')],
    changes.map((c) => [
      words.term('list', c.list),
      words.term('reason', c.reason),
      words.number(c.from),
      words.number(c.to),
      words.number(c.count),
    ]),
    [2, 3, 4],
  )
  return { json: { from, to, changes }, text: changes.length === 0 ? words.say('nothing') : text }
}

/** `key=value` words; `usage` for another form. */
function settingsOf(args: Arguments): PolicySetting[] {
  const pairs = args.values('set')
  if (pairs.length === 0) throw usage('--set key=value')
  return pairs.map((pair) => {
    const at = pair.indexOf('=')
    if (at < 1) throw usage(`--set ${pair}`)
    return { key: pair.slice(0, at), value: pair.slice(at + 1) }
  })
}
