import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { DrivenDesk } from '../drivenDesk.ts'
import type { Album } from './album.ts'
import type { Journal } from './journal.ts'
import { told } from './journal.ts'
import { goTo, settled } from './places.ts'

/** The approver's part: the report in three formats, and an operator's block list with its manifest. */
export async function exportFiles(
  { page, choose, saveAs }: DrivenDesk,
  folder: string,
  album: Album,
  journal: Journal,
): Promise<void> {
  await goTo(page, 'reports')
  await album.take(page, 'reports')
  for (const format of ['xlsx', 'pdf', 'csv']) {
    await journal.step(`The block-list report is written as ${format}`, async () => {
      const file = join(folder, `blocklist.${format}`)
      await saveAs(file)
      await page.getByTestId(`report-${format}`).click()
      await page.waitForFunction(
        (id) => !document.querySelector<HTMLButtonElement>(`[data-testid="${id}"]`)?.disabled,
        `report-${format}`,
      )
      await page.locator('.mantine-Notification-root').last().waitFor()
      return told({ file, bytes: (await stat(file)).size })
    })
  }
  await journal.step("An operator's block list is written with its manifest", async () => {
    await choose(folder)
    await page.getByTestId('operator-file').click()
    const written = page.getByTestId('operator-written')
    await written.waitFor()
    await written.scrollIntoViewIfNeeded()
    await settled(page)
    await album.take(page, 'operator-file')
    return told({ written: (await written.locator('p').first().innerText()).replace(/\s+/g, ' ') })
  })
}
