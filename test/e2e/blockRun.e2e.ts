import type { Page } from '@playwright/test'
import { goTo, settled, signIn } from '../../scripts/tour/places.ts'
import { expect, test } from './harness/desk.ts'
import { violations } from './harness/legible.ts'

/** Name of the officer who signs first, as people read it. */
const APPROVER = 'Сынақбаева Гүлнар Маратқызы'

/** Opens the run that waits, from the work screen. */
async function openWaiting(page: Page): Promise<void> {
  await goTo(page, 'work')
  await page.locator('a[href*="run="]').first().click()
  await page.locator('[data-run-state]').waitFor()
}

test('a block run goes from desk to desk: a reviewer proposes, one approver signs, another declines', async ({
  open,
}) => {
  const reviewer = (await open({ language: 'kk' })).page
  await signIn(reviewer, 'reviewer')
  await goTo(reviewer, 'registry')
  await reviewer.getByTestId('block-runs').click()
  await reviewer.getByTestId('run-propose').click()
  await reviewer.locator('[data-tile="block"]').waitFor()
  expect(await violations(reviewer)).toEqual([])
  await reviewer.getByTestId('run-propose-confirm').click()
  const state = (page: Page) => expect(page.locator('[data-run-state]'))
  await state(reviewer).toHaveAttribute('data-run-state', 'awaiting-signature')
  await expect(reviewer.getByTestId('run-sign')).toHaveCount(0)
  await reviewer.locator('[data-tile="held"]').click()
  await settled(reviewer)
  await expect(reviewer.locator('a[href*="#/appeals/A"]').first()).toBeVisible()
  expect(await violations(reviewer)).toEqual([])

  const approver = (await open({ language: 'ru' })).page
  await signIn(approver, 'approver')
  await openWaiting(approver)
  await approver.getByTestId('run-sign').click()
  await expect(approver.getByTestId('run-sign')).toHaveCount(0)
  await state(approver).toHaveAttribute('data-run-state', 'awaiting-signature')
  await state(approver).toContainText(APPROVER)

  const approver2 = (await open({ language: 'en' })).page
  await signIn(approver2, 'approver2')
  await openWaiting(approver2)
  await expect(approver2.getByTestId('run-sign')).toBeVisible()
  await approver2.getByTestId('run-decline').click()
  const dialog = approver2.getByRole('dialog')
  await dialog.locator('textarea').first().fill('The warnings were not delivered')
  await dialog.getByRole('button', { name: 'Decline' }).click()
  await state(approver2).toHaveAttribute('data-run-state', 'declined')
  await state(approver2).toContainText('The warnings were not delivered')
  await state(reviewer).toHaveAttribute('data-run-state', 'declined')
})

test('a change of the policy is tried in a form before anybody signs it', async ({ open }) => {
  const { page } = await open({ language: 'kk' })
  await signIn(page, 'auditor')
  await goTo(page, 'registry')
  await page.getByTestId('policy').click()
  await settled(page)
  await expect(page.getByTestId('simulate')).toBeDisabled()
  await page.getByTestId('grace-days').fill('60')
  await page.getByTestId('simulate').click()
  await expect(page.locator('[data-simulated="grey"]').first()).toBeVisible()
  expect(await violations(page)).toEqual([])
})
