import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { goTo, settled, signIn, switchLanguage } from '../../scripts/tour/places.ts'
import { imei15Text } from '../../src/domain/imei.ts'
import { type Desk, expect, test } from './harness/desk.ts'
import { readScreen } from './harness/legible.ts'

const LANGUAGES = ['kk', 'ru', 'en'] as const
const imei = (serial: number): string => imei15Text(86_777_005_000_000 + serial)

/** Takes a list of IMEIs up to the effect it would have. */
async function stage(desk: Desk, kind: string, name: string, serials: readonly number[]): Promise<void> {
  const { page } = desk
  const file = join(desk.home, name)
  writeFileSync(file, ['IMEI;Дата', ...serials.map((serial) => `${imei(serial)};10.10.2025`)].join('\r\n'))
  await goTo(page, 'imports')
  await desk.choose(file)
  await page.getByTestId('import-file').click()
  await page.locator('[data-step="file"][data-busy="false"]').waitFor()
  await page.getByRole('combobox', { name: 'What the file brings' }).click()
  await page.getByRole('option', { name: kind, exact: true }).click()
  await page.locator('[data-step="file"][data-busy="false"]').waitFor()
  await page.getByTestId('wizard-check').click()
  await page.getByTestId('effect').waitFor()
  await settled(page)
}

/** Sends what was staged; answers the batch the registry made of it. */
async function commit({ page }: Desk): Promise<string> {
  await page.getByTestId('wizard-commit').click()
  await page.locator('[data-batch-state="awaiting-signature"]').waitFor()
  return new URL(page.url().replace('#/', '')).searchParams.get('batch') ?? ''
}

async function openBatch(page: Page, batch: string): Promise<void> {
  await goTo(page, 'imports')
  await page.locator(`tr[data-batch="${batch}"] a`).click()
  await page.locator('[data-batch-state]').waitFor()
  await settled(page)
}

async function signed(page: Page, batch: string): Promise<void> {
  await openBatch(page, batch)
  await page.getByTestId('sign').click()
}

test('facts that come in between are shown to who signs and to who commits; a withdrawn batch says what relied on it', async ({
  open,
}) => {
  test.slow()
  const found: Record<string, string[]> = {}
  const inAllLanguages = async (page: Page, name: string): Promise<void> => {
    for (const language of LANGUAGES) {
      await switchLanguage(page, language)
      found[`${name}-${language}`] = await readScreen(page, `changed-effect/${name}-${language}`)
    }
  }
  const first = await open()
  await signIn(first.page, 'importer')
  await stage(first, 'stolen devices', 'police.csv', [1, 2, 3])
  const stolen = await commit(first)
  await stage(first, 'GSMA list', 'gsma.csv', [2])
  const gsma = await commit(first)
  await stage(first, 'stolen devices', 'police_2.csv', [2, 4, 5])

  const second = await open()
  await signIn(second.page, 'approver')
  await signed(second.page, gsma)
  await second.page.locator('[data-batch-state="committed"]').waitFor()

  await signed(second.page, stolen)
  const anew = second.page.getByTestId('sign-anew')
  await expect(anew.locator('tbody tr').first()).toHaveText(/3\s*2$/)
  await inAllLanguages(second.page, 'sign')
  await expect(second.page.locator('[data-batch-state="awaiting-signature"]')).toBeVisible()
  await anew.getByRole('button', { name: 'Sign what it does now' }).click()
  await second.page.locator('[data-batch-state="committed"]').waitFor()
  await expect(anew).toHaveCount(0)

  await first.page.getByTestId('wizard-commit').click()
  const changed = first.page.getByTestId('changed-effect')
  await expect(changed).toContainText('1 IMEI moves otherwise into or out of black')
  await expect(changed.locator('.tamga-imei')).toHaveText([imei(2).slice(0, 14)])
  await inAllLanguages(first.page, 'commit')
  await commit(first)

  await openBatch(first.page, stolen)
  await first.page.getByTestId('undo').click()
  const dialog = first.page.getByRole('dialog')
  await dialog.locator('textarea').fill('Список прислан по ошибке (образец).')
  await dialog.getByTestId('undo-confirm').click()
  await expect(dialog).toHaveCount(0)
  await signed(second.page, stolen)
  await second.page.locator('[data-batch-state="undone"]').waitFor()
  await expect(second.page.getByText('No later decision or block run relied on it.')).toBeVisible()
  await expect(second.page.getByText('Список прислан по ошибке (образец).')).toBeVisible()
  await inAllLanguages(second.page, 'undone')
  expect(Object.entries(found).filter(([, faults]) => faults.length > 0)).toEqual([])
})
