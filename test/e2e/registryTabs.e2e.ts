import { globSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { ROOT } from '../../scripts/checkout.mjs'
import { goTo, settled, signIn } from '../../scripts/tour/places.ts'
import { expect, test } from './harness/desk.ts'

/** What keys that stand for a group of texts begin with; one of them on the screen is a text nobody translated. */
const GROUPS = globSync(join(ROOT, 'resources', 'locales', 'en', '*.json')).flatMap((file) =>
  Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>)
    .filter(([, texts]) => typeof texts === 'object')
    .map(([group]) => group),
)
const UNTRANSLATED = new RegExp(`\\{\\{|(?<![\\w./-])(${GROUPS.join('|')})\\.(?!xlsx|csv|pdf)[a-zA-Z][\\w.-]*`)

/** Buttons, tabs and cells of heads whose words do not fit into them. */
const cutWords = (page: Page): Promise<string[]> =>
  page
    .locator('main :is(button, [role="tab"], th, .mantine-SegmentedControl-label, .mantine-InputWrapper-label)')
    .evaluateAll((all) =>
      all
        .filter((e) => e instanceof HTMLElement && e.offsetParent !== null && e.scrollWidth > e.clientWidth + 1)
        .map((e) => e.textContent ?? ''),
    )

/** Looks at the screen as everybody must be able to read it; leaves a picture. */
function reader(page: Page, language: string) {
  const folder = join(ROOT, 'test-results', 'registry', language)
  mkdirSync(folder, { recursive: true })
  const found: Record<string, string[]> = {}
  return {
    found,
    async read(name: string): Promise<void> {
      await settled(page)
      const raw = (await page.locator('body').innerText()).match(UNTRANSLATED)
      const { violations } = await new AxeBuilder({ page })
        .setLegacyMode(true)
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .analyze()
      found[name] = [
        ...(raw ? [`untranslated: ${raw[0]}`] : []),
        ...(await cutWords(page)).map((text) => `does not fit: ${text}`),
        ...violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.target.join(' ')).join(' | ')}`),
      ]
      await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' })
    },
  }
}

for (const language of ['kk', 'ru', 'en'] as const) {
  test(`every tab of the registry has something to show and can be read by everybody, ${language}`, async ({
    open,
  }) => {
    test.slow()
    const { page } = await open({ language })
    await signIn(page, 'approver')
    const { read, found } = reader(page, language)
    await read('work')
    await goTo(page, 'registry')
    await page.locator('table a.tamga-imei').first().waitFor()
    await read('lists')

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
