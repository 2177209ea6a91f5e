import { goTo, signIn, switchLanguage } from '../../scripts/tour/places.ts'
import { approvedAppeal, showAppeal } from './harness/appeals.ts'
import { expect, test } from './harness/desk.ts'
import { readScreen } from './harness/legible.ts'

const LANGUAGES = ['kk', 'ru', 'en'] as const

test('an approval found wrong ends by two officers who see what follows, and is decided anew', async ({ open }) => {
  test.slow()
  const first = (await open()).page
  await signIn(first, 'reviewer')
  const id = await approvedAppeal(first)
  // what was settled has no days left, and is not overdue
  await expect(first.locator(`tr[data-appeal="${id}"] [data-urgency]`)).toHaveCount(0)
  await showAppeal(first, id)
  await expect(first.locator('section[data-appeal] [data-urgency]')).toHaveCount(0)
  await first.getByTestId('acts').click()
  await first.getByRole('menuitem', { name: 'Withdraw the approval' }).click()
  const dialog = first.getByRole('dialog')
  await expect(dialog.getByTestId('revocation-effect').locator('li').first()).toContainText('white')
  await expect(first.getByTestId('act-submit')).toBeDisabled()
  const reasons = dialog.getByRole('combobox', { name: 'Reasons' })
  await reasons.press('ArrowDown')
  await reasons.press('Enter')
  await expect(dialog.getByText(/^R01/).first()).toBeVisible()
  await reasons.press('Tab')
  await dialog.locator('textarea').fill('Чек выдан на другое устройство (образец).')
  const found: Record<string, string[]> = { dialog: await readScreen(first, 'revocation/dialog-en') }
  await first.getByTestId('act-submit').click()
  await expect(first.getByTestId('revocation')).toContainText('Waits for a second officer')

  const second = (await open()).page
  await signIn(second, 'approver')
  await goTo(second, 'work')
  await expect(second.locator(`a[href*="${id}"]`).first()).toBeVisible()
  await showAppeal(second, id)
  for (const language of LANGUAGES) {
    await switchLanguage(second, language)
    await expect(second.getByTestId('sign-revocation')).toBeEnabled()
    found[language] = await readScreen(second, `revocation/sign-${language}`)
  }
  await second.getByTestId('sign-revocation').click()
  await expect(second.getByTestId('revocation')).toHaveCount(0)
  await expect(second.locator('section[data-appeal]')).toContainText('received')
  await expect(second.locator('section[data-appeal] [data-list]').first()).not.toHaveAttribute('data-list', 'white')
  expect(Object.entries(found).filter(([, list]) => list.length > 0)).toEqual([])
})
