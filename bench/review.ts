/**
 * Appeals one after another in the real window by keyboard alone: until a key shows, until the next appeal stands on the screen with
 * its first paper, tasks that hold the window up, memory (the page's garbage collected, the engine's not); against their limits.
 *   node bench/review.ts [--appeals 100] [--pause 800] [--between 120] [--alone no] [--keep folder] [--trace file]
 * Most appeals are approved, every fifth is refused, what cannot be approved is put back with a reason. The machine reads papers
 * meanwhile, as it does for officers. `--pause`: thought given to each appeal; `--between`: from key to key (0: the next as soon as the
 * window took the last, which no hand does). What is not the desk's, the registry with its database and this program, gives way to it;
 * with `--alone no` it does not. Needs a display; `npm run bench -- review` gives it a virtual one. `--keep` leaves the registry
 * with its appeals in a folder and begins from it the next time; with `--appeals 0` it is only filled. `--trace` leaves Chromium's trace
 * of all appeals but the first three in a file, which costs some of the time measured.
 */
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { parseArgs, promisify } from 'node:util'
import type { Page } from '@playwright/test'
import { NODE24, ROOT } from '../scripts/checkout.mjs'
import { type DrivenDesk, openDrivenDesk } from '../scripts/drivenDesk.ts'
import { startRegistry } from '../scripts/practice.mjs'
import { settled, signIn } from '../scripts/tour/places.ts'
import { businessDate } from '../src/domain/businessDate.ts'
import { fileMoreAppeals } from './moreAppeals.ts'
import { cpuOf, engineOf, giveWayToTheDesk, privateOf, residentOf } from './processFigures.ts'
import { type NextTimes, noted, observeKeys, timeNext } from './reviewMarks.ts'
import { keepNoResponses } from './unobserved.ts'

const LIMITS = { echo: 50, next: 100, growth: 20, task: 100 } as const
/** Memory is compared with that after so many appeals: code, fonts and the caches of bounded size have come by then. */
const WARM = 25
/** A trace begins once code and fonts have come. */
const TRACED_FROM = 3
const TRACED = [
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'toplevel',
  'cc',
  'v8',
  'blink.user_timing',
]
/** A machine that does much else besides is slow; the figures tell. */
const PATIENCE_MS = 120_000
/** Event Timing tells of nothing shorter. */
const FRAME_MS = 16
/** The registry has so many appeals besides its sample's; those put back come again. */
const MORE = 260
const REFUSED_EVERY = 5

const { values } = parseArgs({
  options: {
    appeals: { type: 'string', default: '100' },
    pause: { type: 'string', default: '800' },
    between: { type: 'string', default: '120' },
    alone: { type: 'string', default: 'yes' },
    keep: { type: 'string' },
    trace: { type: 'string' },
  },
})
const appeals = Number(values.appeals)
// not the system's temporary folder: as root, PostgreSQL runs as another user and must reach its data
const folder = mkdtempSync(join('/var/tmp', 'tamga-bench-'))
const registryData = values.keep === undefined ? join(folder, 'registry') : resolve(values.keep)

interface Memory {
  /** Objects of the page that are still held, MB. */
  readonly heap: number
  readonly window: number
  /** Of the window's, what no other process has too. */
  readonly private: number
  readonly engine: number
}

