import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { ROOT } from '../../scripts/checkout.mjs'
import { goTo, settled, signIn, switchLanguage } from '../../scripts/tour/places.ts'
import { TcpProxy } from '../sync/faults/tcpProxy.ts'
import { judgeAll, mode, openFitting, receivedAppeals, showAppeal } from './harness/appeals.ts'
import { expect, sharedRegistry, test } from './harness/desk.ts'
import { untranslated, violations } from './harness/legible.ts'

const PICTURES = join(ROOT, 'test-results', 'collision')
const picture = (page: Page, name: string) =>
  page.screenshot({ path: join(PICTURES, `${name}.png`), animations: 'disabled' })

test('two officers collide on one appeal while one has no network: he who comes late sees mine, theirs and what both began with, and keeps his draft', async ({
  open,
}) => {
  test.slow()
  mkdirSync(PICTURES, { recursive: true })
  const line = await TcpProxy.before(Number(new URL(sharedRegistry()).port))
  const near = (await open({ language: 'en' })).page
  const far = (await open({ language: 'kk', registry: line.url })).page
  await signIn(near, 'reviewer')
  await signIn(far, 'reviewer2')
  // what other tests come to last: its term is the furthest away
  const id = await openFitting(near, (await receivedAppeals(near)).toReversed())
  await showAppeal(far, id)
  await mode(far, 'take').waitFor()

  line.set('down')
  await expect(far.locator('footer [data-link="offline"]')).toBeVisible({ timeout: 60_000 })
  await picture(far, '0-offline')
  await far.getByTestId('take').click()
  await mode(far, 'decide').waitFor({ timeout: 90_000 })
  await settled(far)
  for (const key of ['Digit1', 'Digit2', 'KeyR']) await far.keyboard.press(key)
  await far.keyboard.press('Enter')
  await far.locator('textarea').first().fill('Құжаттардағы күндер сәйкес емес')
  await expect(far.locator('footer a[href*="outbox"]')).toContainText('1')
  await picture(far, '1-offline-claim')

  await near.keyboard.press('Control+Enter')
  await mode(near, 'decide').waitFor()
  await settled(near)
  await judgeAll(near)
  for (const key of ['KeyA', 'Control+Enter']) await near.keyboard.press(key)
  await expect.poll(() => near.locator('section[data-appeal]').getAttribute('data-appeal')).not.toBe(id)
  await showAppeal(near, id)
  // the decision is held for some seconds before it leaves
  await expect(mode(near, 'read')).toBeVisible({ timeout: 60_000 })
  await picture(near, '2-decided')

  line.set('clear')
  const conflict = far.getByTestId('conflict')
  await expect(conflict).toBeVisible({ timeout: 90_000 })
  const found: string[] = []
  for (const language of ['ru', 'en', 'kk']) {
    await switchLanguage(far, language)
    // theirs, what both began with, mine
    await expect(conflict.locator('h3')).toHaveCount(3)
    await expect(conflict).toContainText('Құжаттардағы күндер сәйкес емес')
    // marks on a paper carry their names beside them
    found.push(...(await untranslated(far)), ...(await violations(far)))
    await picture(far, `3-conflict-${language}`)
  }
  expect(found).toEqual([])

  await goTo(far, 'settings')
  await expect(far.locator('#outbox [data-refused="claim-appeal"]')).toBeVisible()
  await picture(far, '4-needs-attention')
  await showAppeal(far, id)
  await expect(conflict).toContainText('Құжаттардағы күндер сәйкес емес')
  await conflict.getByRole('button').click()
  await expect(conflict).toHaveCount(0)
  await line.close()
})

test('two windows on one registry follow each other', async ({ open }) => {
  mkdirSync(PICTURES, { recursive: true })
  const first = (await open({ language: 'ru' })).page
  const second = (await open({ language: 'kk' })).page
  await signIn(first, 'approver2')
  await signIn(second, 'auditor')
  await goTo(second, 'registry')
  await second.getByTestId('block-runs').click()
  await second.locator('tr[data-run]').first().waitFor()
  const before = await second.locator('tr[data-run]').count()
  await goTo(first, 'registry')
  await first.locator('label', { hasText: 'серый' }).first().click()
  await first.locator('[data-filter="operator"]').first().click()
  await first.getByRole('option').first().click()
  await settled(first)
  await first.getByTestId('block-matching').click()
  await expect(first.getByTestId('run-where')).toContainText('Оператор')
  await first.locator('[data-tile="block"]').waitFor()
  await picture(first, '5-propose-matching')
  await first.getByTestId('run-propose-confirm').click()
  await expect(first.getByTestId('run-part')).toContainText('Оператор')
  await expect(second.locator('tr[data-run]')).toHaveCount(before + 1)
  await expect(second.locator('tr[data-run] [data-partial]').first()).toBeVisible()
  await picture(first, '6-run')
  await picture(second, '7-run-on-the-other-desk')
  await first.getByTestId('run-decline').click()
  await first.getByRole('dialog').locator('textarea').first().fill('Только показано')
  await first.getByRole('dialog').locator('button').last().click()
  await expect(first.locator('[data-run-state]')).toHaveAttribute('data-run-state', 'declined')
  expect(await violations(first)).toEqual([])
})
