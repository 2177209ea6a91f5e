/**
 * The queue of a desk with many appeals in the real window: from the click until its first page is on the screen, opened again and
 * again; against its limit of 300 ms.
 *   node bench/queue.ts [--appeals 100000] [--times 20] [--rest 1500] [--keep folder]
 * A desk of the sample is filled with made-up appeals while it is closed. `--keep` leaves it with its registry in a folder and begins from
 * it the next time; with `--times 0` it is only filled. Needs a display; `npm run bench -- queue` gives it a virtual one.
 */
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { parseArgs, promisify } from 'node:util'
import type { Page } from '@playwright/test'
import { NODE24, ROOT } from '../scripts/checkout.mjs'
import { type DrivenDesk, openDrivenDesk } from '../scripts/drivenDesk.ts'
import { startRegistry } from '../scripts/practice.mjs'
import { goTo, goToAppeals, signIn } from '../scripts/tour/places.ts'
import { PRACTICE_KEY_FILE } from '../src/contract/host.ts'
import { businessDate } from '../src/domain/businessDate.ts'
import { openHome } from '../src/engine/db/home.ts'
import { FEATURE_MIGRATIONS } from '../src/engine/featureMigrations.ts'
import { fillAppeals } from './manyAppeals.ts'
import { cpuOf, giveWayToTheDesk } from './processFigures.ts'

const LIMIT_MS = 300
/** A machine that does much else besides is slow; the figures tell. */
const PATIENCE_MS = 120_000
const { values } = parseArgs({
  options: {
    appeals: { type: 'string', default: '100000' },
    times: { type: 'string', default: '20' },
    rest: { type: 'string', default: '1500' },
    keep: { type: 'string' },
  },
})
const appeals = Number(values.appeals)
// not the system's temporary folder: as root, PostgreSQL runs as another user and must reach its data
const folder = values.keep === undefined ? mkdtempSync(join('/var/tmp', 'tamga-bench-')) : resolve(values.keep)
const home = join(folder, 'desk')
const isFilled = join(folder, 'filled')

try {
  mkdirSync(join(folder, 'registry'), { recursive: true })
  await promisify(execFile)(NODE24, ['scripts/build.ts'], { cwd: ROOT })
  const registry = await startRegistry({ data: join(folder, 'registry') })
  try {
    if (!existsSync(isFilled)) {
      await desk(registry.url, (page) => goToAppeals(page))
      fill()
      writeFileSync(isFilled, '')
    }
    if (Number(values.times) > 0) await desk(registry.url, measure)
  } finally {
    await registry.stop()
  }
} finally {
  if (values.keep === undefined) rmSync(folder, { recursive: true, force: true })
}

async function desk(registry: string, work: (page: Page, desk: DrivenDesk) => Promise<void>): Promise<void> {
  const opened = await openDrivenDesk({ home, language: 'ru', registry })
  try {
    giveWayToTheDesk()
    opened.page.setDefaultTimeout(PATIENCE_MS)
    await signIn(opened.page, 'reviewer')
    await work(opened.page, opened)
  } finally {
    await opened.close()
  }
}

function fill(): void {
  const opened = openHome(home, readFileSync(join(home, PRACTICE_KEY_FILE), 'utf8').trim(), FEATURE_MIGRATIONS)
  try {
    fillAppeals(opened, appeals, businessDate(new Date().toISOString()))
  } finally {
    opened.close()
  }
}

async function measure(page: Page, { app }: DrivenDesk): Promise<void> {
  const window = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
  )
  const took: number[] = []
  let cpu = 0
  for (let time = 0; time < Number(values.times); time++) {
    await goTo(page, 'work')
    await page.locator('a[href$="#/appeals"]').first().waitFor()
    await setTimeout(Number(values.rest))
    const before = cpuOf(window ?? 0)
    took.push(await openQueue(page))
    cpu += cpuOf(window ?? 0) - before
  }
  const shown = await page.locator('[data-figures]').innerText()
  const [first = Number.NaN, ...again] = took
  again.sort((a, b) => a - b)
  const at = (share: number): number => again[Math.min(again.length - 1, Math.floor(again.length * share))] ?? first
  const [load = 0] = loadavg()
  console.log(
    `\nqueue over ${appeals} appeals (it says: ${shown}), opened ${took.length} times, load ${load.toFixed(1)}\n`,
  )
  console.log('| click → first page painted | first time | median | p95 | worst | limit | p95 × limit |')
  console.log('|---|---|---|---|---|---|---|')
  const figures = [first, at(0.5), at(0.95), at(1)].map((ms) => ms.toFixed(0)).join(' | ')
  console.log(`| ms | ${figures} | ${LIMIT_MS} | ${(at(0.95) / LIMIT_MS).toFixed(2)} |`)
  console.log(`\nCPU time of the window's process: ${((cpu * 1000) / took.length).toFixed(0)} ms each time`)
}

/** From the click on Work's link to all appeals until the frame that shows their first page, ms. */
async function openQueue(page: Page): Promise<number> {
  await page.evaluate(() => {
    const shown = (): boolean => document.querySelectorAll('tr[data-appeal]').length >= 100
    let began = Number.NaN
    addEventListener('click', ({ timeStamp }) => (began = timeStamp), { capture: true, once: true })
    const painted = new Promise<number>((done) => {
      const observer = new MutationObserver(() => {
        if (!location.hash.startsWith('#/appeals') || !shown()) return
        observer.disconnect()
        requestAnimationFrame(() => {
          const after = new MessageChannel()
          after.port1.onmessage = () => done(performance.now() - began)
          after.port2.postMessage(null)
        })
      })
      observer.observe(document, { subtree: true, childList: true })
    })
    Object.assign(globalThis, { painted })
  })
  await page.locator('a[href$="#/appeals"]').first().click()
  return page.evaluate(() => (globalThis as unknown as { painted: Promise<number> }).painted)
}
