import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { NODE24, ROOT, toolEnvironment } from '../../scripts/checkout.mjs'
import { goTo, signIn, switchLanguage } from '../../scripts/tour/places.ts'
import { administer } from '../../src/registry/administer.ts'
import { expect, test } from './harness/desk.ts'
import { readScreen } from './harness/legible.ts'

const LANGUAGES = ['kk', 'ru', 'en'] as const

/** A registry without sample data: an admin and one code for a desk, made by whoever runs the machine. */
async function emptyRegistry() {
  // not the system's temporary folder: as root, PostgreSQL runs as another user and must reach its data
  const data = mkdtempSync(join('/var/tmp', 'tamga-e2e-'))
  chmodSync(data, 0o755)
  const own = await administer({ data })
  const { code } = await own.allowDesk('Бірінші жұмыс орны', 1)
  await own.setOfficer({ id: 'admin', name: 'Әкімшіев Үлгі Сынақұлы', role: 'admin' })
  await own.close()
  const child = spawn(NODE24, ['src/cli/registry.ts', '--data', data, '--port', '0'], {
    cwd: ROOT,
    env: toolEnvironment(),
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const { url } = await new Promise<{ url: string }>((resolve) =>
    createInterface({ input: child.stdout }).once('line', (line) => resolve(JSON.parse(line) as { url: string })),
  )
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    await ended
    rmSync(data, { recursive: true, force: true })
  }
  return { url, code, stop }
}

test('a new desk enrols with a code of the admin, who then lets another in and ends it', async ({ open }) => {
  test.slow()
  const registry = await emptyRegistry()
  const { page } = await open({ language: 'kk', registry: registry.url })
  await page.getByTestId('enrol-code').waitFor()
  const found: Record<string, string[]> = { enrol: await readScreen(page, 'settings/enrol') }
  await page.getByTestId('enrol-code').fill('AAAA-BBBB-CCCC-DDDD')
  await page.getByTestId('enrol').click()
  await expect(page.locator('form [data-problem]').first()).toBeVisible()
  found.wrong = await readScreen(page, 'settings/enrol-wrong-code')
  await page.getByTestId('enrol-code').fill(registry.code)
  await page.getByTestId('enrol').click()
  await signIn(page, 'admin')
  await goTo(page, 'settings')
  await page.getByTestId('desk-name').fill('Шымкент, 2-терезе')
  await page.getByTestId('desk-allow').click()
  await expect(page.getByTestId('desk-code')).toContainText(/[0-9A-Z]{4}/)
  await page.getByTestId('desk-code').scrollIntoViewIfNeeded()
  for (const language of LANGUAGES) {
    await switchLanguage(page, language)
    found[`desks ${language}`] = await readScreen(page, `settings/desks-${language}`)
  }
  expect(Object.entries(found).filter(([, list]) => list.length > 0)).toEqual([])
  await registry.stop()
})

test('the settings can be read by everybody in three languages; only an admin may change what holds for all', async ({
  open,
}) => {
  const { page } = await open({ language: 'kk' })
  await signIn(page, 'reviewer')
  await goTo(page, 'settings')
  const found: Record<string, string[]> = {}
  for (const language of LANGUAGES) {
    await switchLanguage(page, language)
    found[language] = await readScreen(page, `settings/settings-${language}`)
  }
  await expect(page.getByTestId('desk-allow')).toHaveCount(0)
  await expect(page.getByTestId('registry-save')).toHaveCount(0)
  expect(Object.entries(found).filter(([, list]) => list.length > 0)).toEqual([])
})
