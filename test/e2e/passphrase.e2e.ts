import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { goTo, signIn } from '../../scripts/tour/places.ts'
import { expect, test } from './harness/desk.ts'
import { readScreen } from './harness/legible.ts'

const FIRST = 'жеті рет өлшеп, бір рет кес'
const SECOND = 'семь раз отмерь, один раз отрежь'
const LANGUAGES = { kk: 'Қазақша', ru: 'Русский', en: 'English' }

test('a passphrase keeps the key of a desk without a keychain, is asked for at each start, and can be changed', async ({
  open,
}) => {
  test.slow()
  const { app, page, home, close } = await open({ practice: false, language: 'en' })
  const found: Record<string, string[]> = {}
  const unlock = page.getByTestId('unlock')
  for (const [language, name] of Object.entries(LANGUAGES)) {
    await page.getByText(name, { exact: true }).click()
    await expect(page.locator('html')).toHaveAttribute('lang', language)
    await page.getByTestId('passphrase').fill('too short')
    await page.getByTestId('passphrase-again').fill('another')
    await expect(unlock).toBeDisabled()
    found[`new ${language}`] = await readScreen(page, `passphrase/new-${language}`)
  }
  expect(existsSync(join(home, 'desk.db'))).toBe(false)
  await page.getByTestId('passphrase').fill(FIRST)
  await page.getByTestId('passphrase-again').fill(FIRST)
  const opened = app.waitForEvent('window')
  await page.getByTestId('passphrase-again').press('Enter')
  const desk = await opened
  await signIn(desk, 'reviewer')
  await goTo(desk, 'settings')
  await desk.getByTestId('passphrase-former').fill('not what it was')
  await desk.getByTestId('passphrase-next').fill(SECOND)
  await desk.getByTestId('passphrase-again').fill(SECOND)
  await desk.getByTestId('passphrase-change').click()
  await expect(desk.locator('[data-problem="passphrase-wrong"]')).toBeVisible()
  found.change = await readScreen(desk, 'passphrase/change')
  await desk.getByTestId('passphrase-former').fill(FIRST)
  await desk.getByTestId('passphrase-change').click()
  await expect(desk.locator('[data-problem="passphrase-wrong"]')).toBeHidden()
  await expect(desk.getByTestId('passphrase-next')).toHaveValue('')
  await close()

  const again = await open({ practice: false, language: 'kk', home })
  await again.page.getByTestId('passphrase').fill(FIRST)
  await again.page.getByTestId('unlock').click()
  await expect(again.page.locator('[data-problem="passphrase-wrong"]')).toBeVisible()
  found.wrong = await readScreen(again.page, 'passphrase/wrong-kk')
  await again.page.getByTestId('passphrase').fill(SECOND)
  const reopened = again.app.waitForEvent('window')
  await again.page.getByTestId('unlock').click()
  await signIn(await reopened, 'reviewer')
  expect(Object.entries(found).filter(([, faults]) => faults.length > 0)).toEqual([])
})
