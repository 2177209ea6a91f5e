import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { type Input, type Output, perform } from '../src/contract/call.ts'
import { ENGINE_CALLS, type EngineContract } from '../src/contract/engine.ts'
import { imei15Text } from '../src/domain/imei.ts'
import { openDesk } from '../src/engine/openDesk.ts'
import { setOfficer } from '../src/registry/db/directory/queries.ts'
import { SAMPLE_OFFICERS } from '../src/sample/officers.ts'
import { FIRST_KEY, fillNational } from './nationalRows.ts'
import { withRegistry } from './ownRegistry.ts'

/**
 * Two whole desks in this process and 48 clients of the feed on one registry in a process of its own: how soon a change made on one
 * desk is seen on the other, and the undo of a large batch; against a bare request: `node bench/live.ts [rows of the batch] [changes]`.
 */
const rows = Number(process.argv[2] ?? 100_000)
const changes = Number(process.argv[3] ?? 30)
const CLIENTS = 48

async function desk(folder: string, name: string, registry: string) {
  const listeners = new Set<() => void>()
  const opened = await openDesk({
    home: join(folder, name),
    keyHex: 'e5'.repeat(32),
    registry,
    now: () => new Date().toISOString(),
    live: true,
    log: { info: () => undefined, error: (text, error) => console.error(text, error) },
    notice: () => {
      for (const hear of listeners) hear()
    },
  })
  const call = async <K extends keyof EngineContract & string>(
    what: K,
    input: Input<EngineContract[K]>,
  ): Promise<Output<EngineContract[K]>> => {
    const answer = await perform(ENGINE_CALLS, opened.handlers, what, input, (error) => {
      throw error
    })
    if (!answer.ok) throw new Error(JSON.stringify(answer.problem))
    return answer.value as Output<EngineContract[K]>
  }
  /** Looks whenever the engine tells of something, as a window does. */
  const seen = (holds: () => Promise<boolean>): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        holds().then((yes) => {
          if (!yes || !listeners.delete(look)) return
          resolve()
        }, reject)
      }
      listeners.add(look)
      look()
    })
  return { call, seen, stop: () => opened.stop() }
}

/** A desk as far as the registry sees it: listens, and reads the feed when it moved. */
async function client(url: string, stop: AbortSignal): Promise<void> {
  const response = await fetch(`${url}/v1/live`, { signal: stop })
  const text = new TextDecoder()
  let after = -1
  for await (const piece of response.body as AsyncIterable<Uint8Array>)
    for (const [, epoch, head] of text.decode(piece).matchAll(/"epoch":"([^"]+)","head":(\d+)/g)) {
      if (after >= 0) await (await fetch(`${url}/v1/feed?epoch=${epoch}&after=${after}`, { signal: stop })).json()
      after = Number(head)
    }
}

await withRegistry(async (registry) => {
  const { db, folder } = registry
  for (const officer of SAMPLE_OFFICERS) await setOfficer(db, officer)
  // one white batch of the wanted size, with grey and black ones beside it
  await fillNational(db, Math.round(rows / 0.8986), 1)
  await registry.buildSnapshot()
  await registry.moveApart()
  const url = registry.url()
  const [a, b] = [await desk(folder, 'a', url), await desk(folder, 'b', url)]
  for (const d of [a, b]) await d.call('sync', {})
  for (const d of [a, b])
    await d.seen(async () => (await d.call('status', {})).listedSeq === (await d.call('status', {})).seq)
  const stop = new AbortController()
  const clients = Array.from({ length: CLIENTS }, () => client(url, stop.signal).catch(() => undefined))
  await a.call('sign-in', { officer: 'admin' })
  const times: number[] = []
  const bare: number[] = []
  for (let n = 1; n <= changes; n++) {
    const begun = performance.now()
    const visible = b.seen(async () => (await b.call('registry-settings', {})).prefetchAppeals === n)
    await a.call('set-registry-settings', { prefetchAppeals: n })
    await visible
    times.push(performance.now() - begun)
    const asked = performance.now()
    await (await fetch(`${url}/v1/hello`)).json()
    bare.push(performance.now() - asked)
  }
  const at = (list: number[], share: number): number =>
    list.sort((x, y) => x - y)[Math.floor((list.length - 1) * share)] ?? 0
  console.log(`\n## Two desks and ${CLIENTS} clients of the feed\n\n| | p50 ms | p95 ms | limit |\n|---|---|---|---|`)
  console.log(`| bare request | ${at(bare, 0.5).toFixed(0)} | ${at(bare, 0.95).toFixed(0)} | |`)
  console.log(
    `| a change seen on the other desk | ${at(times, 0.5).toFixed(0)} | ${at(times, 0.95).toFixed(0)} | 1000 |`,
  )
  await a.call('sign-in', { officer: 'importer' })
  const before = (await b.call('status', {})).seq
  const undone = performance.now()
  const key = imei15Text(FIRST_KEY)
  const inLookups = b
    .seen(async () => (await b.call('lookup', { imeis: [key] }))[0]?.list === 'none')
    .then(() => performance.now() - undone)
  const inLists = b
    .seen(async () => {
      const { seq, listedSeq } = await b.call('status', {})
      return seq > before && listedSeq === seq
    })
    .then(() => performance.now() - undone)
  await a.call('undo-batch', { batch: '1', reason: 'bench' })
  const answered = performance.now() - undone
  const [lookups, lists] = [await inLookups, await inLists]
  console.log(
    `\nUndo of ${rows} rows: registry ${(answered / 1000).toFixed(1)} s, then lookups ${((lookups - Math.min(answered, lookups)) / 1000).toFixed(1)} s (limit 2), lists ${((lists - Math.min(answered, lists)) / 1000).toFixed(1)} s (limit 10)`,
  )
  stop.abort()
  await Promise.all(clients)
  await Promise.all([a.stop(), b.stop()])
})
