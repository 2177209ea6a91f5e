import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type Output, perform } from '../../../src/contract/call.ts'
import { ENGINE_CALLS, type EngineContract } from '../../../src/contract/engine.ts'
import { ProblemError } from '../../../src/domain/problem.ts'
import { openHome } from '../../../src/engine/db/home.ts'
import { FEATURE_MIGRATIONS } from '../../../src/engine/featureMigrations.ts'
import { openDesk } from '../../../src/engine/openDesk.ts'
import { Random } from '../../../src/sample/random.ts'
import { imei } from '../../engine/batch/importing.ts'
import { DeskProcess, PROCESS_KEY } from '../deskProcess.ts'
import { until } from '../syncDesk.ts'
import { CAN_FREEZE, folderAsKilled } from './asKilled.ts'
import { faults, patience, report, SEED, SOAKING } from './size.ts'
import { World } from './world.ts'

const COUNT = faults(20)
/** More than one chunk of everything that is done in chunks; a soak has its many kills from small files. */
const ROWS = SOAKING ? 500 : 2_500
/** What is compared after each kill grows with the lists that came through, so a world is left after so many. */
const KILLS_A_WORLD = 20
/** Of an import whose desk is killed, files are taken so many times on its way: what a kill would have left at that moment. */
const LOOKS_A_KILL = CAN_FREEZE && SOAKING ? 5 : 0
/** All rows of desk and registry are compared after so many kills, and after the last. */
const COMPARED_EVERY = SOAKING ? 5 : 1

/** A customs file whose IMEIs no other file has. */
function customsFile(folder: string, number: number): string {
  const path = join(folder, `list-${number}.csv`)
  const lines = ['№ ДТ;Дата ДТ;БИН;Импортер;Марка;Модель;IMEI 1']
  const tac = 86_100_000 + number
  for (let i = 0; i < ROWS; i++)
    lines.push(
      `50505/101024/${String(i % 50).padStart(7, '0')};10.10.2024;250340000120;ТОО «Образец»;Xiaomi;Redmi;${imei(i, tac)}`,
    )
  writeFileSync(path, lines.join('\r\n'))
  return path
}

interface Tally {
  /** Kills, and moments of which the files were looked at. */
  deaths: number
  readonly lost: unknown[]
  halfApplied: number
  taken: number
}

/** What a desk that is killed now would find when it starts again: lists that are whole, and no file that nothing knows of. */
async function lookAtFiles(pid: number, home: string, tally: Tally): Promise<void> {
  const left = folderAsKilled(pid, home)
  if (!left) return
  tally.deaths++
  const nothing = (): void => undefined
  const now = (): string => new Date().toISOString()
  const log = { info: nothing, error: nothing }
  const desk = await openDesk({ home: left, keyHex: PROCESS_KEY, registry: null, now, live: false, log })
  const asked = <K extends 'staged-batches' | 'import-queue' | 'outbox'>(name: K) =>
    perform(ENGINE_CALLS, desk.handlers, name, {}, (error) => {
      throw error
    }).then((answer) => {
      if (!answer.ok) throw new ProblemError(answer.problem)
      return answer.value as Output<EngineContract[K]>
    })
  const staged = await asked('staged-batches')
  for (const s of staged) if (s.counts.accepted !== ROWS) tally.halfApplied++
  const known = new Set([
    ...staged.map((s) => s.batch),
    ...(await asked('import-queue')).map((w) => w.batch),
    ...(await asked('outbox')).map((o) => o.subject),
  ])
  await desk.stop()
  const { cache, close } = openHome(left, PROCESS_KEY, FEATURE_MIGRATIONS)
  const batches = cache.read.query<{ id: string; rows: number; facts: number }>(
    `SELECT b.id, b.rows, (SELECT count(*) FROM fact f WHERE f.batch = b.no) AS facts FROM batch b
     WHERE b.added_seq IS NOT NULL AND b.kind = 'customs'`,
  )
  for (const { id, rows, facts } of batches.all()) {
    known.add(id)
    if (rows !== facts) tally.halfApplied++
  }
  close()
  expect(readdirSync(join(left, 'staging')).filter((name) => !known.has(name.slice(0, 36)))).toEqual([])
  rmSync(left, { recursive: true })
}

