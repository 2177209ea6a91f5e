import { createHash, randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { type Input, type Output, perform } from '../../../src/contract/call.ts'
import { ENGINE_CALLS, type EngineContract } from '../../../src/contract/engine.ts'
import { imei15Text } from '../../../src/domain/imei.ts'
import { ProblemError } from '../../../src/domain/problem.ts'
import { openDesk } from '../../../src/engine/openDesk.ts'
import { imei, type TestDesk } from '../../registry/testDesk.ts'
import { fileAppeal } from '../appealOf.ts'
import type { Disk } from './smallDisk.ts'

/** What was seen at a step, and what should be. */
export interface Seen {
  readonly step: string
  readonly found: unknown
  readonly wanted: unknown
}
export type See = (step: string, found: unknown, wanted: unknown) => void

export interface DiskDesk {
  call<K extends keyof EngineContract & string>(
    name: K,
    input: Input<EngineContract[K]>,
  ): Promise<{ problem: string | null; value: Output<EngineContract[K]> | null }>
  stop(): Promise<void>
}

/** A desk whose calls answer with the code of their problem; a mistake of the program is `internal`. */
export async function openOn(home: string, registry: string): Promise<DiskDesk> {
  const opened = await openDesk({
    home,
    keyHex: 'e5'.repeat(32),
    registry,
    now: () => new Date().toISOString(),
    live: false,
    log: { info: () => undefined, error: (text, error) => console.error(text, error) },
  })
  return {
    call: async (name, input) => {
      const answer = await perform(ENGINE_CALLS, opened.handlers, name, input, (error) => {
        console.error(error)
        return ''
      })
      return answer.ok ? { problem: null, value: answer.value as never } : { problem: answer.problem.code, value: null }
    },
    stop: () => opened.stop(),
  }
}

const openProblem = (home: string, registry: string): Promise<string> =>
  openOn(home, registry).then(
    async (desk) => {
      await desk.stop()
      return 'opened'
    },
    (error: unknown) => (error instanceof ProblemError ? error.problem.code : String(error)),
  )

const rows = (first: number, count: number): number[] => Array.from({ length: count }, (_, i) => imei(first + i))
const ROWS = 20_000

/** Takes the room from a desk while it boots, while a list comes in, while its officer works, and when it is opened. */
export async function deskSteps(disk: Disk, registry: string, wire: TestDesk, see: See): Promise<void> {
  const home = `${disk.path}/desk`
  const desk = await openOn(home, registry)
  const status = async () => (await desk.call('status', {})).value
  const head = async () => (await wire.hello()).head

  disk.fill(150_000)
  see('a desk without room stops booting', (await desk.call('sync', {})).problem, 'disk-full')
  see('and shows why', (await status())?.problem?.code, 'disk-full')
  see('and has nothing half', (await status())?.seq, 0)
  disk.room()
  see('with room it boots', (await desk.call('sync', {})).value?.seq, await head())
  see('whole', (await desk.call('verify', {})).value?.cache.equal, true)

  await wire.imports({ kind: 'customs', imeis: rows(200_000, ROWS) })
  const before = (await status())?.seq
  disk.fill(100_000)
  see('a list that finds no room stops the feed', (await desk.call('sync', {})).problem, 'disk-full')
  see('where it was', (await status())?.seq, before)
  see('while looking up works', (await desk.call('lookup', { imeis: [imei15Text(imei(7))] })).problem, null)
  disk.room()
  see('with room it goes on', (await desk.call('sync', {})).value?.seq, await head())
  see('whole again', (await desk.call('verify', {})).value?.cache.equal, true)

  const { id } = await fileAppeal(wire, imei(7))
  await desk.call('sign-in', { officer: 'reviewer' })
  await desk.call('sync', {})
  const taken = await fillWithDrafts(desk, disk, id)
  see('an officer is told that his draft was not kept', taken.problem, 'disk-full')
  // what a long draft did not find, a short order may: in pages that are the file's already
  disk.fill(0)
  const claim = await desk.call('claim-appeal', { id })
  const orders = (await desk.call('outbox', {})).value?.length
  const whole = claim.problem === null ? [null, 1] : ['disk-full', 0]
  see('what he orders then is kept whole or refused', [claim.problem, orders], whole)
  await desk.stop()

  const files = (): string => readdirSync(home).sort().join(' ')
  const kept = files()
  disk.fill(0)
  see('a desk is not opened on a full disk', await openProblem(home, registry), 'disk-full')
  see('nor begun', await openProblem(`${disk.path}/another`, registry), 'disk-full')
  disk.room()
  see(
    'its files are those it had',
    files().replace(/ ?desk.db-(wal|shm)| ?cache.db-(wal|shm)/g, ''),
    kept.replace(/ ?desk.db-(wal|shm)| ?cache.db-(wal|shm)/g, ''),
  )

  const again = await openOn(home, registry)
  await again.call('sign-in', { officer: 'reviewer' })
  const draft = (await again.call('appeal', { id })).value?.draft
  see('with room it opens with the last draft that was kept', draft?.note.slice(0, 12) ?? null, taken.last)
  if (claim.problem !== null) see('and takes the claim', (await again.call('claim-appeal', { id })).problem, null)
  see('and nothing waits once it was sent', (await again.call('sync', {})).value?.pending, 0)
  see('so that the appeal is his', (await again.call('appeal', { id })).value?.lease?.officer, 'reviewer')
  see(
    'by one act',
    (await wire.feed()).filter((e) => e.type === 'appeal-changed' && (e.doc as { id: string }).id === id).length,
    1,
  )
  await again.stop()
}

/** Saves longer and longer drafts until one finds no room. */
async function fillWithDrafts(
  desk: DiskDesk,
  disk: Disk,
  id: string,
): Promise<{ problem: string | null; last: string | null }> {
  disk.fill(300_000)
  let last: string | null = null
  for (let i = 1; i <= 200; i++) {
    const note = `${String(i).padStart(12, '0')}${'x'.repeat(i * 2000)}`
    const draft = { fields: {}, verdict: null, reasons: [], note, internal: '', item: null, body: null }
    const { problem } = await desk.call('save-draft', { id, draft })
    if (problem !== null) return { problem, last }
    last = note.slice(0, 12)
  }
  return { problem: null, last }
}

/** Takes the room from the files of a registry while a desk sends one. */
export async function registrySteps(disk: Disk, wire: TestDesk, see: See): Promise<void> {
  const scan = randomBytes(2_000_000)
  const path = `/v1/blobs/${createHash('sha256').update(scan).digest('hex')}`
  // a connection that the registry ended is given up with the first request that meets it
  const ask = (method: string, where = path) => wire.fetch(where, { method }).catch(() => wire.fetch(where, { method }))
  const standsAt = async (): Promise<number> => Number((await ask('HEAD')).headers.get('upload-offset'))
  const put = async (from: number): Promise<number | string> => {
    const headers = {
      'content-type': 'application/octet-stream',
      'content-range': `bytes ${from}-${scan.length - 1}/${scan.length}`,
    }
    // a refusal before the last byte may end the connection before its answer was read
    const answer = await wire.fetch(path, { method: 'PUT', body: scan.subarray(from), headers }).catch(() => null)
    return answer?.status ?? 507
  }
  disk.fill(300_000)
  see('a registry without room for a file refuses it', await put(0), 507)
  const stood = await standsAt()
  see('of which it keeps what came', stood > 0 && stood < scan.length, true)
  see('and serves on', (await ask('GET', '/readyz')).status, 200)
  disk.room()
  see('with room the sender goes on behind it', await put(await standsAt()), 201)
  const whole = await ask('HEAD')
  see('until it is whole', [whole.status, Number(whole.headers.get('content-length'))], [200, scan.length])
}
