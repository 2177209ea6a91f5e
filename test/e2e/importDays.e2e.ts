import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { goTo, signIn } from '../../scripts/tour/places.ts'
import { imei15Text } from '../../src/domain/imei.ts'
import { zipOf } from '../sheet/handmade.ts'
import { expect, test } from './harness/desk.ts'

/** A day of an operator's network, with a row for each of some devices. */
const day = (date: string, from: number): string =>
  [
    'date,imei,imsi,msisdn,rat',
    ...Array.from({ length: 5 }, (_, i) => {
      const imei = imei15Text(86_777_002_000_000 + from + i).slice(0, 14)
      return `${date},${imei}0,401015203237518,77010000001,LTE`
    }),
  ].join('\n')

test('an archive of daily dumps is queued in one click, each day an import of its own', async ({ open }) => {
  const desk = await open()
  const { page } = desk
  await signIn(page, 'importer')
  await goTo(page, 'imports')
  const file = join(desk.home, 'november.zip')
  const days = ['20251101', '20251102', '20251103']
  writeFileSync(file, zipOf(days.map((date, i) => ({ name: `kcell_${date}.csv`, data: day(date, i * 10) }))))

  await desk.choose(file)
  await page.getByTestId('import-file').click()
  await page.locator('[data-step="file"][data-busy="false"]').waitFor()
  await expect(page.getByTestId('wizard-check-each')).toContainText('3')
  await page.getByTestId('wizard-check-each').click()
  await expect(page.locator('tr[data-staged]')).toHaveCount(3, { timeout: 60_000 })
  await expect(page.getByTestId('import-queue')).toHaveCount(0)
})

test('the columns show how a cell with several IMEIs will be read', async ({ open }) => {
  const desk = await open()
  const { page } = desk
  await signIn(page, 'importer')
  await goTo(page, 'imports')
  const file = join(desk.home, 'several.csv')
  const imeis = [1, 2].map((n) => imei15Text(86_777_003_000_000 + n))
  writeFileSync(file, `№ ДТ;Дата ДТ;БИН;IMEI\n50505/101025/0001234;10.10.2025;250340000120;${imeis.join(', ')}\n`)
  await desk.choose(file)
  await page.getByTestId('import-file').click()
  await page.locator('[data-step="file"][data-busy="false"]').waitFor()
  await page.getByTestId('wizard-next').click()
  await page.getByTestId('wizard-next').click()
  await expect(page.getByTestId('map-split')).toContainText(imeis.join(' | '))
  await page.getByTestId('wizard-cancel').click()
})