try {
  const filled = existsSync(registryData)
  if (!filled) mkdirSync(registryData, { recursive: true })
  await promisify(execFile)(NODE24, ['scripts/build.ts'], { cwd: ROOT })
  const registry = await startRegistry({ data: registryData })
  try {
    if (!filled) await fileMoreAppeals(registry.url, MORE, businessDate(new Date().toISOString()))
    if (appeals > 0) await reviewAt(registry.url)
  } finally {
    await registry.stop()
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function reviewAt(registry: string): Promise<void> {
  const desk = await openDrivenDesk({ home: join(folder, 'desk'), language: 'ru', registry })
  try {
    await review(desk)
  } finally {
    await desk.close()
  }
}

async function review(desk: DrivenDesk): Promise<void> {
  const { page } = desk
  if (values.alone === 'yes') giveWayToTheDesk()
  await keepNoResponses(page)
  page.setDefaultTimeout(PATIENCE_MS)
  await signIn(page, 'reviewer')
  await page.getByTestId('default-action').click()
  await mayJudge(page)
  await observeKeys(page)
  const times: NextTimes[] = []
  let replaced = 0
  let pressed = 0
  const cpu = { keys: 0, next: 0 }
  const window = await windowOf(desk)
  let before: Memory | null = null
  for (let turn = 0; turn < appeals; turn++) {
    if (turn === WARM) before = await memoryOf(desk)
    if (turn === TRACED_FROM && values.trace !== undefined)
      await desk.app.evaluate(({ contentTracing }, included) => {
        return contentTracing.startRecording({ included_categories: included })
      }, TRACED)
    await setTimeout(Number(values.pause))
    const [begun, judged] = [cpuOf(window), await judge(page, turn % REFUSED_EVERY === REFUSED_EVERY - 1)]
    pressed += judged.keys
    const decided = cpuOf(window)
    const next = await timeNext(page, judged.goOn)
    cpu.keys += decided - begun
    cpu.next += cpuOf(window) - decided
    times.push(next)
    await mayJudge(page)
    if ((await shownAppeal(page)) !== next.shown) replaced++
  }
  if (values.trace !== undefined)
    await desk.app.evaluate(({ contentTracing }, file) => contentTracing.stopRecording(file), resolve(values.trace))
  const after = await memoryOf(desk)
  const { keys, tasks, goingOn } = await noted(page)
  // keys that showed within one frame are not reported at all
  const echoes = [...keys, ...new Array<number>(Math.max(0, pressed - keys.length)).fill(FRAME_MS)]
  const [load = 0] = loadavg()
  console.log(`\n${times.length} appeals, ${pressed} keys besides those that go on, load ${load.toFixed(1)}\n`)
  console.log('| | median | p95 | worst | limit | p95 × limit |\n|---|---|---|---|---|---|')
  print('key → shown, ms', echoes, LIMITS.echo)
  print('key → next appeal on the screen, ms', goingOn, LIMITS.next)
  for (const [what, part] of [
    ['its claim and decision', 'ms'],
    ['its first paper too', 'paper'],
    ['everything of it', 'whole'],
  ] as const)
    print(
      `until ${what}: drawn, not yet on the screen, ms`,
      times.map((time) => time[part]),
      LIMITS.next,
    )
  print("window's tasks above 50 ms", tasks, LIMITS.task)
  const each = (seconds: number, count: number): string => ((seconds * 1000) / count).toFixed(1)
  console.log(`\n${tasks.length} tasks above 50 ms`)
  console.log(
    `CPU time of the window's process: ${each(cpu.keys, pressed)} ms a key, ${each(cpu.next, times.length)} ms the next appeal`,
  )
  console.log(`the registry gave another appeal than the one shown first: ${replaced} of ${times.length}`)
  if (before !== null) printMemory(before, after)
}

function printMemory(before: Memory, after: Memory): void {
  console.log(
    `\n| MB, the page's garbage collected | after ${WARM} | after ${appeals} | growth % | limit % |\n|---|---|---|---|---|`,
  )
  for (const part of ['heap', 'window', 'private', 'engine'] as const) {
    const growth = ((after[part] / before[part] - 1) * 100).toFixed(0)
    console.log(`| ${part} | ${before[part].toFixed(1)} | ${after[part].toFixed(1)} | ${growth} | ${LIMITS.growth} |`)
  }
}

/** The appeal on screen is this officer's by the registry's word too, and nothing is being loaded. */
async function mayJudge(page: Page): Promise<void> {
  await page.locator('section[data-mode="decide"][data-claiming="false"] li[data-field]').first().waitFor()
  await settled(page)
}

interface Judged {
  /** Keys pressed so far. */
  readonly keys: number
  /** Presses the one that ends this appeal. */
  readonly goOn: () => Promise<void>
}

async function judge(page: Page, refuse: boolean): Promise<Judged> {
  const { keyboard } = page
  const mandatory = await page.locator('li[data-field][data-mandatory="true"]').count()
  for (let judged = 0; judged < mandatory; judged++) {
    await keyboard.press(refuse && judged === 0 ? 'Digit2' : 'Digit1')
    await fromKeyToKey()
  }
  const submit = (): Promise<void> => keyboard.press('Control+Enter')
  if (refuse) {
    await keyboard.press('KeyR')
    await page.waitForFunction(() => document.activeElement?.closest('fieldset') != null)
    await fromKeyToKey()
    await keyboard.press('Enter')
    await fromKeyToKey()
    if (await mayEnd(page)) return { keys: mandatory + 2, goOn: submit }
    await keyboard.press('Escape')
  } else {
    await keyboard.press('KeyA')
    await fromKeyToKey()
    if (await mayEnd(page)) return { keys: mandatory + 1, goOn: submit }
  }
  await keyboard.press('KeyS')
  await page.locator('[role="dialog"] form input').waitFor()
  await page.locator('[role="dialog"] form input').focus()
  await keyboard.type('bench', { delay: Number(values.between) })
  await fromKeyToKey()
  return { keys: mandatory + 7, goOn: () => keyboard.press('Enter') }
}

function fromKeyToKey(): Promise<unknown> {
  return setTimeout(Number(values.between))
}

/** Whether the decision can be submitted now. */
function mayEnd(page: Page): Promise<boolean> {
  return page.getByTestId('submit').isEnabled()
}

function shownAppeal(page: Page): Promise<string | null> {
  return page.locator('section[data-appeal]').getAttribute('data-appeal')
}

/** The window's process. */
function windowOf({ app }: DrivenDesk): Promise<number> {
  return app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0)
}

async function memoryOf(desk: DrivenDesk): Promise<Memory> {
  const { app, page } = desk
  const session = await page.context().newCDPSession(page)
  try {
    await session.send('HeapProfiler.collectGarbage')
    await session.send('HeapProfiler.collectGarbage')
    const { usedSize } = await session.send('Runtime.getHeapUsage')
    const main = await app.evaluate(() => process.pid)
    const window = await windowOf(desk)
    return {
      heap: usedSize / 1e6,
      window: residentOf(window),
      private: privateOf(window),
      engine: residentOf(engineOf(main)),
    }
  } finally {
    await session.detach()
  }
}

function print(what: string, figures: readonly number[], limit: number): void {
  if (figures.length === 0) {
    console.log(`| ${what} | none | | | ${limit} | 0 |`)
    return
  }
  const sorted = figures.toSorted((a, b) => a - b)
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  const shown = [at(0.5), at(0.95), at(1)].map((ms) => ms.toFixed(0)).join(' | ')
  console.log(`| ${what} | ${shown} | ${limit} | ${(at(0.95) / limit).toFixed(2)} |`)
}
