import { signIn, switchLanguage } from '../../scripts/tour/places.ts'
import { judgeAll, mode, openFitting, receivedAppeals, showAppeal } from './harness/appeals.ts'
import { expect, test } from './harness/desk.ts'
import { untranslated, violations } from './harness/legible.ts'

test('a term is prolonged to the day that was typed; what is no day says so and nothing is sent', async ({ open }) => {
  const { page } = await open()
  // as small as officers' screens are
  await page.setViewportSize({ width: 1280, height: 720 })
  await signIn(page, 'reviewer')
  await openFitting(page, (await receivedAppeals(page)).toReversed())
  await page.keyboard.press('Control+Enter')
  await page.locator('section[data-mode="decide"][data-claiming="false"]').waitFor()
  const held = page.locator('section[data-appeal]').getByTestId('held')
  for (const language of ['kk', 'ru', 'en']) {
    await switchLanguage(page, language)
    // until when it is his is told whole
    await expect(held).toContainText(/\d\d:\d\d/)
    expect(await held.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBeLessThanOrEqual(0)
  }

  await page.getByTestId('acts').click()
  await page.getByRole('menuitem', { name: 'Prolong' }).click()
  const dialog = page.getByRole('dialog').filter({ has: page.locator('textarea') })
  const day = dialog.locator('input').first()
  const longest = await day.inputValue()
  const year = longest.slice(-4)
  await dialog.locator('textarea').fill('Ждём ответа пограничной службы (образец).')
  await day.click()
  await page.locator('[data-dates-dropdown]').waitFor()
  await page.keyboard.press('Escape')
  await expect(page.locator('[data-dates-dropdown]')).toHaveCount(0)
  await expect(dialog.locator('textarea')).toHaveValue('Ждём ответа пограничной службы (образец).')

  for (const none of [`31.02.${year}`, `31.12.${Number(year) + 1}`]) {
    await day.fill(none)
    await day.press('Enter')
    await expect(dialog.getByText('There is no such day')).toBeVisible()
    await day.press('Tab')
    await expect(day).toHaveValue('')
    await expect(page.getByTestId('act-submit')).toBeDisabled()
  }
  expect([...(await untranslated(page)), ...(await violations(page))]).toEqual([])
  await day.fill(longest.replaceAll('.', '/'))
  await expect(dialog.getByText('There is no such day')).toHaveCount(0)
  await day.press('Enter')
  await expect(dialog).toHaveCount(0)
  await expect(page.getByText(/: term prolonged/)).toBeVisible()
  await expect(mode(page, 'decide')).toBeVisible()
  // it cannot be longer than that
  await page.getByTestId('acts').click()
  await expect(page.getByRole('menuitem', { name: 'Hand over' })).toBeVisible()
  await expect(page.getByRole('menuitem', { name: 'Prolong' })).toHaveCount(0)
})

test('an officer whose time ran out while he read goes on where he is: what he does takes the appeal again', async ({
  open,
}) => {
  const { page } = await open()
  await signIn(page, 'reviewer')
  const contradicted = page.locator('li[data-mandatory="true"] [data-result="contradict"]')
  const id = await openFitting(
    page,
    (await receivedAppeals(page)).toReversed(),
    async () => !(await contradicted.count()),
  )
  await page.keyboard.press('Control+Enter')
  await page.locator('section[data-mode="decide"][data-claiming="false"]').waitFor()
  const held = page.locator('section[data-appeal]').getByTestId('held')
  await expect(held).toContainText('yours until')
  // for this window an hour passes
  await page.evaluate(() => {
    const { now } = Date
    Date.now = () => now() + 3_600_000
  })
  await expect(held).toContainText('your time ran out', { timeout: 40_000 })
  await page.getByRole('button', { name: 'Timeline' }).click()
  const taken = page.getByRole('dialog').getByText('taken', { exact: true })
  await expect(taken).toHaveCount(1)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('Digit1')
  await page.getByRole('button', { name: 'Timeline' }).click()
  await expect(taken).toHaveCount(2)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('F6')
  await judgeAll(page)
  await page.keyboard.press('KeyA')
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => page.locator('section[data-appeal]').getAttribute('data-appeal')).not.toBe(id)
  await showAppeal(page, id)
  // neither changed by another nor refused
  await expect(mode(page, 'read')).toBeVisible({ timeout: 40_000 })
  await expect(page.getByTestId('conflict')).toHaveCount(0)
})
