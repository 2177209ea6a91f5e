import type { Page } from '@playwright/test'
import { settled, signIn } from '../../scripts/tour/places.ts'
import { judgeAll, mode, openFitting, receivedAppeals, showAppeal } from './harness/appeals.ts'
import { expect, test } from './harness/desk.ts'

/** An open appeal about a device whose listing is black and may be ended by an approval. */
async function blackAppeal(page: Page): Promise<string> {
  return openFitting(page, await receivedAppeals(page), async () => {
    const black = await page.locator('[data-list="black"]').count()
    const contradicted = await page.locator('li[data-mandatory="true"] [data-result="contradict"]').count()
    return black > 0 && contradicted === 0 && (await page.getByText('Only this body can unlist it').count()) === 0
  })
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
  await expect(first.page.getByText(`${id}: approval proposed`)).toBeVisible()

  const second = await open()
  await signIn(second.page, 'approver')
  await showAppeal(second.page, id)
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

  await showAppeal(second.page, id)
  await expect(second.page.locator('section[data-appeal]')).toContainText('approved')
  await expect(second.page.locator('section[data-appeal] [data-list]').first()).toHaveAttribute('data-list', 'white')
})
