import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Input, type Output, perform } from '../../../src/contract/call.ts'
import { ENGINE_CALLS, type EngineContract } from '../../../src/contract/engine.ts'
import { ProblemError } from '../../../src/domain/problem.ts'
import type { Reader } from '../../../src/engine/db/handle.ts'
import { openHome } from '../../../src/engine/db/home.ts'
import { cursorOf } from '../../../src/engine/db/mirror.ts'
import { FEATURE_MIGRATIONS } from '../../../src/engine/featureMigrations.ts'
import { openDesk } from '../../../src/engine/openDesk.ts'
import { download } from '../../../src/engine/sync/blobTransfer.ts'
import type { Strides } from '../../../src/engine/sync/desk.ts'
import { identityOf } from '../../../src/engine/sync/identity.ts'
import { pull } from '../../../src/engine/sync/pull.ts'
import { RegistryClient } from '../../../src/engine/sync/registryClient.ts'
import { PROCESS_KEY } from '../deskProcess.ts'

/** Rows between two points at which an import or the mirror can go on: a small list then has many of them. */
export const SMALL_STRIDES: Strides = { checkpoint: 1_000, transaction: 1_000, part: 1_500 }

/** How a call is made of a desk, whatever process it is in. */
export type Ask = <K extends keyof EngineContract & string>(
  name: K,
  input: Input<EngineContract[K]>,
) => Promise<Output<EngineContract[K]>>

/** What every list of these tests is to come to: its counts, and its IMEIs with their documents. */
export interface Whole {
  readonly counts: string
  readonly rows: string
}

/** The same of a list in the mirror or in the registry: number, sum of serial numbers, and sum of them times their document. */
export const ROWS_OF_BATCH = `count(f.imei14) || ' ' || coalesce(sum(f.imei14 % 1000000), 0) || ' ' ||
  coalesce(sum((f.imei14 % 1000000) * f.doc), 0)`

const now = (): string => new Date().toISOString()

function lists(cache: Reader, whole: Whole, moment: string): string[] {
  // facts are in the order of their IMEIs: read through once for all lists
  const there = new Map(
    cache.rows<[number, string]>(`SELECT f.batch, ${ROWS_OF_BATCH} FROM fact f GROUP BY f.batch`).all(),
  )
  const found = cache.rows<[string, number]>(
    `SELECT id, no FROM batch WHERE added_seq IS NOT NULL AND kind = 'customs'`,
  )
  return found
    .all()
    .filter(([, no]) => there.get(no) !== whole.rows)
    .map(([id, no]) => `${moment}: list ${id} with ${there.get(no) ?? 'nothing'}`)
}

/**
 * What of a desk that was killed is not as it must be: interrupted imports come to the same counts as one that was left alone, each
 * list stands in one place only, and no file is left that nothing knows of.
 */
export async function wrongInDesk(ask: Ask, home: string, whole: Whole): Promise<string[]> {
  const wrong: string[] = []
  const queue = await ask('import-queue', {})
  const before = await ask('staged-batches', {})
  const twice = before.filter((s) => queue.some((q) => q.batch === s.batch))
  if (twice.length > 0) wrong.push(`staged and still to be staged: ${twice.map((s) => s.batch).join(', ')}`)
  for (const { batch } of queue) await ask('resume-import', { batch, job: `again-${batch}` })
  const staged = await ask('staged-batches', {})
  for (const s of staged)
    if (JSON.stringify(s.counts) !== whole.counts) wrong.push(`staged ${s.batch} with ${JSON.stringify(s.counts)}`)
  const outbox = await ask('outbox', {})
  const open = new Set(outbox.filter((o) => o.state !== 'done' && o.state !== 'refused').map((o) => o.subject))
  for (const s of staged) if (s.state === 'staged' && open.has(s.batch)) wrong.push(`sent and still staged: ${s.batch}`)
  const known = new Set([...staged.map((s) => s.batch), ...outbox.map((o) => o.subject)])
  const left = readdirSync(join(home, 'staging')).filter((name) => !known.has(name.slice(0, 36)))
  if (left.length > 0) wrong.push(`files of nothing: ${left.join(', ')}`)
  return wrong
}

/** Files of imports that are neither queued nor staged: the desk forgot them, and its next start would remove what is left of them. */
function forgotten(desk: Reader, home: string): string[] {
  const known = new Set(
    desk.rows<[string]>('SELECT id FROM staged_batch UNION SELECT id FROM import_queue').all().flat(),
  )
  return readdirSync(join(home, 'staging'))
    .filter((name) => !known.has(name.slice(0, 36)))
    .map((name) => `an import was forgotten: ${name}`)
}

/** The same of the files that a desk would leave now: as they are, when the feed goes on, and when imports go on. */
export async function wrongInFiles(home: string, registry: string, whole: Whole): Promise<string[]> {
  const { cache, desk, partials, close } = openHome(home, PROCESS_KEY, FEATURE_MIGRATIONS)
  const wrong = [...forgotten(desk.read, home), ...lists(cache.read, whole, 'as it was left')]
  const { epoch } = cursorOf(cache.read)
  if (epoch !== null) {
    const client = new RegistryClient(registry, identityOf(desk), now, new AbortController().signal)
    const source = {
      feed: (e: string, after: number) => client.feed(e, after, 0),
      blob: (sha256: string, bytes: number) => download(client, partials, { sha256, bytes }),
      used: (sha256: string) => partials.drop(sha256),
    }
    const nothing = (): void => undefined
    const stride = SMALL_STRIDES.transaction
    await pull({ cache, source, now, changed: nothing, progress: nothing, copied: nothing, stride }, epoch)
    wrong.push(...lists(cache.read, whole, 'when the feed went on'))
  }
  close()
  const opened = await openDesk({
    home,
    keyHex: PROCESS_KEY,
    registry: null,
    now,
    live: false,
    log: { info: () => undefined, error: (text, error) => wrong.push(`${text}: ${error}`) },
    strides: SMALL_STRIDES,
  })
  const ask: Ask = async (name, input) => {
    const answer = await perform(ENGINE_CALLS, opened.handlers, name, input, (error) => {
      throw error
    })
    if (!answer.ok) throw new ProblemError(answer.problem)
    return answer.value as Output<EngineContract[typeof name]>
  }
  await ask('sign-in', { officer: 'importer' })
  wrong.push(...(await wrongInDesk(ask, home, whole)))
  await opened.stop()
  return wrong
}
