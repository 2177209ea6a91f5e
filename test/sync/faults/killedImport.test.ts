import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import type { RowCounts } from '../../../src/domain/batch.ts'
import { ProblemError } from '../../../src/domain/problem.ts'
import { Random } from '../../../src/sample/random.ts'
import { imei } from '../../engine/batch/importing.ts'
import { DeskProcess } from '../deskProcess.ts'
import { until } from '../syncDesk.ts'
import { Aim, isStopped } from './aim.ts'
import { CAN_FREEZE, folderAsKilled } from './asKilled.ts'
import { HEALED } from './deskAtWork.ts'
import { type Ask, ROWS_OF_BATCH, SMALL_STRIDES, type Whole, wrongInDesk, wrongInFiles } from './importFound.ts'
import { faults, patience, report, SEED, SOAKING } from './size.ts'
import { World } from './world.ts'

const COUNT = faults(20)
/** Several strides of everything that is done in strides. */
const ROWS = 4_200
/** What is compared after each kill grows with the lists that came through, so a world is left after so many. */
const KILLS_A_WORLD = 16
/** Of an import whose desk is killed, files are taken so many times on its way: what a kill would have left at that moment. */
const LOOKS_A_KILL = CAN_FREEZE && SOAKING ? 14 : 0
/** A registry is killed so many times in one import where there is time: what was killed is sent again, and meets the next kill. */
const REGISTRY_KILLS = SOAKING ? 4 : 1
/** One kill in so many comes at any time, in the middle of a transaction too; the others when something has just come to stay. */
const BLIND_EVERY = 4
/** What was begun goes out within this time, or never. */
const PATIENCE_MS = 240_000

/** A customs file whose IMEIs no other file has; some rows repeat one of long before, some have no IMEI. */
function customsFile(folder: string, number: number): string {
  const path = join(folder, `list-${number}.csv`)
  const lines = ['№ ДТ;Дата ДТ;БИН;Импортер;Марка;Модель;IMEI 1']
  const tac = 86_100_000 + number
  const named = (i: number): string => (i % 101 === 50 ? '—' : imei(i > 2_000 && i % 97 === 0 ? i - 1_900 : i, tac))
  for (let i = 0; i < ROWS; i++)
    lines.push(
      `50505/101024/${String(i % 50).padStart(7, '0')};10.10.2024;250340000120;ТОО «Образец»;Xiaomi;Redmi;${named(i)}`,
    )
  writeFileSync(path, lines.join('\r\n'))
  return path
}

/** Commands of a desk that wait, after another round; -1 when it cannot say. */
const pendingOf = async (desk: DeskProcess): Promise<number> =>
  (await desk.client.call('sync', {}).catch(() => ({ pending: -1 }))).pending

interface Tally {
  /** Kills, and moments of which the files were looked at. */
  deaths: number
  readonly lost: string[]
  readonly doubled: string[]
  /** What was found wrong of lists, and where. */
  readonly half: string[]
  taken: number
}

