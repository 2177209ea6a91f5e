import { goTo, settled, signIn } from '../../scripts/tour/places.ts'
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

for (const language of ['kk', 'ru', 'en'] as const) {
  test(`a desk that is being filled says so and shows no figures of a part, in ${language}`, async ({ open }) => {
    const proxy = await FaultProxy.before(sharedRegistry())
    proxy.rewrite('/v1/hello', (body) => ({ ...(body as object), snapshot: null }))
    proxy.rewrite('/v1/feed', (body) => {
      const feed = body as { events: { seq: number }[] }
      return { ...feed, events: feed.events.filter(({ seq }) => seq <= 3) }
    })
    const { page } = await open({ registry: proxy.url, language })
    await page.locator('[data-officer="reviewer"]').click()
    await page.locator('[data-room="work"]').click()
    await page.locator('footer [data-link="online"]').waitFor()
    const hero = page.getByTestId('default-action').locator('..')
    await expect(hero).toContainText(STILL_COMING[language])
    await expect(page.locator('[data-figures] a').first()).not.toContainText('0')
    await expect(page.locator('[data-filling="coming"]').first()).toBeVisible()
    await expect(page.locator('[data-facts-age="old"]')).toBeVisible()
    expect(await untranslated(page)).toEqual([])
    expect(await violations(page)).toEqual([])
    if (shots) await page.screenshot({ path: `${shots}/filling-${language}.png` })

    proxy.mend()
    await expect(hero).not.toContainText(STILL_COMING[language], { timeout: 60_000 })
    await settled(page)
    await expect(page.locator('[data-figures] a').first()).toContainText(/[1-9]\d/)
    await expect(page.locator('[data-filling]')).toHaveCount(0)
    await proxy.close()
  })
}

test('a desk without a registry says that nothing came, and waits for nothing', async ({ open }) => {
  const { page } = await open({ registry: null })
  await signIn(page, 'reviewer')
  await goTo(page, 'work')
  await expect(page.locator('[data-filling="waits"]').first()).toContainText('Not received from the registry yet')
  await expect(page.locator('[data-figures] a').first()).toContainText('—')
})
