// Walks the main job on the real window by itself: import, commit, look up, review, decide, export, and the second desk. Prints each
// step with its figures; the files and a picture of every screen are left in ./tour/.
import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { NODE24, ROOT } from './checkout.mjs'
import { type DrivenDesk, openDrivenDesk } from './drivenDesk.ts'
import { startRegistry } from './practice.mjs'
import { type Album, openAlbum } from './tour/album.ts'
import { exportFiles } from './tour/exporting.ts'
import { importCustomsFile } from './tour/importing.ts'
import { openJournal, told } from './tour/journal.ts'
import { goTo, goToAppeals, ROOMS, settled, signIn, switchLanguage } from './tour/places.ts'
import { reviewAppeals } from './tour/reviewing.ts'
import { secondDesk } from './tour/secondDesk.ts'

const ROWS = 5_000
const LANGUAGES = ['kk', 'ru', 'en'] as const
const { values } = parseArgs({ options: { language: { type: 'string' } }, strict: false })
const language = LANGUAGES.find((name) => name === values.language) ?? 'ru'

const folder = join(ROOT, 'tour')
rmSync(folder, { recursive: true, force: true })
const album = openAlbum(folder)
// not the system's temporary folder: as root, PostgreSQL runs as another user and must reach its data
const work = mkdtempSync(join('/var/tmp', 'tamga-tour-'))
chmodSync(work, 0o755)
const files = { customs: join(folder, 'customs.xlsx'), rejects: join(folder, 'rejected-rows.xlsx') }
const journal = openJournal()
const closing: (() => Promise<void>)[] = []
let pictures = 0

/** Every room, the appeals and one of them, as the officer who is signed in sees them. */
async function takeRooms(page: DrivenDesk['page'], into: Album): Promise<void> {
  for (const room of ROOMS) {
    await goTo(page, room)
    await into.take(page, room)
  }
  await goToAppeals(page)
  await into.take(page, 'appeals')
  await page.locator('a[href*="#/appeals/A"]').first().click()
  await page.locator('li[data-field]').first().waitFor()
  await settled(page)
  await into.take(page, 'review')
}

async function walk(): Promise<void> {
  await journal.step('A customs file is made, with valid and damaged rows', async () => {
    const sample = ['--rows', String(ROWS), '--known', '120', '--seed', '7', '--format', 'xlsx', '--out', files.customs]
    await promisify(execFile)(NODE24, ['src/cli/sample.ts', ...sample], { cwd: ROOT })
    return told({ rows: ROWS })
  })
  const registry = await journal.step('The registry serves, filled with sample data', async () => {
    const started = await startRegistry({ data: join(work, 'registry') })
    closing.push(started.stop)
    return { value: started, figures: { address: started.url } }
  })
  const desk = await journal.step('The desk opens and knows its officers', async () => {
    const opened = await openDrivenDesk({ home: join(work, 'desk'), language, registry: registry.url })
    closing.push(opened.close)
    await opened.page.locator('[data-officer]').first().waitFor({ timeout: 60_000 })
    await album.take(opened.page, 'sign-in')
    return { value: opened, figures: { officers: await opened.page.locator('[data-officer]').count() } }
  })
  const { page } = desk

  await signIn(page, 'importer')
  await album.take(page, 'work-importer')
  const imported = await importCustomsFile(desk, files, album, journal)
  await journal.step('An IMEI of the file explains its list', async () => {
    await goTo(page, 'lookup')
    await page.locator('form textarea').first().fill(imported.imei14)
    await page.keyboard.press('Enter')
    await page.locator('[data-list]').first().waitFor()
    await settled(page)
    await album.take(page, 'lookup')
    return told({
      imei: imported.imei14,
      list: (await page.locator('[data-list]').first().getAttribute('data-list')) ?? '',
    })
  })

  await desk.menu('sign-out')
  await signIn(page, 'reviewer')
  await album.take(page, 'work-reviewer')
  const reviewed = await reviewAppeals(page, album, journal)

  await desk.menu('sign-out')
  await signIn(page, 'approver')
  await album.take(page, 'work-approver')
  await exportFiles(desk, folder, album, journal)
  await desk.menu('sync-now')
  for (const shown of LANGUAGES) {
    await journal.step(`Every room in ${shown}`, async () => {
      await goTo(page, 'work')
      await switchLanguage(page, shown)
      const rooms = openAlbum(join(folder, shown))
      await takeRooms(page, rooms)
      pictures += rooms.pictures
      return told({ pictures: rooms.pictures })
    })
  }

  await journal.step("A second desk has the first one's batch, listing and decision", async () => {
    const second = secondDesk(join(work, 'second'), registry.url)
    const batches = (await second('batches')) as { batch: string; state: string }[]
    const [listing] = (await second('lookup', imported.imei14)) as { list: string }[]
    const appeal = (await second('appeal', reviewed.approved)) as { state: string }
    const batch = batches.find(({ batch }) => batch === imported.batch)
    if (batch?.state !== 'committed') throw new Error('the second desk does not have the batch')
    return told({
      batch: batch.state,
      [imported.imei14]: listing?.list ?? '',
      [reviewed.approved]: appeal.state,
    })
  })
  pictures += album.pictures
  console.log(`\n${journal.steps} steps; ${pictures} pictures and the files are in tour/`)
}

try {
  await walk()
} catch (error) {
  console.error(
    `The tour stopped after step ${journal.steps}: ${error instanceof Error ? error.message : String(error)}`,
  )
  process.exitCode = 1
} finally {
  for (const close of closing.reverse()) await close()
  rmSync(work, { recursive: true, force: true })
}
