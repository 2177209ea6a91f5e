import { signIn } from '../../scripts/tour/places.ts'
import { expect, test } from './harness/desk.ts'

test('menu bar, keys and palette lead to the same rooms', async ({ open }) => {
  const desk = await open({ language: 'ru' })
  const { page } = desk
  await signIn(page, 'auditor')
  const here = page.locator('[data-room][aria-current="page"]')
  await desk.menu('go-lookup')
  await expect(here).toHaveAttribute('data-room', 'lookup')
  await page.keyboard.press('Control+Digit5')
  await expect(here).toHaveAttribute('data-room', 'reports')
  await desk.menu('palette')
  await page.getByRole('dialog').getByRole('textbox').fill('Настройки')
  await page.keyboard.press('Enter')
  await expect(here).toHaveAttribute('data-room', 'settings')
})

test('an officer can choose his language before he signs in, and it is remembered', async ({ open }) => {
  const first = await open({ language: null })
  await first.page.getByRole('radio', { name: 'Қазақша' }).click()
  await expect(first.page.locator('h1')).toHaveText('Кім жұмыс істейді?')
  await signIn(first.page, 'importer')
  await first.app.close()
  const second = await open({ home: first.home, language: null })
  await expect(second.page.locator('html')).toHaveAttribute('lang', 'kk')
  await expect(second.page.locator('h1')).toHaveText('Кім жұмыс істейді?')
})

test('single keys can be switched off; Ctrl stays', async ({ open }) => {
  const { page } = await open()
  await page.locator('[data-officer="reviewer"]').waitFor()
  await page.keyboard.press('Digit2')
  await page.getByTestId('default-action').waitFor()
  await page.keyboard.press('Control+Digit7')
  await page.getByRole('switch', { name: 'Single keys' }).click()
  await page.keyboard.press('F1')
  await expect(page.getByRole('dialog')).toContainText('Single keys are switched off')
})
