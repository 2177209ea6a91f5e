import { execFile } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { NODE24, ROOT } from '../../scripts/checkout.mjs'
import { goTo, signIn } from '../../scripts/tour/places.ts'
import { type Desk, expect, test } from './harness/desk.ts'

/** A customs file of made-up rows; its name and rows differ by the seed. */
async function customsFile(folder: string, rows: number, seed: number): Promise<string> {
  const file = join(folder, `customs_${seed}.csv`)
  const options = ['--rows', String(rows), '--seed', String(seed), '--format', 'csv', '--bad', '0.02', '--out', file]
  await promisify(execFile)(NODE24, ['src/cli/sample.ts', ...options], { cwd: ROOT })
  return file
}

/** Begins to check a file and puts the import into the background. */
async function begin({ page, choose }: Desk, file: string): Promise<void> {
  await choose(file)
  await page.getByTestId('import-file').click()
  await page.locator('[data-step="file"][data-busy="false"]').waitFor()
  await page.getByTestId('wizard-check').click()
  await page.getByTestId('wizard-background').click()
  await page.getByTestId('import-queue').waitFor()
}

/** Process id of the engine that a desk started. */
function enginePid({ app }: Desk): number {
  const main = app.process().pid
  const children = readFileSync(`/proc/${main}/task/${main}/children`, 'utf8').trim().split(/\s+/).map(Number)
  const engine = children.find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('engine/index.js'))
  if (!engine) throw new Error('the desk runs no engine')
  return engine
}

test('imports queue behind each other, halt, go on, are cancelled, and resume when the engine was killed', async ({
  open,
}) => {
  const desk = await open()
  const { page } = desk
  await signIn(page, 'importer')
  await goTo(page, 'imports')
  const [long, short] = [await customsFile(desk.home, 150_000, 41), await customsFile(desk.home, 300, 42)]
  expect(statSync(long).size).toBeGreaterThan(10_000_000)

  const queued = (state: string) => page.getByTestId('import-queue').locator(`[data-queued="${state}"]`)
  await begin(desk, long)
  await queued('running').getByTestId('job-pause').click()
  await expect(queued('paused')).toContainText('customs_41.csv')
  await begin(desk, short)
  await expect(queued('queued')).toContainText('customs_42.csv')
  await queued('queued').getByRole('button', { name: 'Cancel' }).click()
  await expect(queued('queued')).toHaveCount(0)

  await queued('paused').getByTestId('job-pause').click()
  await expect(queued('running')).toContainText('customs_41.csv')
  process.kill(enginePid(desk), 'SIGKILL')
  await expect(queued('interrupted')).toContainText('customs_41.csv', { timeout: 60_000 })
  await page.getByTestId('resume-import').click()
  await expect(page.locator('tr[data-staged]')).toContainText('customs_41.csv', { timeout: 120_000 })
  await expect(page.getByTestId('import-queue')).toHaveCount(0)
})