/** So many imports into a registry and a desk that are new, each with one kill on its way. */
async function killsInOneWorld(count: number, { random, tally, aim }: Run): Promise<void> {
  const world = await World.open()
  const home = join(world.folder, 'desk')
  const start = async (): Promise<DeskProcess> => {
    const log = (text: string): void => {
      if (HEALED.test(text)) tally.half.push(text)
    }
    const opened = await DeskProcess.start({ home, registry: world.url, strides: SMALL_STRIDES, log })
    if ((await opened.client.call('status', {})).officer === null)
      await opened.client.call('sign-in', { officer: 'importer' })
    return opened
  }
  let desk = await start()
  onTestFinished(() => desk.kill())
  const ask: Ask = (name, input) => desk.client.call(name, input)

  const commit = async (batch: string, guards: readonly { code: string }[]): Promise<void> => {
    await ask('commit-batch', { batch, accept: guards.map((g) => g.code) })
  }
  const importFile = async (number: number, told: (counts: RowCounts) => void): Promise<void> => {
    const token = `list-${number}`
    desk.grant(token, customsFile(world.folder, number))
    const { batch, guards, counts } = await ask('stage-batch', { job: token, token, kind: 'customs' })
    told(counts)
    await commit(batch, guards)
  }
  const registered = (): Promise<{ file: string; rows: string }[]> =>
    world.query(
      `SELECT b.head->'file'->>'name' AS file, ${ROWS_OF_BATCH} AS rows FROM batch b LEFT JOIN fact f ON f.batch = b.no
       GROUP BY b.no, b.head`,
    )
  let counts: RowCounts | null = null
  await importFile(0, (staged) => {
    counts = staged
  })
  // the second is as fast as those that come
  aim.at('desk', [])
  aim.at('registry', [])
  const begun = performance.now()
  await importFile(1, () => undefined)
  const usual = { ms: performance.now() - begun, desk: aim.passed('desk'), registry: aim.passed('registry') }
  const whole: Whole = { counts: JSON.stringify(counts), rows: (await registered())[0]?.rows ?? '' }
  expect(counts).toMatchObject({ rows: ROWS, duplicates: 22 })

  const killed = new Set<number>()
  for (let i = 2; i < count + 2; i++) {
    const victim = i % 2 === 0 ? 'registry' : 'desk'
    const looks = victim === 'desk' ? LOOKS_A_KILL : 0
    // one of each stretch of the way, so that no two are the same
    const drawn = Array.from({ length: looks + 1 }, (_, n) => 1 + ((n + random.unit()) * usual[victim]) / (looks + 1))
    const blind = i % (2 * BLIND_EVERY) < 2
    const aims = drawn.slice(0, blind ? Math.floor(random.unit() * drawn.length) : drawn.length).map(Math.floor)
    aim.at(victim, aims, !blind)
    let looksLeft = blind ? aims.length : Number.POSITIVE_INFINITY
    const rest = random.unit() * usual.ms * (1 - aims.length / drawn.length)
    const dies = victim === 'desk' ? desk.exited : world.registryExited
    let over: 'done' | 'failed' | null = null
    let staged = false
    const work = importFile(i, () => {
      staged = true
    }).then(
      () => {
        over = 'done'
      },
      (error: unknown) => {
        over = 'failed'
        if (!(error instanceof ProblemError)) throw error
      },
    )
    let dead = false
    void dies.then(() => {
      dead = true
    })
    let at = performance.now() + rest
    const goesOn = (): boolean => !dead && over === null && !(looksLeft === 0 && performance.now() > at)
    while (goesOn()) {
      await pause(1)
      const { pid } = desk
      if (victim !== 'desk' || pid === undefined || !isStopped(pid)) continue
      const left = folderAsKilled(pid, home)
      if (!left) continue
      looksLeft--
      at = performance.now() + rest
      tally.deaths++
      tally.half.push(...(await wrongInFiles(left, world.url, whole)).map((text) => `import ${i}: ${text}`))
      rmSync(left, { recursive: true })
    }
    tally.deaths++
    aim.at(victim, [])
    if (victim === 'desk') {
      await desk.kill()
      await work
      desk = await start()
    } else {
      await world.killRegistry()
      await world.startRegistry()
      for (let kill = 1; kill < REGISTRY_KILLS; kill++) {
        dead = false
        void world.registryExited.then(() => {
          dead = true
        })
        aim.at(victim, [1 + Math.floor(random.unit() * usual.registry)])
        await until(async () => dead || (await pendingOf(desk)) === 0)
        aim.at(victim, [])
        // it may have been on the point of ending when all was sent
        const lives = await fetch(`${world.url}/healthz`).then(
          () => true,
          () => false,
        )
        if (lives) break
        tally.deaths++
        await world.killRegistry()
        await world.startRegistry()
      }
      await work
    }
    // what the desk had begun comes to its end, whole
    tally.half.push(...(await wrongInDesk(ask, home, whole)).map((text) => `kill ${i} of the ${victim}: ${text}`))
    const begunHere = (await ask('staged-batches', {})).find((s) => s.file === `list-${i}.csv`)
    if (begunHere?.state === 'staged') await commit(begunHere.batch, begunHere.guards)
    const stuckAt = performance.now() + PATIENCE_MS
    let pending = -1
    await until(async () => {
      pending = await pendingOf(desk)
      return pending === 0 || performance.now() > stuckAt
    })
    if (pending !== 0) tally.lost.push(`after kill ${i} of the ${victim} the desk sends nothing more`)
    const there = await registered()
    for (const { file, rows } of there)
      if (rows !== whole.rows) tally.half.push(`kill ${i} of the ${victim}: ${file} in the registry with ${rows}`)
    const mine = there.filter(({ file }) => file === `list-${i}.csv`).length
    if (mine > 1) tally.doubled.push(`list ${i}`)
    // told with what the desk says of it, so that a loss explains itself
    if (mine === 0 && (over === 'done' || staged || begunHere))
      tally.lost.push(`list ${i}, ${victim} killed: ${JSON.stringify([begunHere, await ask('outbox', {})])}`)
    if (mine === 0) killed.add(i)
    const { cache } = await ask('verify', {})
    const wanted = (i + 1 - killed.size) * Number(whole.rows.split(' ')[0])
    const { facts, appeals } = cache.repaired
    if (!cache.equal || cache.rebuilt || facts + appeals > 0 || cache.rows !== wanted)
      tally.half.push(`kill ${i} of the ${victim}: the mirror ${JSON.stringify(cache)}, wanted ${wanted}`)
  }
  tally.taken += count - killed.size
  await desk.kill()
  await world.close()
}

interface Run {
  readonly random: Random
  readonly tally: Tally
  readonly aim: Aim
}

test(
  `a desk or a registry killed ${COUNT} times between the file and its last row in the registry: each list whole and once, or not at all`,
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tamga-aim-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const tally: Tally = { deaths: 0, lost: [], doubled: [], half: [], taken: 0 }
    const run: Run = { random: new Random(SEED, 'killed import'), tally, aim: new Aim(folder) }
    // of an import with looks, half of which have any, the kill is the last of its deaths
    while (tally.deaths < COUNT) {
      const kills = Math.ceil((COUNT - tally.deaths) / (1 + LOOKS_A_KILL / 2))
      await killsInOneWorld(Math.min(kills, KILLS_A_WORLD), run)
    }
    const { lost, doubled, half, taken } = tally
    report({
      fault: `kill -9 of desk and registry during an import${LOOKS_A_KILL > 0 ? ' (else the files of that moment)' : ''}`,
      count: tally.deaths,
      lost: lost.length,
      doubled: doubled.length,
      gaps: 0,
      halfApplied: half.length,
    })
    expect({ lost, doubled, half }).toEqual({ lost: [], doubled: [], half: [] })
    expect(taken).toBeGreaterThan(0)
  },
  patience(COUNT, 20_000),
)
