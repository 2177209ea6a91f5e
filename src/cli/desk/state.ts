import type { Command, CommandContext } from './command.ts'
import { pairs } from './table.ts'
import type { Words } from './words.ts'

interface Synced {
  readonly pushed: number
  readonly pulled: number
  readonly seq: number
  readonly pending: number
  readonly needsAttention: number
  readonly online: boolean
}

const syncedText = (s: Synced, words: Words): [string, string][] => [
  [words.say('pushed'), words.number(s.pushed)],
  [words.say('pulled'), words.number(s.pulled)],
  [words.say('sequence'), words.number(s.seq)],
  [words.say('pending'), words.number(s.pending)],
  [words.say('needsAttention'), words.number(s.needsAttention)],
  [words.say('online'), words.say(s.online ? 'isOnline' : 'isOffline')],
]

/** `sync`: sends what waits and takes what is new; `--watch` goes on until Ctrl+C. */
export const sync: Command = {
  options: { watch: 'flag' },
  check: (args) => args.exactly(),
  opening: { sync: false },
  run: async (context) => {
    const { args, engine, words } = context
    let done: Synced = await engine.call('sync', {})
    if (args.has('watch')) done = await watch(context, done)
    return { json: done, text: pairs(syncedText(done, words)) }
  },
}

const WATCH_MS = 2000

/** The sums over all rounds until the officer stops it. */
async function watch({ engine, signal }: CommandContext, first: Synced): Promise<Synced> {
  let sum = first
  while (!signal.aborted) {
    await pause(WATCH_MS, signal)
    const round: Synced = await engine.call('sync', {})
    sum = { ...round, pushed: sum.pushed + round.pushed, pulled: sum.pulled + round.pulled }
  }
  return sum
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((done) => {
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      done()
    })
  })

/** `status`: where the desk stands. */
export const status: Command = {
  options: {},
  check: (args) => args.exactly(),
  opening: { sync: false },
  run: async ({ engine, words }) => {
    const synced: Synced = await engine.call('sync', {})
    const s = await engine.call('status', {})
    const { officer } = s
    const json = {
      ...synced,
      desk: s.desk,
      registry: s.registry,
      lastSync: s.lastSync,
      readOnly: s.readOnly,
      officer: officer?.id ?? null,
      policy: s.policyVersion,
    }
    const text = pairs([
      ...syncedText(synced, words),
      [words.say('lastSync'), words.instant(s.lastSync)],
      [words.say('desk'), s.desk],
      [words.say('policy'), String(s.policyVersion)],
      [words.say('signedIn'), officer === null ? '—' : `${officer.name} (${words.term('role', officer.role)})`],
      ...(s.readOnly ? [[words.say('state'), words.say('readOnly')] as [string, string]] : []),
    ])
    return { json, text }
  },
}

interface Repaired {
  readonly repaired: {
    readonly facts: number
    readonly listings: number
    readonly appeals: number
    readonly ranges: readonly string[]
  }
  readonly rebuilt: boolean
}

/** What differed, where anything did. */
function repairedText({ repaired, rebuilt }: Repaired, words: Words): [string, string][] {
  const { facts, listings, appeals, ranges } = repaired
  const lines: [string, string][] = []
  if (facts + listings > 0)
    lines.push([words.say('repaired'), words.say('repairedRows', { facts, listings, ranges: ranges.join(', ') })])
  if (appeals > 0) lines.push([words.say('repaired'), words.say('repairedAppeals', { count: appeals })])
  if (rebuilt) lines.push([words.say('repaired'), words.say('mirrorRebuilt')])
  return lines
}

/** `verify`: the cache against the registry by digest, the audit log by its chain. */
export const verify: Command = {
  options: {},
  check: (args) => args.exactly(),
  run: async ({ engine, words }) => {
    const checked = await engine.call('verify', {})
    const { cache, audit } = checked
    const text = pairs([
      [
        words.say('cache'),
        `${words.say(cache.equal ? 'equal' : 'different')}  ${words.number(cache.rows)}  ${cache.digest}`,
      ],
      ...repairedText(cache, words),
      [
        words.say('audit'),
        `${words.say(audit.ok ? 'whole' : 'broken')}  ${words.say('entries', { count: audit.entries })}  ${audit.root}`,
      ],
    ])
    return { json: checked, text }
  },
}
