import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { NODE24, ROOT } from '../../scripts/checkout.mjs'
import { electronBinary } from '../../scripts/electron/official.mjs'
import { electronDist } from '../../scripts/electron-runtime.mjs'
import { sandboxArguments } from '../../scripts/system-packages.mjs'
import { goTo, signIn } from '../../scripts/tour/places.ts'
import { type Desk, expect, test } from './harness/desk.ts'

/** Process id of the engine that a desk started. */
function enginePid({ app }: Desk): number {
  const main = app.process().pid
  const children = readFileSync(`/proc/${main}/task/${main}/children`, 'utf8').trim().split(/\s+/).map(Number)
  const engine = children.find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('engine/index.js'))
  if (!engine) throw new Error('the desk runs no engine')
  return engine
}

/** A customs file of a hundred made-up rows. */
async function customsFile(folder: string): Promise<string> {
  const file = join(folder, 'customs.xlsx')
  await promisify(execFile)(NODE24, ['src/cli/sample.ts', '--rows', '100', '--format', 'xlsx', '--out', file], {
    cwd: ROOT,
  })
  return file
}

test('a killed engine is started again, and what was staged is still there', async ({ open }) => {
  const desk = await open()
  const { page } = desk
  await signIn(page, 'importer')
  await desk.choose(await customsFile(desk.home))
  await goTo(page, 'imports')
  await page.getByTestId('import-file').click()
  await page.getByTestId('wizard-check').click()
  await page.locator('[data-step="fix"][data-busy="false"]').waitFor()

  const killed = enginePid(desk)
  process.kill(killed, 'SIGKILL')
  await expect.poll(() => enginePidOrNone(desk)).not.toBe(killed)
  await expect.poll(() => enginePidOrNone(desk)).toBeGreaterThan(0)
  await goTo(page, 'work')
  await expect(page.getByRole('link', { name: 'customs.xlsx' })).toBeVisible()
})

/** 0 while no engine runs. */
function enginePidOrNone(desk: Desk): number {
  try {
    return enginePid(desk)
  } catch {
    return 0
  }
}

test('a desk whose registry cannot be reached says so and stays usable', async ({ open }) => {
  // the discard port: nothing listens there
  const { page } = await open({ registry: 'http://127.0.0.1:9' })
  await expect(page.getByText('The registry cannot be reached.', { exact: false })).toBeVisible()
  await expect(page.getByText('Nobody has worked on this computer yet', { exact: false })).toBeVisible()
})

test('a home is opened once: a second start gives way to the window that is there', async ({ open }) => {
  const { home, app } = await open()
  const { stderr } = await promisify(execFile)(electronBinary(await electronDist()), [
    ...sandboxArguments(),
    '--disable-gpu',
    ROOT,
    '--practice',
    ...['--home', home],
  ])
  expect(stderr).not.toContain('home-in-use')
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})
