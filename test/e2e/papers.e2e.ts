import { settled, signIn, switchLanguage } from '../../scripts/tour/places.ts'
import { expect, test } from './harness/desk.ts'

/** Folder for pictures to look at; none are taken without it. */
const shots = process.env.TAMGA_SHOTS

test('papers are read by machine: frames on the page, the paper that shows a field, and a switch that ends it', async ({
  open,
}) => {
  const { page } = await open()
  await signIn(page, 'reviewer')
  await page.evaluate(() => {
    location.hash = '#/appeals'
  })
  const rows = page.locator('tr[data-appeal]', { hasText: 'brought in by the owner' }).filter({ hasText: 'received' })
  await expect.poll(() => rows.count()).toBeGreaterThan(0)
  const id = (await rows.first().getAttribute('data-appeal')) ?? ''
  await page.evaluate((appeal) => {
    location.hash = `#/appeals/${appeal}`
  }, id)
  await page.locator(`section[data-appeal="${id}"]`).waitFor()

  const suggestion = page.locator('li[data-field="imei1"] [data-shows="claimed"]')
  await expect(suggestion).toBeVisible({ timeout: 60_000 })
  await page.locator('li[data-field="imei1"] button').first().click()
  await expect(page.locator('[data-pane] button[data-shows="claimed"][data-current="true"]')).toBeVisible()
  for (const language of ['kk', 'ru', 'en'] as const) {
    await switchLanguage(page, language)
    await settled(page)
    if (shots) await page.screenshot({ path: `${shots}/papers-${language}.png` })
  }

  await page.getByRole('button', { name: 'Reading by machine' }).click()
  await expect(suggestion).toHaveCount(0)
  await page.getByRole('button', { name: 'Reading by machine' }).click()
  await expect(suggestion).toBeVisible()
})

test('papers torn off into a window of their own follow from appeal to appeal and close with the desk', async ({
  open,
}) => {
  const { page, app } = await open()
  await signIn(page, 'reviewer')
  await page.evaluate(() => {
    location.hash = '#/appeals'
  })
  const rows = page.locator('tr[data-appeal]')
  await expect.poll(() => rows.count()).toBeGreaterThan(2)
  const ids = await rows.evaluateAll((all) => all.slice(0, 2).map((row) => row.getAttribute('data-appeal') ?? ''))
  const review = async (id: string): Promise<void> => {
    await page.evaluate((appeal) => {
      location.hash = `#/appeals/${appeal}`
    }, id)
    await page.locator(`section[data-appeal="${id}"]`).waitFor()
  }
  await review(ids[0] ?? '')
  const opened = app.waitForEvent('window')
  await page.keyboard.press('KeyO')
  const papers = await opened
  await expect(papers).toHaveTitle(new RegExp(ids[0] ?? ''))
  await expect(papers.locator('img[draggable="false"]').first()).toBeVisible()
  expect(await papers.evaluate(() => 'require' in globalThis || 'process' in globalThis)).toBe(false)

  await review(ids[1] ?? '')
  await expect(papers).toHaveTitle(new RegExp(ids[1] ?? ''))
  const gone = papers.waitForEvent('close')
  await page.evaluate(() => window.close())
  await gone
})
