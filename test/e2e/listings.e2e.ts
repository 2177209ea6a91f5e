import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { goTo, settled, signIn } from '../../scripts/tour/places.ts'
import { expect, test } from './harness/desk.ts'
import { violations } from './harness/legible.ts'

/** Types into the one box and asks. */
async function ask(page: Page, text: string): Promise<void> {
  await goTo(page, 'lookup')
  await page.locator('form textarea').first().fill(text)
  await page.keyboard.press('Enter')
}

/** Some IMEIs of the lists shown on the registry's screen. */
async function listed(page: Page): Promise<string[]> {
  await goTo(page, 'registry')
  await page.locator('table a.tamga-imei').first().waitFor()
  return page.locator('table a.tamga-imei').allInnerTexts()
}

test('one box takes a list, an IMEI with its dossier, a declaration, an importer and an appeal', async ({ open }) => {
  const { page, saveAs, home } = await open({ language: 'ru' })
  await signIn(page, 'auditor')
  const imeis = await listed(page)
  expect(await violations(page)).toEqual([])

  await ask(page, [...imeis.slice(0, 20), '86000'].join('\n'))
  await page.locator('[data-tile="all"]').waitFor()
  await expect(page.locator('[data-tile="all"]')).toContainText('21')
  await expect(page.locator('[data-tile="black"]')).toContainText('20')
  await page.locator('[data-tile="unusable"]').click()
  await expect(page.getByTestId('pasted-list').locator('tbody tr')).toHaveCount(1)
  expect(await violations(page)).toEqual([])
  await page.locator('[data-tile="black"]').click()
  const csv = join(home, 'list.csv')
  await saveAs(csv)
  await page.getByTestId('list-csv').click()
  await expect.poll(() => statSync(csv, { throwIfNoEntry: false })?.size ?? 0).toBeGreaterThan(500)
  expect(readFileSync(csv, 'utf8').trim().split('\n')).toHaveLength(21)

  await ask(page, imeis[0] ?? '')
  await page.getByTestId('explanation').waitFor()
  await expect(page.getByTestId('life').locator('tbody tr').first()).toBeVisible()
  expect(await violations(page)).toEqual([])
  const pdf = join(home, 'dossier.pdf')
  await saveAs(pdf)
  await page.getByTestId('print-dossier').press('Enter')
  await page.getByTestId('print-kk').press('Enter')
  await expect.poll(() => statSync(pdf, { throwIfNoEntry: false })?.size ?? 0).toBeGreaterThan(10_000)
  expect(readFileSync(pdf).subarray(0, 5).toString()).toBe('%PDF-')

  await ask(page, 'A-2026-118001')
  await expect(page.getByTestId('found-appeal')).toBeVisible()
  await ask(page, '250340000121')
  await expect(page.getByTestId('found-identity')).toBeVisible()
  expect(await violations(page)).toEqual([])
})

test('the lists are narrowed by any filter, kept as a view and written whole', async ({ open }) => {
  const { page, saveAs, home } = await open({ language: 'kk' })
  await signIn(page, 'auditor')
  await listed(page)
  await page.locator('[data-filter="operator"]').first().click()
  await page.getByRole('option').first().click()
  await settled(page)
  await page.getByTestId('view-save').click()
  await page.getByRole('dialog').locator('input').first().fill('Kcell, қара')
  await page.getByTestId('view-save-confirm').click()
  await expect(page.getByTestId('views')).toHaveValue('Kcell, қара')
  expect(await violations(page)).toEqual([])
  const file = join(home, 'black.csv')
  await saveAs(file)
  await page.getByTestId('export-csv').click()
  await expect.poll(() => statSync(file, { throwIfNoEntry: false })?.size ?? 0).toBeGreaterThan(500)
  const rows = readFileSync(file, 'utf8').trim().split('\n').slice(1)
  expect(new Set(rows.map((row) => row.split(',')[7])).size).toBe(1)
  await page.locator('label', { hasText: 'ақ' }).first().click()
  await page.locator('table a.tamga-imei').first().waitFor()
  expect(await violations(page)).toEqual([])
})

test('a changed policy is tried on desk and registry, and kept as a proposal', async ({ open }) => {
  const { page } = await open({ language: 'en' })
  await signIn(page, 'approver')
  await goTo(page, 'registry')
  for (const tab of ['notices', 'operators', 'clones', 'declared', 'policy']) {
    await page.getByTestId(tab).click()
    await settled(page)
    expect(await violations(page)).toEqual([])
  }
  await page.getByTestId('further-parameters').click()
  await page.locator('[data-parameter$=".moved"]').fill('2026-12-17:2026-12-19')
  await expect(page.getByTestId('policy-changed')).toContainText('1')
  expect(await violations(page)).toEqual([])
  await page.locator('[data-parameter$=".moved"]').fill('')
  await page.getByTestId('further-parameters').click()
  await expect(page.locator('[data-parameter$=".moved"]')).toHaveCount(0)
  await page.getByTestId('grace-days').fill('60')
  await page.getByTestId('simulate').click()
  await page.getByTestId('simulation').waitFor()
  const onDesk = await page.locator('[data-tile="moved"]').innerText()
  await page.locator('label', { hasText: 'the registry' }).click()
  await page.getByTestId('simulate').click()
  await expect(page.locator('[data-tile="moved"]')).toHaveText(onDesk.replace(/\n/g, ''))
  expect(await violations(page)).toEqual([])
  await page.getByTestId('policy-propose').click()
  await page.getByRole('dialog').locator('textarea').first().fill('Two months, as asked for by the operators')
  expect(await violations(page)).toEqual([])
  await page.getByTestId('policy-propose-confirm').click()
  const proposed = page.locator('[data-proposal="awaiting-signature"]', { hasText: 'as asked for by the operators' })
  await expect(proposed).toContainText('60')
})
