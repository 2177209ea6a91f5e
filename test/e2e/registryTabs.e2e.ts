import type { Page } from '@playwright/test'
import { goTo, signIn } from '../../scripts/tour/places.ts'
import { expect, test } from './harness/desk.ts'
import { readScreen } from './harness/legible.ts'

/** Rows of the table that lie above the status bar as a whole. */
const wholeRows = (page: Page): Promise<number> =>
  page.locator('tbody tr:has(a.tamga-imei)').evaluateAll((rows) => {
    const end = document.querySelector('footer')?.getBoundingClientRect().top ?? 0
    return rows.filter((row) => row.getBoundingClientRect().bottom <= end).length
  })

for (const language of ['kk', 'ru', 'en'] as const) {
  test(`every tab of the registry has something to show and can be read by everybody, ${language}`, async ({
    open,
  }) => {
    test.slow()
    const { page } = await open({ language })
    await signIn(page, 'approver')
    const found: Record<string, string[]> = {}
    const read = async (name: string): Promise<void> => {
      found[name] = await readScreen(page, `registry/${language}/${name}`)
    }
    for (const kind of ['runs', 'clones', 'policies'])
      await expect(page.locator(`[data-to-sign="${kind}"]`)).not.toHaveCount(0)
    // the figure counts every kind, and what it counts is what the officer is led to
    const own = await page.evaluate(() => document.querySelectorAll('[data-to-sign]').length)
    const toSign = Number((await page.getByTestId('to-sign').locator('span').first().innerText()).replace(/\D/g, ''))
    expect(toSign).toBeGreaterThan(0)
    expect(toSign).toBeLessThanOrEqual(own + (await page.locator('a[href*="#/appeals/A"]').count()))
    await read('work')
    await goTo(page, 'registry')
    await page.locator('table a.tamga-imei').first().waitFor()
    await read('lists')
    // what the screen is for is seen without scrolling
    expect(await wholeRows(page)).toBeGreaterThanOrEqual(8)

    await page.locator('input[value="grey"] + label').first().click()
    await page.getByTestId('warn-matching').click()
    await expect(page.getByRole('dialog').locator('a.tamga-imei').first()).toBeVisible()
    await read('warn')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)

    await page.getByTestId('block-runs').click()
    await expect(page.locator('tr[data-run]')).not.toHaveCount(0)
    await read('runs')
    await page.locator('tr[data-run="2"] a').first().click()
    await page.locator('[data-run-state]').waitFor()
    await page.locator('[data-tile="held"]').click()
    await read('run')

    await page.getByTestId('notices').click()
    await expect(page.locator('tr[data-issue]')).not.toHaveCount(0)
    await read('notices')

    await page.getByTestId('operators').click()
    await expect(page.locator('tr[data-operator-file]')).not.toHaveCount(0)
    await page.locator('tr[data-operator-file="1"] button').click()
    await expect(page.locator('[data-violation]')).not.toHaveCount(0)
    await read('operators')

    await page.getByTestId('clones').click()
    await page.locator('a[data-clone="awaiting-signature"]').first().waitFor()
    await read('clones')
    await page.locator('a[data-clone="open"]').first().click()
    await expect(page.locator('[data-rival]').nth(1)).toBeVisible()
    await read('clone')

    await page.getByTestId('declared').click()
    await expect(page.locator('[data-overdrawn="true"]').first()).toBeVisible()
    await read('declared')

    await page.getByTestId('policy').click()
    await expect(page.locator('[data-proposal="awaiting-signature"]').first()).toBeVisible()
    await read('policy')
    expect(Object.entries(found).filter(([, list]) => list.length > 0)).toEqual([])
  })
}
