import { spawn } from 'node:child_process'
import { chmodSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { NODE24, ROOT, toolEnvironment } from '../../scripts/checkout.mjs'
import { goTo, settled, signIn, switchLanguage } from '../../scripts/tour/places.ts'
import { administer } from '../../src/registry/administer.ts'
import { expect, test } from './harness/desk.ts'

const PICTURES = join(ROOT, 'test-results', 'settings')
const LANGUAGES = ['kk', 'ru', 'en'] as const

/** What keys that stand for a group of texts begin with; one of them on the screen is a text nobody translated. */
const GROUPS = globSync(join(ROOT, 'resources', 'locales', 'en', '*.json')).flatMap((file) =>
  Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>)
    .filter(([, texts]) => typeof texts === 'object')
    .map(([group]) => group),
)
const UNTRANSLATED = new RegExp(`\\{\\{|(?<![\\w./-])(${GROUPS.join('|')})\\.(?!xlsx|csv|pdf)[a-zA-Z][\\w.-]*`)

/** What is wrong with the screen as people see it; leaves a picture of all of it. */
async function read(page: Page, name: string): Promise<string[]> {
  mkdirSync(PICTURES, { recursive: true })
  await settled(page)
  const raw = (await page.locator('body').innerText()).match(UNTRANSLATED)
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  const cut = await page
    .locator('main :is(button, th, label, .mantine-SegmentedControl-label)')
    .evaluateAll((all) =>
      all
        .filter((e) => e instanceof HTMLElement && e.offsetParent !== null && e.scrollWidth > e.clientWidth + 1)
        .map((e) => e.textContent ?? ''),
    )
  await page.screenshot({ path: join(PICTURES, `${name}.png`), animations: 'disabled' })
  return [
    ...(raw ? [`untranslated: ${raw[0]}`] : []),
    ...cut.map((text) => `does not fit: ${text}`),
    ...violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.target.join(' ')).join(' | ')}`),
  ]
}

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
  const found: Record<string, string[]> = { enrol: await read(page, 'enrol') }
  await page.getByTestId('enrol-code').fill('AAAA-BBBB-CCCC-DDDD')
  await page.getByTestId('enrol').click()
  await expect(page.locator('form [data-problem]').first()).toBeVisible()
  found.wrong = await read(page, 'enrol-wrong-code')
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
    found[`desks ${language}`] = await read(page, `desks-${language}`)
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
    found[language] = await read(page, `settings-${language}`)
  }
  await expect(page.getByTestId('desk-allow')).toHaveCount(0)
  await expect(page.getByTestId('registry-save')).toHaveCount(0)
  expect(Object.entries(found).filter(([, list]) => list.length > 0)).toEqual([])
})
