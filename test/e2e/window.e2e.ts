import en from '../../resources/locales/en/signin.json' with { type: 'json' }
import kk from '../../resources/locales/kk/signin.json' with { type: 'json' }
import ru from '../../resources/locales/ru/signin.json' with { type: 'json' }
import { SAMPLE_OFFICERS } from '../../src/sample/officers.ts'
import { expect, test } from './harness/desk.ts'

const TITLES = { kk: kk.title, ru: ru.title, en: en.title }
const FILE_MENU: Record<'kk' | 'ru' | 'en', string> = { kk: 'Файл', ru: 'Файл', en: 'File' }
const GO_MENU: Record<'kk' | 'ru' | 'en', string> = { kk: 'Өту', ru: 'Переход', en: 'Go' }

for (const language of ['kk', 'ru', 'en'] as const) {
  test(`the desk opens in ${language}, with its menu bar in that language`, async ({ open }) => {
    const { app, page } = await open({ language })
    await expect(page.locator('html')).toHaveAttribute('lang', language)
    const menu = await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map((item) => item.label))
    expect(menu).toContain(FILE_MENU[language])
    expect(menu).toContain(GO_MENU[language])
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(TITLES[language])
    for (const { id } of SAMPLE_OFFICERS) await expect(page.locator(`[data-officer="${id}"]`)).toBeVisible()
  })
}

test('the window has no Node, reaches no network and opens no other page', async ({ open }) => {
  const { app, page } = await open()
  const found = await page.evaluate(async () => ({
    node:
      typeof (globalThis as Record<string, unknown>).require + typeof (globalThis as Record<string, unknown>).process,
    network: await fetch('https://example.org/').then(
      () => 'reached',
      () => 'refused',
    ),
    files: await fetch('file:///etc/hostname').then(
      () => 'reached',
      () => 'refused',
    ),
    opened: window.open('https://example.org/') !== null,
    outside: (await fetch('/%2e%2e/%2e%2e/package.json')).status,
  }))
  expect(found).toEqual({
    node: 'undefinedundefined',
    network: 'refused',
    files: 'refused',
    opened: false,
    outside: 404,
  })
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

test('scripts written into the page do not run', async ({ open }) => {
  const { page } = await open()
  const ran = await page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'document.title = "ran"'
    document.head.append(script)
    return document.title
  })
  expect(ran).not.toBe('ran')
})