/** So many imports into a registry and a desk that are new, each with one kill on its way. */
async function killsInOneWorld(count: number, random: Random, tally: Tally): Promise<void> {
  const world = await World.open()
  const home = join(world.folder, 'desk')
  const start = async (): Promise<DeskProcess> => {
    const desk = await DeskProcess.start({ home, registry: world.url })
    if ((await desk.client.call('status', {})).officer === null)
      await desk.client.call('sign-in', { officer: 'importer' })
    return desk
  }
  let desk = await start()
  onTestFinished(() => desk.kill())

  const importFile = async (number: number, staged: (batch: string) => void): Promise<void> => {
    const token = `list-${number}`
    desk.grant(token, customsFile(world.folder, number))
    const { batch, guards } = await desk.client.call('stage-batch', { job: token, token, kind: 'customs' })
    staged(batch)
    await desk.client.call('commit-batch', { batch, accept: guards.map((g) => g.code) })
  }
  await importFile(0, () => undefined)
  // the second is as fast as those that come
  const begun = performance.now()
  await importFile(1, () => undefined)
  const usual = performance.now() - begun

  let there = 2
  for (let i = 2; i < count + 2; i++) {
    let batch: string | null = null
    let done = false
    const victim = i % 2 === 0 ? 'registry' : 'desk'
    const work = importFile(i, (id) => {
      batch = id
    }).then(
      () => {
        done = true
      },
      (error: unknown) => {
        if (!(error instanceof ProblemError)) throw error
      },
    )
    const looks = victim === 'desk' ? LOOKS_A_KILL : 0
    for (let look = 0; look <= looks; look++) {
      await new Promise((resolve) => setTimeout(resolve, (random.unit() * usual) / (looks + 1)))
      if (look < looks && desk.pid !== undefined) await lookAtFiles(desk.pid, home, tally)
    }
    tally.deaths++
    if (victim === 'desk') {
      await desk.kill()
      await work
      desk = await start()
    } else {
      await world.killRegistry()
      await world.startRegistry()
      await work
    }
    // what the desk has staged is whole, and no file is left of what was not finished
    const staged = await desk.client.call('staged-batches', {})
    for (const s of staged) if (s.counts.accepted !== ROWS) tally.halfApplied++
    const sent = await desk.client.call('outbox', {})
    const listed = await world.query<{ id: string }>('SELECT id FROM batch')
    // an interrupted import keeps the sender's file: the officer goes on with it or drops it
    const waiting = await desk.client.call('import-queue', {})
    const known = new Set([
      ...staged.map((s) => s.batch),
      ...waiting.map((w) => w.batch),
      ...sent.map((o) => o.subject),
      ...listed.map((b) => b.id),
    ])
    const files = victim === 'desk' ? readdirSync(join(home, 'staging')) : []
    expect(files.filter((name) => !known.has(name.slice(0, 36)))).toEqual([])
    await until(async () => {
      const { pending } = await desk.client.call('sync', {}).catch(() => ({ pending: -1 }))
      return pending === 0
    })
    const counts = await world.query<{ id: string; facts: string }>(
      `SELECT b.id, count(f.imei14) AS facts FROM batch b LEFT JOIN fact f ON f.batch = b.no GROUP BY b.id`,
    )
    for (const { facts } of counts) if (Number(facts) !== ROWS) tally.halfApplied++
    const isThere = counts.some((c) => c.id === batch)
    // told with what the desk says of it, so that a loss explains itself
    if (done && !isThere)
      tally.lost.push({ victim, import: i, outbox: await desk.client.call('outbox', {}), staged, waiting })
    if (isThere) there++
    expect(counts).toHaveLength(there)
    if ((i - 1) % COMPARED_EVERY !== 0 && i + 1 < count + 2) continue
    const { cache } = await desk.client.call('verify', {})
    expect(cache).toMatchObject({ equal: true, rows: there * ROWS })
  }
  tally.taken += there - 2
  await desk.kill()
  await world.close()
}

test(
  `a desk or a registry killed ${COUNT} times between the file and its last row in the registry: each list whole and once, or not at all`,
  async () => {
    const random = new Random(SEED, 'killed import')
    const tally: Tally = { deaths: 0, lost: [], halfApplied: 0, taken: 0 }
    // of an import with looks, half of which have any, the kill is the last of its deaths
    while (tally.deaths < COUNT) {
      const kills = Math.ceil((COUNT - tally.deaths) / (1 + LOOKS_A_KILL / 2))
      await killsInOneWorld(Math.min(kills, KILLS_A_WORLD), random, tally)
    }
    const { lost, halfApplied, taken } = tally
    report({
      fault: `kill -9 of desk and registry during an import${LOOKS_A_KILL > 0 ? ' (else the files of that moment)' : ''}`,
      count: tally.deaths,
      lost: lost.length,
      doubled: 0,
      gaps: 0,
      halfApplied,
    })
    expect({ lost, halfApplied }).toEqual({ lost: [], halfApplied: 0 })
    expect(taken).toBeGreaterThan(0)
  },
  patience(COUNT, 20_000),
)
