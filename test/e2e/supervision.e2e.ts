import { goToAppeals, settled, signIn, switchLanguage } from '../../scripts/tour/places.ts'
import { expect, test } from './harness/desk.ts'
import { violations } from './harness/legible.ts'

test('a supervisor sees which appeals share papers, and opens one of them', async ({ open }) => {
  const { page } = await open({ language: 'kk' })
  await page.setViewportSize({ width: 1500, height: 1000 })
  await signIn(page, 'approver')
  for (const language of ['kk', 'ru', 'en']) {
    await switchLanguage(page, language)
    await goToAppeals(page)
    await page.locator('main button', { has: page.locator('svg.tabler-icon-eye-check') }).click()
    const group = page.getByTestId('cluster').first()
    await group.scrollIntoViewIfNeeded()
    await settled(page)
    expect(await violations(page)).toEqual([])
  }
  const first = page.getByTestId('cluster').first().locator('a').first()
  const id = await first.textContent()
  await first.click()
  await expect(page.locator('h1')).toContainText(id ?? '')
})
