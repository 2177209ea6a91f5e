import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { settled, signIn } from '../../scripts/tour/places.ts'
import { openBrowser, type PlainBrowser } from './harness/browser.ts'
import { expect, sharedRegistry, test } from './harness/desk.ts'

let browser: PlainBrowser
let folder: string
test.beforeEach(async () => {
  browser = await openBrowser()
  folder = mkdtempSync(join(tmpdir(), 'tamga-citizen-'))
})
test.afterEach(async () => {
  await browser.close()
  rmSync(folder, { recursive: true, force: true })
})

async function violations(page: Page): Promise<string[]> {
  const { violations: found, passes } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  expect(passes.length).toBeGreaterThan(10)
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`)
}

/** The smallest picture there is, with a word of its own behind it: no two papers are the same file. */
function paper(name: string): string {
  const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
  const path = join(folder, name)
  writeFileSync(path, Buffer.concat([Buffer.from(pixel, 'base64'), Buffer.from(`${name} ${Date.now()}`)]))
  return path
}

test('a citizen files without script; an officer asks, he answers, is refused and reads why; the letter is genuine', async ({
  open,
}) => {
  const { page } = browser
  await browser.withoutScript()
  await page.goto(`${sharedRegistry()}/appeal?lang=en`)
  await page.getByRole('link', { name: 'The second IMEI of a device' }).click()
  await page.getByRole('button', { name: 'File the appeal' }).click()
  // everything that is missing is told at once
  await expect(page.getByRole('alert').getByRole('listitem')).toHaveCount(4)
  await page.getByLabel('Surname and given name').fill('Үлгі Айгүл (SAMPLE)')
  await page.getByLabel('IIN (12 digits)').fill('900101300008')
  await page.getByLabel('IMEI 1 (15 digits)').fill('490154203237519')
  await page.getByRole('button', { name: 'File the appeal' }).click()
  await expect(page.getByLabel('IIN (12 digits)')).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByLabel('IMEI 1 (15 digits)')).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByLabel('Surname and given name')).toHaveValue('Үлгі Айгүл (SAMPLE)')
  await page.getByLabel('IIN (12 digits)').fill('900101300007')
  await page.getByLabel('IMEI 1 (15 digits)').fill('490154203237518')
  await page.getByLabel('photo of the screen').setInputFiles(paper('screen.png'))
  await page.getByRole('button', { name: 'File the appeal' }).click()
  const number = (await page.locator('[data-number]').textContent()) ?? ''
  const secret = (await page.locator('[data-secret]').textContent()) ?? ''
  expect([number, secret]).toEqual([expect.stringMatching(/^A-\d{4}-\d{6}$/), expect.stringMatching(/^(\w{4}-?){3}$/)])

  // filed once more it is refused, and the field that it is about says why
  await page.goto(`${sharedRegistry()}/appeal?route=second-imei&lang=en`)
  await page.getByLabel('Surname and given name').fill('Үлгі Айгүл (SAMPLE)')
  await page.getByLabel('IIN (12 digits)').fill('900101300007')
  await page.getByLabel('IMEI 1 (15 digits)').fill('490154203237518')
  await page.getByLabel('photo of the screen').setInputFiles(paper('screen-again.png'))
  await page.getByRole('button', { name: 'File the appeal' }).click()
  await expect(page.getByRole('alert')).toContainText(number)
  await expect(page.getByLabel('IMEI 1 (15 digits)')).toHaveAttribute('aria-invalid', 'true')

  const desk = await open()
  await signIn(desk.page, 'reviewer')
  const decide = async (keys: readonly string[]): Promise<void> => {
    await desk.page.evaluate((id) => {
      location.hash = `#/appeals/${id}`
    }, number)
    await desk.page.locator(`section[data-mode="take"][data-appeal="${number}"]`).waitFor()
    await desk.page.keyboard.press('Control+Enter')
    await desk.page.locator('section[data-mode="decide"]').waitFor()
    await settled(desk.page)
    for (const key of keys) await desk.page.keyboard.press(key)
    await expect(desk.page.locator(`section[data-appeal="${number}"]`)).toHaveCount(0)
  }
  const follow = async (): Promise<void> => {
    await page.goto(`${sharedRegistry()}/appeal/state?lang=en`)
    await page.getByLabel('Number of the appeal').fill(number)
    await page.getByLabel('Secret code').fill(secret.toLowerCase())
    await page.getByRole('button', { name: 'Show' }).click()
  }
  /** The decision leaves the desk after its ten seconds. */
  const until = (state: string) =>
    expect
      .poll(
        async () => {
          await follow()
          return page.locator('[data-state]').getAttribute('data-state')
        },
        { timeout: 40_000, intervals: [6000] },
      )
      .toBe(state)

  await decide(['Digit3', 'KeyI', 'Enter', 'Control+Enter'])
  await until('asked')
  await expect(page.getByText('The question is about')).toBeVisible()
  await page.getByLabel('Your answer').fill('The photo shows both codes')
  await page.locator('#answer-imei-photo').setInputFiles(paper('both.png'))
  await page.getByRole('button', { name: 'Send the answer' }).click()
  await expect(page.getByRole('status')).toContainText('Your answer has arrived')

  await decide(['Digit2', 'KeyR', 'Enter', 'Control+Enter'])
  await until('preliminary')
  await expect(page.getByText('What you can do:').first()).toBeVisible()
  await page.getByRole('link', { name: 'Check the letter' }).last().click()
  await expect(page.locator('[data-genuine="yes"]')).toContainText('preliminary refusal')

  const target = join(folder, 'letter.pdf')
  await desk.app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: path })
  }, target)
  await desk.page.evaluate((id) => {
    location.hash = `#/appeals/${id}`
  }, number)
  await desk.page.getByTestId('acts').click()
  await desk.page.getByRole('menuitem', { name: 'Letters' }).click()
  await desk.page.getByRole('button', { name: 'Save as PDF' }).last().click()
  await expect.poll(() => existsPdf(target)).toBe('%PDF-')
})

const existsPdf = (path: string): string => {
  try {
    return readFileSync(path).subarray(0, 5).toString()
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unreadable'
  }
}

test('the citizen’s pages are accessible in three languages', async () => {
  const { page } = browser
  for (const lang of ['kk', 'ru', 'en'])
    for (const path of ['/appeal', '/appeal?route=accompanied', '/appeal/state', '/public/letter']) {
      await page.goto(`${sharedRegistry()}${path}${path.includes('?') ? '&' : '?'}lang=${lang}`)
      await expect(page.locator('html')).toHaveAttribute('lang', lang)
      expect(await violations(page)).toEqual([])
    }
})
