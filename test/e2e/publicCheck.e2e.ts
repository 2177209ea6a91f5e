import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { openBrowser, type PlainBrowser } from './harness/browser.ts'
import { sharedRegistry } from './harness/desk.ts'

let browser: PlainBrowser
test.beforeEach(async () => {
  browser = await openBrowser()
})
test.afterEach(() => browser.close())

/** An IMEI of the sample registry for each answer, found among those that appeals are about. */
async function examples(): Promise<Record<string, string>> {
  const read = async (path: string, from: string) =>
    (await fetch(sharedRegistry() + path, { headers: { 'x-forwarded-for': from } })).json()
  const { epoch } = (await read('/v1/hello', '10.9.0.1')) as { epoch: string }
  type Event = { type: string; doc: { claim: { imeis: string[] } } }
  const { events } = (await read(`/v1/feed?epoch=${epoch}&after=0`, '10.9.0.1')) as { events: Event[] }
  const found: Record<string, string> = { unknown: '350000000000006' }
  for (const [n, { doc }] of events.filter((e) => e.type === 'appeal-received').entries())
    for (const imei of doc.claim.imeis) {
      const { list } = (await read(`/public/imei/${imei}`, `10.9.1.${n}`)) as { list?: string }
      if (list) found[list] ??= imei
    }
  expect(Object.keys(found).sort()).toEqual(['black', 'grey', 'unknown', 'white'])
  return found
}

async function violations(page: Page): Promise<string[]> {
  const { violations: found, passes } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  expect(passes.length).toBeGreaterThan(10)
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`)
}

test('a citizen without script types an IMEI, presses Enter and reads the answer', async () => {
  const { page } = browser
  await browser.withoutScript()
  const { grey = '', black = '', white = '' } = await examples()
  await page.goto(`${sharedRegistry()}/?lang=en`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Check an IMEI')
  for (const [imei, list, says] of [
    [grey, 'grey', /until|ended on/],
    [black, 'black', 'Reason:'],
    [white, 'white', 'works in all networks'],
  ] as const) {
    await page.getByLabel('IMEI (15 digits)').fill(imei)
    await page.getByLabel('IMEI (15 digits)').press('Enter')
    const answer = page.locator('.answer')
    await expect(answer).toHaveAttribute('data-list', list)
    await expect(answer).toContainText(says)
    await expect(answer).toContainText(imei)
  }
  await page.getByRole('link', { name: 'Қазақша' }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'kk')
  await expect(page.locator('.answer')).toHaveAttribute('data-list', 'white')
  await page.getByLabel('IMEI (15 цифр)').fill('12')
  await page.getByRole('button', { name: 'Тексеру' }).click()
  await expect(page.getByRole('alert')).toBeVisible()
  await expect(page.getByLabel('IMEI (15 цифр)')).toHaveAttribute('aria-invalid', 'true')
})

for (const scheme of ['light', 'dark'] as const)
  test(`every answer can be read by everybody, in three languages, ${scheme}`, async () => {
    const { page } = browser
    await page.emulateMedia({ colorScheme: scheme })
    const found: Record<string, string[]> = {}
    const asked = Object.entries({ ...(await examples()), none: '', wrong: '12' })
    for (const lang of ['kk', 'ru', 'en'])
      for (const [name, imei] of asked) {
        await page.goto(`${sharedRegistry()}/check?lang=${lang}&imei=${imei}`)
        found[`${name} ${lang}`] = await violations(page)
        const shots = process.env.TAMGA_PAGE_SHOTS
        if (shots) await page.screenshot({ path: `${shots}/check-${name}-${lang}-${scheme}.png`, fullPage: true })
      }
    expect(Object.entries(found).filter(([, list]) => list.length > 0)).toEqual([])
  })
