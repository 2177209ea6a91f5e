import { type ChildProcess, fork } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { cacheDigest } from '../../../src/engine/db/cacheDigest.ts'
import { openHome } from '../../../src/engine/db/home.ts'
import { Random } from '../../../src/sample/random.ts'
import { CAN_FREEZE, folderAsKilled } from '../../sync/faults/asKilled.ts'
import { faults, patience, report, SEED, SOAKING } from '../../sync/faults/size.ts'
import { WarmProcesses } from '../../sync/faults/warmProcesses.ts'
import { catchUp } from './catchUp.ts'
import { stolenAndUndone } from './stolenAndUndone.ts'
import { KEY, testFolder, testHome } from './testHome.ts'

const COUNT = faults(20)
/** Of so many deaths one is that of the process; the others are what it would have left at that moment. */
const DEATHS_A_LIFE = CAN_FREEZE && SOAKING ? 10 : 1
/** Deaths of the process itself, however many it dies of the other kind meanwhile: on a busy machine it more often ends first. */
const KILLS = Math.ceil(COUNT / DEATHS_A_LIFE)
const INTEGRITY_EVERY = SOAKING ? 10 : 4

/** A process that applies the feed into this folder, from the moment at which it has opened it. */
async function applying(processes: WarmProcesses, folder: string): Promise<ChildProcess & { ended: boolean }> {
  const child = Object.assign(processes.take(), { ended: false })
  child.once('exit', () => {
    child.ended = true
  })
  const opened = new Promise((resolve) => child.once('message', resolve))
  child.send(folder)
  await opened
  processes.refill()
  return child
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

test(
  `a desk killed ${COUNT} times while it applies never shows half a batch, and ends as one that was left alone`,
  async () => {
    const random = new Random(SEED, 'killed while applying')
    const whole = testHome()
    const feed = stolenAndUndone()
    const begun = performance.now()
    await catchUp(whole, feed)
    const usual = performance.now() - begun
    const wanted = cacheDigest(whole.cache.read)
    const recorded = join(testFolder(), 'feed')
    writeFileSync(recorded, feed.bytes())
    const processes = new WarmProcesses(() =>
      fork(join(import.meta.dirname, 'killDuringApply.ts'), [recorded, KEY], {
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      }),
    )
    processes.keep()

    let deaths = 0
    let halfApplied = 0
    /** Every batch is in with all its rows, or not at all. */
    const look = (folder: string): void => {
      const home = openHome(folder, KEY, [])
      const halves = home.cache.read.rows<[number]>(
        `SELECT b.no FROM batch b WHERE b.added_seq IS NOT NULL AND b.rows <> (SELECT count(*) FROM fact f WHERE f.batch = b.no)`,
      )
      if (halves.all().length > 0) halfApplied++
      if (deaths++ % INTEGRITY_EVERY === 0) expect(home.cache.read.value('PRAGMA integrity_check')).toBe('ok')
      home.close()
    }

    let folder = testFolder()
    let kills = 0
    while (deaths < COUNT || kills < KILLS) {
      const desk = await applying(processes, folder)
      onTestFinished(() => void desk.kill('SIGKILL'))
      const ended = new Promise<boolean>((resolve) => desk.once('exit', (code) => resolve(code === null)))
      for (let i = 1; i < DEATHS_A_LIFE && !desk.ended; i++) {
        await pause((random.unit() * usual) / DEATHS_A_LIFE)
        const left = desk.pid && !desk.ended ? folderAsKilled(desk.pid, folder) : null
        if (!left) continue
        look(left)
        rmSync(left, { recursive: true })
      }
      await pause((random.unit() * usual) / DEATHS_A_LIFE)
      desk.kill('SIGKILL')
      if (await ended) {
        kills++
        look(folder)
      } else {
        rmSync(folder, { recursive: true })
        folder = testFolder()
      }
    }

    const home = testHome(folder)
    await catchUp(home, feed)
    expect(cacheDigest(home.cache.read)).toEqual(wanted)
    report({
      fault: `kill -9 while a desk applies segments${DEATHS_A_LIFE > 1 ? ' (at least one in ten; else the files of that moment)' : ''}`,
      count: deaths,
      lost: 0,
      doubled: 0,
      gaps: 0,
      halfApplied,
    })
    expect(halfApplied).toBe(0)
  },
  patience(COUNT, 15_000),
)
