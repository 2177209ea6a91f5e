import { zSettingsChange } from '../../contract/registry/settings.ts'
import { zRole } from '../../contract/value.ts'
import { type Arguments, usage } from './arguments.ts'
import type { Command } from './command.ts'
import { pairs, table } from './table.ts'

/** `enrol CODE`: makes this desk one of the registry's. */
export const enrol: Command = {
  options: {},
  check: (args) => args.exactly('CODE'),
  opening: { sync: false },
  run: async ({ args, engine, words }) => {
    const [code] = args.exactly('CODE')
    const done = await engine.call('enrol-desk', { code })
    return { json: done, text: pairs([[words.say('desk'), done.desk]]) }
  },
}

const DEFAULT_HOURS = 24

/** `desks`: all of them; `desks allow`: a code for a new one; `desks revoke`: ends one. */
export const desks: Command = {
  options: { name: 'one', hours: 'one', reason: 'one' },
  check: (args) => {
    const [act] = args.positionals
    if (act === undefined) return
    if (act === 'allow') {
      args.exactly('allow')
      args.required('name')
    } else if (act === 'revoke') {
      args.exactly('revoke', 'DESK')
      args.required('reason')
    } else throw usage('allow | revoke DESK')
  },
  opening: { sync: false },
  run: async ({ args, engine, words }) => {
    const [act, id] = args.positionals
    if (act === 'allow') {
      const hours = args.count('hours') ?? DEFAULT_HOURS
      const made = await engine.call('allow-desk', { name: args.required('name'), hours })
      const rows: [string, string][] = [
        [words.say('enrolmentCode'), made.code],
        [words.say('desk'), made.name],
        [words.say('validUntil'), words.instant(made.until)],
      ]
      return { json: made, text: pairs(rows) }
    }
    if (act === 'revoke') {
      const done = await engine.call('revoke-desk', { desk: id ?? '', reason: args.required('reason') })
      const rows: [string, string][] = [
        [words.say('desk'), done.desk],
        [words.say('revoked'), words.instant(done.revokedAt)],
      ]
      return { json: done, text: pairs(rows) }
    }
    const all = await engine.call('desks', {})
    const head = [words.say('desk'), words.say('deskName'), words.say('enrolled'), words.say('revoked')]
    const rows = all.map((d) => [d.id, d.name, words.instant(d.enrolledAt), words.instant(d.revokedAt)])
    return { json: all, text: table(head, rows) }
  },
}

/** `registry-settings`: what holds for all desks; `--set key=value` changes it. */
export const registrySettings: Command = {
  options: { set: 'many' },
  check: (args) => {
    args.exactly()
    changeOf(args)
  },
  run: async ({ args, engine }) => {
    if (args.has('set')) await engine.call('set-registry-settings', changeOf(args))
    const settings = await engine.call('registry-settings', {})
    return { json: settings, text: pairs(Object.entries(settings).map(([key, value]) => [key, String(value ?? '—')])) }
  },
}

function changeOf(args: Arguments) {
  const given = args.values('set').map((text): [string, number | null] => {
    const [, key, value] = /^(\w+)=(\d+|policy)$/.exec(text) ?? []
    if (key === undefined || !Object.hasOwn(zSettingsChange.shape, key)) throw usage(`--set ${text}`)
    return [key, value === 'policy' ? null : Number(value)]
  })
  const parsed = zSettingsChange.safeParse(Object.fromEntries(given))
  if (!parsed.success) throw usage(`--set ${parsed.error.issues[0]?.path.join('.') ?? ''}`)
  return parsed.data
}

/** `officer ID --name N --role R`: enters an officer into the registry's directory, or changes him. */
export const officer: Command = {
  options: { name: 'one', role: 'one' },
  check: (args) => {
    args.exactly('ID')
    args.required('name')
    args.choice('role', zRole.options)
    args.required('role')
  },
  run: async ({ args, engine, words }) => {
    const [id] = args.exactly('ID')
    const role = zRole.parse(args.required('role'))
    const done = await engine.call('set-officer', { id, name: args.required('name'), role })
    const text = pairs([[words.say('officer'), `${done.officer.name} (${words.term('role', done.officer.role)})`]])
    return { json: done, text }
  },
}
