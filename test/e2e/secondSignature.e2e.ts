import type { Page } from '@playwright/test'
import { settled, signIn } from '../../scripts/tour/places.ts'
import { expect, test } from './harness/desk.ts'

const mode = (page: Page, name: string) => page.locator(`section[data-mode="${name}"]`)

async function show(page: Page, id: string): Promise<void> {
  await page.evaluate((appeal) => {
    location.hash = `#/appeals/${appeal}`
  }, id)
  await page.locator(`section[data-appeal="${id}"]`).waitFor()
}

/** An open appeal about a device whose listing is black and may be ended by an approval. */
async function blackAppeal(page: Page): Promise<string> {
  await page.evaluate(() => {
    location.hash = '#/appeals'
  })
  // the mirror of a new desk is filled while its officer already works
  await expect.poll(() => page.locator('tr[data-appeal]').count()).toBeGreaterThanOrEqual(40)
  const ids = await page
    .locator('tr[data-appeal]', { hasText: 'received' })
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-appeal') ?? ''))
  for (const id of ids) {
    await show(page, id)
    if ((await mode(page, 'take').count()) === 0) continue
    const black = await page.locator('[data-list="black"]').count()
    const contradicted = await page.locator('li[data-mandatory="true"] [data-result="contradict"]').count()
    if (black > 0 && contradicted === 0 && (await page.getByText('Only this body can unlist it').count()) === 0)
      return id
  }
  throw new Error('the sample has no such appeal left')
}

async function judgeAll(page: Page): Promise<void> {
  const mandatory = await page.locator('li[data-field][data-mandatory="true"]').count()
  for (let field = 0; field < mandatory; field++) await page.keyboard.press('Digit1')
}

test('an approval out of black waits for a second officer, who sees the first verdict only after his own', async ({
  open,
}) => {
  const first = await open()
  await signIn(first.page, 'reviewer')
  const id = await blackAppeal(first.page)
  await first.page.keyboard.press('Control+Enter')
  await mode(first.page, 'decide').waitFor()
  await settled(first.page)
  await judgeAll(first.page)
  await first.page.keyboard.press('KeyA')
  await first.page.keyboard.press('Control+Enter')
  await expect.poll(() => first.page.locator('section[data-appeal]').getAttribute('data-appeal')).not.toBe(id)

  const second = await open()
  await signIn(second.page, 'approver')
  await show(second.page, id)
  await mode(second.page, 'sign').waitFor({ timeout: 40_000 })
  await settled(second.page)
  await expect(second.page.getByTestId('first-verdict')).not.toContainText('approve')
  await expect(second.page.getByText('first officer:')).toHaveCount(0)
  await judgeAll(second.page)
  await second.page.keyboard.press('KeyA')
  await expect(second.page.getByTestId('first-verdict')).toContainText('approve')
  await expect(second.page.getByText('first officer: matches').first()).toBeVisible()
  await second.page.keyboard.press('Control+Enter')
  await expect(second.page.getByText(`${id}: second signature given`)).toBeVisible()
  // the desk goes on to what is next by itself
  await second.page.waitForFunction((signed) => !location.hash.includes(signed), id)

  await show(second.page, id)
  await expect(second.page.locator('section[data-appeal]')).toContainText('approved')
  await expect(second.page.locator('section[data-appeal] [data-list]').first()).toHaveAttribute('data-list', 'white')
})
