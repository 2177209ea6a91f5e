import { stat } from 'node:fs/promises'
import type { DrivenDesk } from '../drivenDesk.ts'
import type { Album } from './album.ts'
import { type Journal, told } from './journal.ts'
import { goTo, settled, tiles } from './places.ts'

export interface Imported {
  /** Batch as the registry and other desks know it. */
  batch: string
  /** One IMEI (14 digits) that the batch moved. */
  imei14: string
}

/** The importer's part: a customs file from choosing it to its commit, with every step of the wizard in the album. */
export async function importCustomsFile(
  { page, choose, saveAs }: DrivenDesk,
  files: { customs: string; rejects: string },
  album: Album,
  journal: Journal,
): Promise<Imported> {
  await choose(files.customs)
  await goTo(page, 'imports')
  await album.take(page, 'imports-empty')
  await journal.step('The customs file is opened and recognised', async () => {
    await page.getByTestId('import-file').click()
    await page.locator('[data-step="file"][data-busy="false"]').waitFor()
    await album.take(page, 'import-1-file')
    return told({ bytes: (await stat(files.customs)).size })
  })
  for (const step of ['header', 'map']) {
    await page.getByTestId('wizard-next').click()
    await page.locator(`[data-step="${step}"]`).waitFor()
    await album.take(page, `import-${step === 'header' ? 2 : 3}-${step}`)
  }
  await journal.step('Every row is checked and staged', async () => {
    await page.getByTestId('wizard-check').click()
    await page.locator('[data-step="fix"][data-busy="false"]').waitFor({ timeout: 120_000 })
    await settled(page)
    await album.take(page, 'import-4-problems')
    return told(await tiles(page))
  })
  await journal.step('Rejected rows are written for the sender, a reason beside each', async () => {
    await saveAs(files.rejects)
    await page.getByTestId('export-rejects').click()
    await page.locator('.mantine-Notification-root').first().waitFor()
    return told({ file: files.rejects, bytes: (await stat(files.rejects)).size })
  })
  const imei14 = await journal.step('The effect is shown before anything changes', async () => {
    await page.getByTestId('wizard-effect').click()
    await page.getByTestId('effect').waitFor()
    const moved = page
      .locator('table .tamga-imei')
      .filter({ hasText: /^\d{14}$/ })
      .first()
    await moved.waitFor()
    await settled(page)
    await album.take(page, 'import-5-effect')
    return { value: (await moved.innerText()).trim(), figures: await tiles(page) }
  })
  return journal.step('The batch is committed and comes back from the registry', async () => {
    await page.getByTestId('wizard-commit').click()
    await page.locator('[data-batch-state="committed"]').waitFor({ timeout: 120_000 })
    await settled(page)
    await album.take(page, 'batch-committed')
    const batch = new URL(page.url().replace('#/', '')).searchParams.get('batch')
    if (!batch) throw new Error(`the address names no batch: ${page.url()}`)
    return { value: { batch, imei14 }, figures: { batch } }
  })
}
