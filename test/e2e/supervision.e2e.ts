import { AxeBuilder } from '@axe-core/playwright'
import { goToAppeals, settled, signIn, switchLanguage } from '../../scripts/tour/places.ts'
import { expect, test } from './harness/desk.ts'

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
    const { violations } = await new AxeBuilder({ page })
      .setLegacyMode(true)
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze()
    expect(violations.map(({ id }) => id)).toEqual([])
  }
  const first = page.getByTestId('cluster').first().locator('a').first()
  const id = await first.textContent()
  await first.click()
  await expect(page.locator('h1')).toContainText(id ?? '')
})
