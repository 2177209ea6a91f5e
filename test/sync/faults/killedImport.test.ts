import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ProblemError } from '../../../src/domain/problem.ts'
import { Random } from '../../../src/sample/random.ts'
import { imei } from '../../engine/batch/importing.ts'
import { DeskProcess } from '../deskProcess.ts'
import { until } from '../syncDesk.ts'
import { faults, patience, report, SEED } from './size.ts'
import { World } from './world.ts'

const COUNT = faults(20)
const ROWS = 2_500
/** What is compared after each kill grows with the lists that came through, so a world is left after so many. */
const KILLS_A_WORLD = 20

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
  readonly lost: unknown[]
  halfApplied: number
  taken: number
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
    await new Promise((resolve) => setTimeout(resolve, random.unit() * usual))
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
    const tally: Tally = { lost: [], halfApplied: 0, taken: 0 }
    for (let left = COUNT; left > 0; left -= KILLS_A_WORLD)
      await killsInOneWorld(Math.min(left, KILLS_A_WORLD), random, tally)
    const { lost, halfApplied, taken } = tally
    report({
      fault: 'kill -9 of desk and registry during an import',
      count: COUNT,
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
