import { fork } from 'node:child_process'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { cacheDigest } from '../../../src/engine/db/cacheDigest.ts'
import { openHome } from '../../../src/engine/db/home.ts'
import { faults, patience, report } from '../../sync/faults/size.ts'
import { catchUp } from './catchUp.ts'
import { stolenAndUndone } from './stolenAndUndone.ts'
import { KEY, testFolder, testHome } from './testHome.ts'

const KILLS = faults(20, 2_000)
/** A fixed sequence, so that a failure comes again. */
const pauses = Array.from({ length: KILLS }, (_, i) => (i * 197) % 900)

async function killedAfter(ms: number, folder: string): Promise<boolean> {
  const child = fork(join(import.meta.dirname, 'killDuringApply.ts'), [folder, KEY], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  const ended = new Promise<boolean>((resolve) => child.once('exit', (code) => resolve(code === null)))
  await new Promise((resolve) => child.once('message', resolve))
  const timer = setTimeout(() => child.kill('SIGKILL'), ms)
  const killed = await ended
  clearTimeout(timer)
  return killed
}

test(
  `a desk killed ${KILLS} times while it applies never shows half a batch, and ends as one that was left alone`,
  async () => {
    const whole = testHome()
    await catchUp(whole, stolenAndUndone())
    const wanted = cacheDigest(whole.cache.read)

    let kills = 0
    let folder = testFolder()
    for (const pause of pauses) {
      if (!(await killedAfter(pause, folder))) folder = testFolder()
      else kills++
      const home = openHome(folder, KEY, [])
      // every batch is in with all its rows, or not at all
      const halves = home.cache.read
        .rows<[number, number]>(
          `SELECT b.no, b.rows - (SELECT count(*) FROM fact f WHERE f.batch = b.no) AS missing FROM batch b
         WHERE b.added_seq IS NOT NULL AND missing <> 0`,
        )
        .all()
      expect(halves).toEqual([])
      expect(home.cache.read.value('PRAGMA integrity_check')).toBe('ok')
      home.close()
    }
    expect(kills).toBeGreaterThan(KILLS / 2)

    const home = testHome(folder)
    await catchUp(home, stolenAndUndone())
    expect(cacheDigest(home.cache.read)).toEqual(wanted)
    report({
      fault: 'kill -9 while a desk applies segments',
      count: KILLS,
      lost: 0,
      doubled: 0,
      gaps: 0,
      halfApplied: 0,
    })
  },
  patience(KILLS, 15_000),
)
