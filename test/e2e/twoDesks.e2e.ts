import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { NODE24, ROOT } from '../../scripts/checkout.mjs'
import { openAlbum } from '../../scripts/tour/album.ts'
import { importCustomsFile } from '../../scripts/tour/importing.ts'
import { openJournal } from '../../scripts/tour/journal.ts'
import { goTo, signIn, switchLanguage } from '../../scripts/tour/places.ts'
import { expect, test } from './harness/desk.ts'

test('a batch committed on one desk is known on another, in the language of its officer', async ({ open }) => {
  const first = await open({ language: 'ru' })
  const files = { customs: join(first.home, 'customs.xlsx'), rejects: join(first.home, 'rejects.xlsx') }
  const sample = ['--rows', '300', '--seed', '21', '--format', 'xlsx', '--out', files.customs]
  await promisify(execFile)(NODE24, ['src/cli/sample.ts', ...sample], { cwd: ROOT })

  await signIn(first.page, 'importer')
  const { imei14 } = await importCustomsFile(first, files, openAlbum(first.home), openJournal())

  const second = await open({ language: 'kk' })
  await signIn(second.page, 'reviewer')
  await goTo(second.page, 'lookup')
  await second.page.locator('form textarea').first().fill(imei14)
  await second.page.keyboard.press('Enter')
  await expect(second.page.locator('[data-list]').first()).toHaveAttribute('data-list', 'white')
  await expect(second.page.locator('[data-list]').first()).toContainText('ақ')
})

test('the language is switched in the open window, with the menu bar', async ({ open }) => {
  const { app, page } = await open({ language: 'en' })
  await signIn(page, 'auditor')
  await switchLanguage(page, 'kk')
  await expect(page.locator('html')).toHaveAttribute('lang', 'kk')
  await expect(page.locator('[data-room="imports"]')).toContainText('Импорт')
  await expect
    .poll(() => app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map((item) => item.label)))
    .toContain('Көрініс')
})
