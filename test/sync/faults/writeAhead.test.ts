import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { DESK_MIGRATIONS } from '../../../src/engine/db/deskMigrations/all.ts'
import { type Home, openHome } from '../../../src/engine/db/home.ts'
import { type DeskStore, Store } from '../../../src/engine/db/store.ts'
import { FEATURE_MIGRATIONS } from '../../../src/engine/featureMigrations.ts'
import { insertCommand, markDone, markSending } from '../../../src/engine/sync/outbox.ts'
import { Random } from '../../../src/sample/random.ts'
import { PROCESS_KEY } from '../deskProcess.ts'
import { faults, patience, report, SEED } from './size.ts'

const COUNT = faults(500)
const ACTS = 60
/** Of so many desks one is opened whole, with the mirror beside the damaged file; of the others the damaged file alone. */
const WHOLE_DESK_EVERY = 25

/** The file with the outbox, as `openHome` opens it. */
function openDeskFile(home: string): Pick<Home, 'desk' | 'close'> {
  const desk: DeskStore = new Store(
    'desk',
    join(home, 'desk.db'),
    { keyHex: PROCESS_KEY, synchronous: 'FULL', cacheMb: 32 },
    [...DESK_MIGRATIONS, ...FEATURE_MIGRATIONS],
  )
  return { desk, close: () => desk.close() }
}

/** A desk that gave orders one after the other and was cut off: its files, and how long the write-ahead file was after each order. */
interface CutOff {
  readonly folder: string
  readonly wal: Buffer
  readonly lengthAfter: readonly number[]
}

function cutOffDesk(): CutOff {
  const folder = mkdtempSync(join(tmpdir(), 'tamga-cut-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const working = join(folder, 'working')
  const kept = join(folder, 'kept')
  mkdirSync(kept)
  const home = openHome(working, PROCESS_KEY, FEATURE_MIGRATIONS)
  home.desk.checkpoint()
  const lengthAfter: number[] = []
  for (let i = 1; i <= ACTS; i++) {
    const id = `act-${i}`
    home.desk.write((tx) => {
      const command = {
        id,
        kind: 'decide-appeal',
        subject: `A-${i}`,
        body: JSON.stringify({ note: 'x'.repeat(i * 40) }),
      }
      insertCommand(tx, {
        ...command,
        based_on_seq: i,
        officer: 'reviewer',
        at: '2026-11-23T06:00:00.000Z',
        release_at: null,
        blobs: '[]',
      })
      // an order touches its own row, the one before, and a draft
      if (i > 1) markSending(tx, `act-${i - 1}`)
      if (i > 2) markDone(tx, `act-${i - 2}`, { seq: i, result: {}, epoch: 'e', at: '2026-11-23T06:00:00.000Z' })
      tx.run(
        'INSERT INTO draft(appeal, officer, doc, at) VALUES (?, ?, ?, ?)',
        `A-${i}`,
        'reviewer',
        '{}',
        '2026-11-23',
      )
    })
    lengthAfter.push(readFileSync(join(working, 'desk.db-wal')).length)
  }
  for (const file of ['desk.db', 'desk.db-wal', 'cache.db']) copyFileSync(join(working, file), join(kept, file))
  home.close()
  return { folder, wal: readFileSync(join(kept, 'desk.db-wal')), lengthAfter }
}

/** What a failing disk or a power cut leaves of a file. */
function damaged(whole: Buffer, random: Random): Buffer {
  const at = random.below(whole.length)
  if (random.chance(1 / 3)) return whole.subarray(0, at)
  const bytes = Buffer.from(whole)
  const end = Math.min(whole.length, at + random.pick([1, 16, 512, 4096, 70_000]))
  if (random.chance(0.5)) bytes.fill(0, at, end)
  else for (let i = at; i < end; i++) bytes[i] = random.below(256)
  return bytes
}

/** The first byte at which the damage shows; the length when none does. */
function firstDifference(a: Buffer, b: Buffer): number {
  const most = Math.min(a.length, b.length)
  if (a.subarray(0, most).equals(b.subarray(0, most))) return most
  let at = 0
  for (let step = 1 << 20; step > 0; step = Math.floor(step / 4))
    while (at + step <= most && a.subarray(at, at + step).equals(b.subarray(at, at + step))) at += step
  return at
}

test(
  `a desk whose write-ahead file was cut, zeroed or garbled ${COUNT} times opens with every order before the damage and none in part`,
  () => {
    const random = new Random(SEED, 'write-ahead')
    const { folder, wal, lengthAfter } = cutOffDesk()
    let lost = 0
    let halfApplied = 0
    const home = join(folder, 'home')
    mkdirSync(home)
    copyFileSync(join(folder, 'kept', 'cache.db'), join(home, 'cache.db'))
    for (let i = 0; i < COUNT; i++) {
      rmSync(join(home, 'desk.db-shm'), { force: true })
      copyFileSync(join(folder, 'kept', 'desk.db'), join(home, 'desk.db'))
      const bytes = damaged(wal, random)
      writeFileSync(join(home, 'desk.db-wal'), bytes)
      const whole = lengthAfter.filter((length) => length <= firstDifference(wal, bytes)).length

      const opened = i % WHOLE_DESK_EVERY === 0 ? openHome(home, PROCESS_KEY, FEATURE_MIGRATIONS) : openDeskFile(home)
      const desk = opened.desk.read
      const orders = desk.rows<[string, string]>('SELECT id, state FROM outbox ORDER BY ord').all()
      const drafts = desk.value<number>('SELECT count(*) FROM draft')
      const states = orders.map((_, at) =>
        at + 1 === orders.length ? 'queued' : at + 2 === orders.length ? 'sending' : 'done',
      )
      if (orders.length < whole) lost++
      if (drafts !== orders.length || orders.some(([id, state], at) => id !== `act-${at + 1}` || state !== states[at]))
        halfApplied++
      // and the desk goes on
      opened.desk.write((tx) => tx.run('INSERT INTO setting(key, value) VALUES (?, ?)', 'after', String(i)))
      if (i % WHOLE_DESK_EVERY === 0) expect(desk.value('PRAGMA integrity_check')).toBe('ok')
      opened.close()
    }
    report({
      fault: "the desk's write-ahead file cut, zeroed, garbled",
      count: COUNT,
      lost,
      doubled: 0,
      gaps: 0,
      halfApplied,
    })
    expect({ lost, halfApplied }).toEqual({ lost: 0, halfApplied: 0 })
  },
  patience(COUNT, 500),
)
