import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import type { FeedEvent } from '../src/contract/registry.ts'
import { openHome } from '../src/engine/db/home.ts'
import { pull } from '../src/engine/sync/pull.ts'
import { record } from '../src/registry/db/log/queries.ts'
import { transaction } from '../src/registry/db/transaction.ts'
import { withRegistry } from './ownRegistry.ts'

/**
 * A desk reads many small events from a registry over loopback and applies them to its encrypted mirror; against the bare requests and
 * the parsing of the same pages: `node bench/feed.ts [events]`. The limit is 100,000 events in 10 s.
 */
const events = Number(process.argv[2] ?? 100_000)
const KEY = 'e5'.repeat(32)
const AT = '2026-02-01T00:00:00.000Z'
const EACH = 20

/** Every step of every appeal has its own time, as in the field. */
const timeOf = (round: number, appeals: number, n: number): string =>
  new Date(Date.parse(AT) + (round * appeals + n) * 10_000).toISOString()

/** An appeal with what happens to it: received, then taken and given back in turn. */
function* history(appeals: number): Generator<{ type: string; doc: unknown }> {
  const id = (n: number): string => `A-2026-${String(n).padStart(6, '0')}`
  for (let round = 0; round < EACH; round++)
    for (let n = 1; n <= appeals; n++) {
      const entry = {
        at: timeOf(round, appeals, n),
        what: round % 2 === 1 ? ('claimed' as const) : ('returned' as const),
        officer: 'reviewer',
      }
      if (round > 0) {
        const lease = round % 2 === 1 ? { officer: 'reviewer', desk: 'x', until: AT, token: round } : null
        const doc = {
          id: id(n),
          version: round + 1,
          state: lease ? 'claimed' : 'received',
          lease,
          hearingAt: null,
          proposal: null,
          entry,
          command: 'x',
        }
        yield { type: 'appeal-changed', doc }
        continue
      }
      const doc = {
        id: id(n),
        state: 'received',
        version: 1,
        route: 'second-imei',
        receivedAt: timeOf(0, appeals, n),
        dueAt: '2026-03-01',
        applicant: { key: { kind: 'iin', iin: '900101300007' }, name: 'SAMPLE', language: 'kk' },
        claim: { imeis: [String(860_000_000_000_000 + n)], brand: 'Sample', model: 'S1' },
        evidence: [],
        lease: null,
        hearingAt: null,
        proposal: null,
        timeline: [{ at: timeOf(0, appeals, n), what: 'received' }],
      }
      yield { type: 'appeal-received', doc }
    }
}

await withRegistry(async (registry) => {
  const { db } = registry
  let page: { type: string; doc: unknown }[] = []
  const write = async (): Promise<void> => {
    const told = page
    page = []
    if (told.length > 0) await transaction(db, (tx) => record(tx, AT, told, []))
  }
  for (const event of history(Math.ceil(events / EACH))) if (page.push(event) === 1000) await write()
  await write()
  await registry.moveApart()
  const url = registry.url()
  const { epoch, head } = (await (await fetch(`${url}/v1/hello`)).json()) as { epoch: string; head: number }
  const ask = async (after: number) =>
    (await (await fetch(`${url}/v1/feed?epoch=${epoch}&after=${after}&limit=1000`)).json()) as {
      epoch: string
      head: number
      events: FeedEvent[]
    }
  const time = async (work: () => Promise<unknown>): Promise<[wall: number, cpu: number]> => {
    const cpu = process.cpuUsage()
    const start = performance.now()
    await work()
    const { user, system } = process.cpuUsage(cpu)
    return [(performance.now() - start) / 1000, (user + system) / 1e6]
  }
  const bare = await time(async () => {
    for (let after = 0; after < head; ) after = (await ask(after)).events.at(-1)?.seq ?? head
  })
  const home = openHome(join(registry.folder, 'home'), KEY, [])
  const nothing = () => undefined
  const source = {
    feed: (_: string, after: number) => ask(after),
    blob: () => Promise.reject(new Error('no blobs')),
    used: nothing,
  }
  const applied = await time(() =>
    pull({ cache: home.cache, source, now: () => AT, changed: nothing, progress: nothing, copied: nothing }, epoch),
  )
  home.close()
  console.log(
    `\n## ${head} events of the feed to a desk\n\n| | wall s | CPU s of the desk | × bare |\n|---|---|---|---|`,
  )
  console.log(`| bare: asked and parsed | ${bare[0].toFixed(1)} | ${bare[1].toFixed(1)} | 1.0 |`)
  console.log(
    `| asked, parsed, applied | ${applied[0].toFixed(1)} | ${applied[1].toFixed(1)} | ${(applied[0] / bare[0]).toFixed(1)} |`,
  )
  console.log(`\n${Math.round(head / applied[0])} events a second; the limit is 10,000`)
})
