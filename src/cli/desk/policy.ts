import type { Simulated } from '../../contract/simulation.ts'
import { isIsoDate } from '../../domain/businessDate.ts'
import type { PolicySetting } from '../../domain/policyChange.ts'
import { trouble } from '../../domain/problem.ts'
import { type Arguments, usage } from './arguments.ts'
import { cancellable } from './cancellable.ts'
import type { Command, CommandAnswer, CommandContext } from './command.ts'
import { officerNames } from './officerNames.ts'
import { policyOfFileAt } from './policyFile.ts'
import { pairs, table } from './table.ts'
import type { Words } from './words.ts'

const FORMS = 'simulate | proposals | show VERSION | propose | sign PROPOSAL'

/** `policy`: its versions; a change simulated, proposed, shown, signed or declined. */
export const policy: Command = {
  options: {
    set: 'many',
    file: 'one',
    from: 'one',
    note: 'one',
    decline: 'flag',
    against: 'one',
    base: 'one',
    at: 'one',
  },
  check: (args) => {
    const [sub] = args.positionals
    if (sub === undefined && !args.has('set')) return
    if (sub === 'sign' || sub === 'show') args.exactly(sub, sub === 'sign' ? 'PROPOSAL' : 'VERSION')
    else if (sub === 'simulate' || sub === 'proposals' || sub === 'propose') args.exactly(sub)
    else throw usage(FORMS)
    if (sub === 'simulate') askOf(args)
    if (sub === 'propose' && !args.has('file') && !args.has('set')) throw usage('--file F | --set key=value')
  },
  run: (context) => {
    const [sub] = context.args.positionals
    if (sub === 'simulate') return simulate(context)
    if (sub === 'proposals') return proposals(context)
    if (sub === 'show') return show(context)
    if (sub === 'propose') return propose(context)
    return sub === 'sign' ? sign(context) : versions(context)
  },
}

interface Done {
  readonly proposal: string
  readonly version: number
  readonly validFrom: string
  readonly state: string
  readonly signatures: readonly string[]
}

const answered = ({ words }: CommandContext, done: Done): CommandAnswer => ({
  json: done,
  text: pairs([
    [words.say('proposal'), done.proposal],
    [words.say('version'), String(done.version)],
    [words.say('validFrom'), words.date(done.validFrom)],
    [words.say('state'), words.term('policyState', done.state)],
    [words.say('signatures'), done.signatures.join(', ') || '—'],
  ]),
})

async function propose(context: CommandContext): Promise<CommandAnswer> {
  const { args, engine } = context
  const file = args.value('file')
  const validFrom = args.value('from') ?? null
  if (validFrom !== null && !isIsoDate(validFrom)) throw trouble('date-unusable', { value: validFrom })
  const set = args.has('set') ? settingsOf(args) : []
  const policyOfFile = file === undefined ? null : await policyOfFileAt(file)
  return answered(
    context,
    await engine.call('propose-policy', { policy: policyOfFile, set, validFrom, note: args.value('note') ?? '' }),
  )
}

async function sign(context: CommandContext): Promise<CommandAnswer> {
  const { args, engine } = context
  const proposal = args.positionals[1] ?? ''
  const asked = { proposal, agrees: !args.has('decline'), note: args.value('note') ?? '' }
  return answered(context, await engine.call('sign-policy', asked))
}

/** A version in force or on its way, whole. */
async function show({ args, engine }: CommandContext): Promise<CommandAnswer> {
  const name = args.positionals[1] ?? ''
  const inForce = (await engine.call('policies', {})).find(({ policy: p }) => String(p.version) === name)
  const found =
    inForce?.policy ??
    (await engine.call('policy-proposals', {})).find((p) => p.proposal === name || String(p.version) === name)
  if (!found) throw trouble('policy-unknown', { policy: name })
  return { json: found, text: JSON.stringify(found, null, 2) }
}

async function proposals({ engine, words }: CommandContext): Promise<CommandAnswer> {
  const all = await engine.call('policy-proposals', {})
  const text = table(
    [words.say('version'), words.say('validFrom'), words.say('state'), words.say('signatures'), words.say('proposal')],
    all.map((p) => [
      String(p.version),
      words.date(p.validFrom),
      words.term('policyState', p.state),
      p.signatures.join(', '),
      p.proposal,
    ]),
    [0],
  )
  return { json: all, text: all.length === 0 ? words.say('nothing') : text }
}

async function versions({ engine, words }: CommandContext): Promise<CommandAnswer> {
  const [all, nameOf] = [await engine.call('policies', {}), await officerNames(engine)]
  const text = table(
    [words.say('version'), words.say('name'), words.say('validFrom'), words.say('graceDays'), words.say('signedBy')],
    all.map(({ policy: p }) => [
      String(p.version),
      p.name,
      words.date(p.validFrom),
      String(p.graceDays),
      nameOf(p.signedBy),
    ]),
    [0, 3],
  )
  return { json: all.map(({ policy: p, fromSeq }) => ({ ...p, fromSeq })), text }
}

async function simulate(context: CommandContext): Promise<CommandAnswer> {
  const { args, engine, words } = context
  const found = await cancellable(context, (job) => engine.call('simulate-policy', { ...askOf(args), job }))
  const text = table(
    [words.say('list'), words.say('reason'), words.say('before'), words.say('after'), words.say('changed')],
    found.changes.map((c) => [
      words.term('list', c.list),
      words.term('reason', c.reason),
      words.number(c.from),
      words.number(c.to),
      words.number(c.count),
    ]),
    [2, 3, 4],
  )
  const terms = termsText(found.terms, words)
  const told = [found.changes.length === 0 ? '' : text, terms].filter(Boolean)
  return { json: found, text: told.length === 0 ? words.say('nothing') : told.join('\n\n') }
}

/** What a change of the calendar or of the terms does to appeals still to come; empty for none. */
function termsText({ days, first }: Simulated['terms'], words: Words): string {
  if (first === null) return ''
  const [received, before, after] = [first.received, first.before, first.after].map((date) => words.date(date))
  return words.say('termsChange', { days, received: received ?? '', before: before ?? '', after: after ?? '' })
}

/** `--set` changes version `--base` (default: in force), compared with `--against` (default: in force), by the facts of `--at`. */
function askOf(args: Arguments) {
  const to = args.count('base') ?? null
  const from = args.count('against') ?? null
  const set = args.has('set') || (to === null && from === null) ? settingsOf(args) : []
  return { from, to, set, at: args.choice('at', ['desk', 'registry'] as const) ?? 'desk' }
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
