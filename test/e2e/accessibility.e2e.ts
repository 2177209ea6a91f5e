import { goTo, goToAppeals, ROOMS, settled, signIn, switchLanguage } from '../../scripts/tour/places.ts'
import { expect, test } from './harness/desk.ts'
import { violations } from './harness/legible.ts'

const LOOKS = [
  { name: 'light', media: { colorScheme: 'light', forcedColors: 'none' } },
  { name: 'dark', media: { colorScheme: 'dark', forcedColors: 'none' } },
  { name: 'forced colours', media: { colorScheme: 'dark', forcedColors: 'active' } },
] as const

for (const { name, media } of LOOKS) {
  test(`every room can be used by everybody, in three languages, ${name}`, async ({ open }) => {
    test.setTimeout(600_000)
    const { page } = await open({ language: 'kk' })
    await page.emulateMedia(media)
    const found: Record<string, string[]> = { 'sign-in': await violations(page) }
    await signIn(page, 'reviewer')
    for (const language of ['kk', 'ru', 'en']) {
      await switchLanguage(page, language)
      for (const room of ROOMS) {
        await goTo(page, room)
        found[`${room} ${language}`] = await violations(page)
      }
      await goToAppeals(page)
      found[`appeals ${language}`] = await violations(page)
      await page.locator('a[href*="#/appeals/A"]').first().click()
      await page.locator('li[data-field]').first().waitFor()
      await settled(page)
      found[`review ${language}`] = await violations(page)
    }
    expect(Object.entries(found).filter(([, list]) => list.length > 0)).toEqual([])
  })
}
