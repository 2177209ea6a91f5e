/**
 * Scans of 60 MB in the real window: time until one stands on the screen when nothing of it was fetched, and when it was made ready while
 * the appeal before was judged; the longest task of the window meanwhile; against their limits.
 *   node bench/scan.ts [--ready 12000]
 * Needs a display; `npm run bench -- scan` gives it a virtual one.
 */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { parseArgs, promisify } from 'node:util'
import type { Page } from '@playwright/test'
import { NODE24, ROOT } from '../scripts/checkout.mjs'
import { openDrivenDesk } from '../scripts/drivenDesk.ts'
import { startRegistry } from '../scripts/practice.mjs'
import { signIn } from '../scripts/tour/places.ts'
import { imei15Text } from '../src/domain/imei.ts'
import { fileAppeal } from './moreAppeals.ts'
import { engineOf, peakOf, residentOf } from './processFigures.ts'
import { noted, observeKeys, timeNext } from './reviewMarks.ts'
import { largeScans, smallPicture } from './scanFiles.ts'

const LIMITS = { next: 100, task: 100 } as const

const { values } = parseArgs({ options: { ready: { type: 'string', default: '12000' } } })
const folder = mkdtempSync(join('/var/tmp', 'tamga-bench-'))

try {
  await promisify(execFile)(NODE24, ['scripts/build.ts'], { cwd: ROOT })
  const registry = await startRegistry({ data: join(folder, 'registry') })
  try {
    await fileScans(registry.url)
    const desk = await openDrivenDesk({ home: join(folder, 'desk'), language: 'ru', registry: registry.url })
    try {
      const pids = await desk.app.evaluate(({ BrowserWindow }) => [
        process.pid,
        BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
      ])
      await look(desk.page)
      const engine = engineOf(pids[0] ?? 0)
      console.log(
        `\nload ${loadavg()[0]?.toFixed(1)}; window ${residentOf(pids[1]).toFixed(0)} MB, at most ${peakOf(pids[1]).toFixed(0)}; ` +
          `engine ${residentOf(engine).toFixed(0)} MB, at most ${peakOf(engine).toFixed(0)}`,
      )
    } finally {
      await desk.close()
    }
  } finally {
    await registry.stop()
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** Appeals that come before all of the sample's: one with a small picture, then two of each kind of large scan. */
async function fileScans(registry: string): Promise<void> {
  const photo = await smallPicture()
  const scans = await largeScans()
  for (const [n, scan] of [photo, ...scans, ...scans].entries()) {
    const number = `N${7_000_000 + n}`
    const evidence = [
      // a byte behind its end changes no picture and makes it a file of its own
      { ...scan, bytes: new Uint8Array(Buffer.concat([scan.bytes, Buffer.from([n])])), shows: 'receipt' as const },
      { ...photo, shows: 'imei-photo' as const },
    ]
    const taken = await fileAppeal(registry, {
      route: 'second-imei',
      applicant: { key: { kind: 'passport', number, country: 'KGZ' }, name: 'Үлгі (SAMPLE)', language: 'kk' },
      claim: { imeis: [imei15Text(86_000_000_700_000 + n)], brand: 'Xiaomi', model: 'Note 14', receiptNo: number },
      receivedAt: `2025-01-${String(6 + n).padStart(2, '0')}T05:00:00.000Z`,
      evidence,
    })
    if (!taken) throw new Error(`${scan.file} was not taken`)
  }
}

async function look(page: Page): Promise<void> {
  await signIn(page, 'reviewer')
  await page.getByTestId('default-action').click()
  await page.locator('[data-paper]').first().waitFor()
  await observeKeys(page)
  console.log('| | until the paper is on the screen, ms | limit | × limit | longest task, ms | limit |')
  console.log('|---|---|---|---|---|---|')
  for (const name of ['JPEG', 'TIFF', 'PDF']) await goOn(page, `${name}, not made ready`, 0)
  for (const name of ['JPEG', 'TIFF', 'PDF']) await goOn(page, `${name}, made ready`, Number(values.ready))
}

/** Gives the appeal on screen back; the next one has a large scan. */
async function goOn(page: Page, name: string, ready: number): Promise<void> {
  await setTimeout(ready)
  await page.keyboard.press('KeyS')
  await page.locator('[role="dialog"] form input').focus()
  await page.keyboard.type('bench')
  const before = (await noted(page)).tasks.length
  const { paper } = await timeNext(page, () => page.keyboard.press('Enter'))
  await page.locator('section[data-mode="decide"][data-claiming="false"]').waitFor()
  const task = Math.max(0, ...(await noted(page)).tasks.slice(before))
  const limit = ready > 0 ? `${LIMITS.next} | ${(paper / LIMITS.next).toFixed(2)}` : '| '
  console.log(`| ${name} | ${paper.toFixed(0)} | ${limit} | ${task.toFixed(0)} | ${LIMITS.task} |`)
}
