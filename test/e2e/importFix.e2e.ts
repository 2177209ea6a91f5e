import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { goTo, signIn } from '../../scripts/tour/places.ts'
import { imei15Text } from '../../src/domain/imei.ts'
import { type Desk, expect, test } from './harness/desk.ts'
import { violations } from './harness/legible.ts'

const HEADER = ['№ ДТ', 'Дата ДТ', 'БИН', 'Импортер', 'Марка', 'Модель', 'IMEI 1', 'IMEI 2']
const imei = (serial: number): string => imei15Text(86_777_001_000_000 + serial)

/** A customs file of one sender: sound rows, two whose IMEIs were run together, one with three cells to correct by hand. */
function messyFile(folder: string, name: string, from: number, extra: string[][] = []): string {
  const row = (i: number, change: Record<number, string> = {}): string[] =>
    [
      '50505/101025/0001234',
      '10.10.2025',
      '250340000120',
      'ТОО «Образец»',
      'Xiaomi',
      'Redmi',
      imei(from + i),
      imei(from + 5000 + i),
    ].map((text, column) => change[column] ?? text)
  const rows = [
    ...Array.from({ length: 30 }, (_, i) => row(i)),
    row(40, { 6: imei(from + 40) + imei(from + 5040), 7: '' }),
    row(41, { 6: imei(from + 41) + imei(from + 5041), 7: '' }),
    row(42, { 1: 'вчера', 2: '12', 6: '1' }),
    row(43, { 4: 'XIAOMI' }),
    ...extra,
  ]
  const file = join(folder, name)
  writeFileSync(file, [HEADER, ...rows].map((cells) => cells.join(';')).join('\r\n'))
  return file
}

async function chooseFile(desk: Desk, file: string): Promise<void> {
  await desk.choose(file)
  await desk.page.getByTestId('import-file').click()
  await desk.page.locator('[data-step="file"][data-busy="false"]').waitFor()
}

const settled = (page: Page) => page.locator('[data-step="fix"][data-busy="false"]').waitFor()
const tile = (page: Page, name: string) => page.locator(`[data-tile="${name}"]`)

/** Puts text on the clipboard of the page's own paste event, as a spreadsheet program would. */
const paste = (page: Page, text: string) =>
  page.evaluate((plain) => {
    const data = new DataTransfer()
    data.setData('text/plain', plain)
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    )
  }, text)

test('an officer fixes all alike, merges names, pastes cells, undoes, and the sender’s next file is offered the same', async ({
  open,
}) => {
  const desk = await open()
  const { page } = desk
  await signIn(page, 'importer')
  await goTo(page, 'imports')
  await chooseFile(desk, messyFile(desk.home, 'kgd_1.csv', 100))
  await page.getByTestId('wizard-check').click()
  await settled(page)
  await expect(tile(page, 'accepted')).toContainText('31')
  await expect(tile(page, 'rejected')).toContainText('3')

  await page.locator('tr[data-code="imei-length"] [data-rule="split"]').click()
  await expect(page.getByText('2 cells in 2 rows would change.')).toBeVisible()
  await page.getByTestId('fix-apply').click()
  await expect(tile(page, 'accepted')).toContainText('33')
  await expect(page.getByTestId('fix-steps').locator('li')).toHaveCount(1)

  await page.getByTestId('fix-open-clusters').click()
  await page.getByLabel('Merge the spellings of Xiaomi').check()
  await page.getByTestId('fix-merge').click()
  await expect(page.getByTestId('fix-steps').locator('[data-step-kind="merge"]')).toBeVisible()

  const cell = (row: number, column: number) => page.locator(`.ag-row[row-id="${row}"] [col-id="c${column}"]`)
  await page.locator('tr[data-code="date-unreadable"] button[aria-pressed]').click()
  await cell(34, 1).click()
  await paste(page, '11.10.2025\t250340000120\r\n')
  await expect(page.getByTestId('fix-waiting')).toContainText('2 cells wait')
  for (let column = 1; column < 6; column++) await page.keyboard.press('ArrowRight')
  await page.keyboard.type(imei(999))
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('fix-waiting')).toContainText('3 cells wait')
  expect(await violations(page)).toEqual([])
  await page.getByTestId('fix-apply-edits').click()
  await expect(tile(page, 'accepted')).toContainText('34')
  await expect(tile(page, 'rejected')).toContainText('0')

  const edited = page.getByTestId('fix-steps').locator('[data-step-kind="edit"]')
  await edited.getByRole('button', { name: /^Undo: / }).click()
  await expect(tile(page, 'rejected')).toContainText('1')
  await expect(edited).toHaveCount(0)

  await page.getByTestId('wizard-effect').click()
  await page.getByTestId('wizard-commit').click()
  await expect(page.getByTestId('batch-steps')).toContainText('Separate IMEIs run together: IMEI 1')

  await goTo(page, 'imports')
  await chooseFile(desk, messyFile(desk.home, 'kgd_2.csv', 300))
  await expect(page.getByTestId('replay')).toContainText('Separate IMEIs run together: IMEI 1')
  await page.getByTestId('wizard-check').click()
  await settled(page)
  await expect(tile(page, 'accepted')).toContainText('33')
  await expect(page.getByTestId('fix-steps').locator('li')).toHaveCount(2)
  await page.getByTestId('wizard-cancel').click()
})

test('a sender the desk knows needs three clicks from the file to its effect', async ({ open }) => {
  const desk = await open()
  const { page } = desk
  await signIn(page, 'importer')
  await goTo(page, 'imports')
  await chooseFile(desk, messyFile(desk.home, 'first.csv', 20_000))
  await page.getByTestId('wizard-check').click()
  await settled(page)
  await page.getByTestId('wizard-effect').click()
  await page.getByTestId('wizard-commit').click()
  await page.locator('[data-batch-state]').waitFor()
  await goTo(page, 'imports')

  let clicks = 0
  const click = async (id: string) => {
    clicks++
    await page.getByTestId(id).click()
  }
  await desk.choose(messyFile(desk.home, 'second.csv', 30_000))
  await click('import-file')
  await page.locator('[data-step="file"][data-busy="false"]').waitFor()
  await expect(page.getByTestId('profile')).toContainText('customs customs')
  await click('wizard-check')
  await settled(page)
  await click('wizard-effect')
  await page.getByTestId('effect').waitFor()
  expect(clicks).toBeLessThanOrEqual(3)
  await page.getByTestId('wizard-cancel').click()
})
