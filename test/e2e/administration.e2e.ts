import { goTo, settled, signIn, switchLanguage } from '../../scripts/tour/places.ts'
import { expect, test } from './harness/desk.ts'
import { readScreen } from './harness/legible.ts'

const LANGUAGES = ['kk', 'ru', 'en'] as const
const ROLE = { kk: 'аудитор', ru: 'аудитор', en: 'auditor' } as const

test('an admin enters an officer, changes his role and ends a desk; another desk lets the officer in as that', async ({
  open,
}) => {
  test.slow()
  const { page } = await open({ language: 'en' })
  await signIn(page, 'admin')
  await goTo(page, 'settings')
  const entered = (id: string) => page.locator(`tr[data-entered="${id}"]`)
  await expect(entered('reviewer')).toBeVisible()
  await expect(entered('admin').getByRole('button')).toHaveCount(0)
  await expect(page.getByTestId('officer-set')).toBeDisabled()

  await page.getByTestId('officer-id').fill('a.sample')
  await page.getByTestId('officer-name').fill('Сәуле Үлгі (sample)')
  await page.getByTestId('officer-role').click()
  await page.getByRole('option', { name: 'reviewer' }).click()
  await page.getByTestId('officer-name').press('Enter')
  await expect(entered('a.sample')).toContainText('reviewer')

  const found: Record<string, string[]> = {}
  for (const language of LANGUAGES) {
    await switchLanguage(page, language)
    await entered('a.sample').getByRole('button').click()
    await expect(page.getByTestId('officer-id')).toHaveValue('a.sample')
    await expect(page.getByTestId('officer-name')).toBeFocused()
    found[language] = await readScreen(page, `administration/officers-${language}`)
  }
  await page.getByTestId('officer-role').click()
  await page.getByRole('option', { name: ROLE.en }).click()
  await page.getByTestId('officer-set').click()
  await expect(entered('a.sample')).toContainText(ROLE.en)

  const other = await open({ language: 'ru' })
  await other.page.locator('[data-officer="a.sample"]').click()
  await expect(other.page.locator('footer')).toContainText(ROLE.ru)
  // who only reads has no such panels
  await goTo(other.page, 'settings')
  await expect(other.page.getByTestId('officer-set')).toHaveCount(0)
  await expect(other.page.getByTestId('desk-allow')).toHaveCount(0)

  await page.getByTestId('desk-name').fill('Алматы 7')
  await page.getByTestId('desk-allow').click()
  await expect(page.getByTestId('desk-code')).toContainText('Алматы 7')
  expect(Object.entries(found).filter(([, list]) => list.length > 0)).toEqual([])
})

test('a supervisor sees who did how much in three languages', async ({ open }) => {
  const { page } = await open({ language: 'kk' })
  await signIn(page, 'admin')
  const found: Record<string, string[]> = {}
  for (const language of LANGUAGES) {
    await switchLanguage(page, language)
    await page.evaluate(() => {
      location.hash = '#/appeals/supervision'
    })
    await page.locator('[data-tile="overdue"]').waitFor()
    await settled(page)
    found[language] = await readScreen(page, `administration/supervision-${language}`)
  }
  expect(Object.entries(found).filter(([, list]) => list.length > 0)).toEqual([])
})
