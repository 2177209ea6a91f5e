import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'
import { chromium, type Page } from '@playwright/test'
import { ROOT } from '../scripts/checkout.mjs'
import { electronBinary } from '../scripts/electron/official.mjs'
import { electronDist } from '../scripts/electron-runtime.mjs'
import { sandboxArguments } from '../scripts/system-packages.mjs'
import { cpuOf } from './processFigures.ts'

/** How long a start kept the officer waiting, ms; his own time in between is not in it. */
export interface StartTimes {
  /** From the start of the process until the officers are shown. */
  readonly window: number
  /** From choosing an officer until the Work screen can be worked with. */
  readonly work: number
  /** CPU seconds of all the desk's processes until then. */
  readonly cpu: number
}

/** Starts the desk as an officer does, signs the reviewer in and ends it. */
export async function timeStart({ home, registry }: { home: string; registry: string }): Promise<StartTimes> {
  const binary = electronBinary(await electronDist())
  const began = Date.now()
  // the window is asked over its debugging port after the fact: Playwright's own launch would hold the program back
  const desk = spawn(
    binary,
    [
      ...['--remote-debugging-port=0', ...sandboxArguments(), '--disable-gpu', ROOT, '--practice'],
      ...['--home', home, '--registry', registry, '--language', 'ru'],
    ],
    { cwd: ROOT, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  try {
    const browser = await chromium.connectOverCDP(await addressOfWindow(desk))
    const page = browser.contexts()[0]?.pages()[0]
    if (!page) throw new Error('the desk has no window')
    const window = (await markAt(page, 'sign-in-usable')) - began
    const work = await signInAndWork(page)
    const cpu = cpuOf(desk.pid ?? 0)
    await browser.close()
    return { window, work, cpu }
  } finally {
    await end(desk)
  }
}

/** Waits for the window: a program that is asked before it has one may leave the question open. */
async function addressOfWindow(desk: ChildProcess): Promise<string> {
  const address = await debuggingAddress(desk)
  const pages = `http://${new URL(address).host}/json/list`
  while (!(await (await fetch(pages)).text()).includes('app://desk')) await setTimeout(25)
  return address
}

function debuggingAddress(desk: ChildProcess): Promise<string> {
  const { stderr } = desk
  if (!stderr) throw new Error('the desk has no output')
  return new Promise((found, failed) => {
    createInterface({ input: stderr }).on('line', (line) => {
      const address = /DevTools listening on (ws:\S+)/.exec(line)?.[1]
      if (address) found(address)
    })
    desk.once('exit', (code) => failed(new Error(`the desk ended with ${code}`)))
  })
}

/** Waits for a mark of the page and answers its time since 1970, ms. */
const markAt = (page: Page, mark: string): Promise<number> =>
  page
    .waitForFunction((name) => {
      const found = performance.getEntriesByName(name)[0]
      return found && performance.timeOrigin + found.startTime
    }, mark)
    .then((handle) => handle.jsonValue() as Promise<number>)

async function signInAndWork(page: Page): Promise<number> {
  const chosen = await page.evaluate(() => {
    document.querySelector<HTMLElement>('[data-officer="reviewer"]')?.click()
    return performance.timeOrigin + performance.now()
  })
  return (await markAt(page, 'work-usable')) - chosen
}

async function end(desk: ChildProcess): Promise<void> {
  if (desk.exitCode !== null) return
  const ended = new Promise((done) => desk.once('exit', done))
  desk.kill('SIGTERM')
  const patience = globalThis.setTimeout(() => desk.kill('SIGKILL'), 10_000)
  await ended
  clearTimeout(patience)
}
