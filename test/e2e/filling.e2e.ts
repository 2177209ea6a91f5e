import { settled } from '../../scripts/tour/places.ts'
import { FaultProxy } from '../sync/faultProxy.ts'
import { expect, sharedRegistry, test } from './harness/desk.ts'
import { untranslated, violations } from './harness/legible.ts'

/** Folder for pictures to look at; none are taken without it. */
const shots = process.env.TAMGA_SHOTS

const STILL_COMING = {
  kk: 'Тізілім деректері келіп жатыр',
  ru: 'Данные реестра ещё поступают',
  en: 'The registry’s data is still arriving',
} as const

/** A registry that gives the first of its events and keeps the others for later. */
async function slowRegistry(): Promise<FaultProxy> {
  const proxy = await FaultProxy.before(sharedRegistry())
  proxy.rewrite('/v1/hello', (body) => ({ ...(body as object), snapshot: null }))
  proxy.rewrite('/v1/feed', (body) => {
    const feed = body as { events: { seq: number }[] }
    return { ...feed, events: feed.events.filter(({ seq }) => seq <= 3) }
  })
  return proxy
}

for (const language of ['kk', 'ru', 'en'] as const) {
  test(`a desk that is being filled says so and shows no figures of a part, in ${language}`, async ({ open }) => {
    const proxy = await slowRegistry()
    const { page } = await open({ registry: proxy.url, language })
    await page.locator('[data-officer="reviewer"]').click()
    await page.locator('[data-room="work"]').click()
    await page.locator('footer [data-link="online"]').waitFor()
    const hero = page.getByTestId('default-action').locator('..')
    const openAppeals = page.locator('[data-figures] a').first()
    await expect(hero).toContainText(STILL_COMING[language])
    await expect(openAppeals).not.toContainText(/\d/)
    await expect(page.locator('[data-filling="coming"]').first()).toBeVisible()
    await expect(page.locator('[data-facts-age="old"]')).toBeVisible()
    expect(await untranslated(page)).toEqual([])
    expect(await violations(page)).toEqual([])
    if (shots) await page.screenshot({ path: `${shots}/filling-${language}.png` })

    proxy.mend()
    await page.keyboard.press('F5')
    await expect(hero).not.toContainText(STILL_COMING[language], { timeout: 60_000 })
    await settled(page)
    await expect(openAppeals).toContainText(/[1-9]\d/)
    await expect(page.locator('[data-filling]')).toHaveCount(0)
    await proxy.close()
  })
}

test('a desk that loses its registry while it is filled shows no figures and says what it waits for', async ({
  open,
}) => {
  const proxy = await slowRegistry()
  const { page } = await open({ registry: proxy.url })
  await page.locator('[data-officer="reviewer"]').click()
  await page.locator('[data-room="work"]').click()
  await expect(page.locator('[data-filling="coming"]').first()).toBeVisible()
  await proxy.close()
  await expect(page.locator('[data-filling="waits"]').first()).toContainText('Not received from the registry yet', {
    timeout: 60_000,
  })
  await expect(page.locator('[data-figures] a').first()).toContainText('—')
  if (shots) await page.screenshot({ path: `${shots}/filling-waits.png` })
})
