import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { fileHostile } from '../../scripts/tour/hostilePapers.ts'
import { settled, signIn } from '../../scripts/tour/places.ts'
import { takenAt } from '../../src/engine/evidence/machine/takenAt.ts'
import { expect, sharedRegistry, test } from './harness/desk.ts'

const thumbnail = (page: Page, at: number) => page.getByRole('group', { name: 'Files' }).locator('button').nth(at)
const picture = (page: Page) => page.locator('section[aria-label="Evidence"] section img[draggable="false"]').first()
const trouble = (page: Page, code: string) => page.locator(`[data-problem="${code}"]`)

test('papers that are damaged, mislabelled or made to break whoever opens them leave the officer at work', async ({
  open,
}) => {
  test.slow()
  const id = await fileHostile(sharedRegistry(), 1)
  const { page, app, choose } = await open()
  const opened: string[] = []
  app.on('window', (window) => opened.push(window.url()))
  await signIn(page, 'reviewer')
  await page.evaluate((appeal) => {
    location.hash = `#/appeals/${appeal}`
  }, id)
  await page.locator(`section[data-appeal="${id}"]`).waitFor({ timeout: 60_000 })
  const look = async (at: number, file: string): Promise<void> => {
    await thumbnail(page, at).click()
    await expect(page.getByText(file, { exact: false }).first()).toBeVisible()
  }

  await look(0, 'screen.heic')
  await expect(picture(page)).toBeVisible()
  await expect(page.locator('[data-taken-at]')).toContainText('51.125')

  // by keyboard alone: the loupe is held over another place, and two papers are looked at side by side
  await page.keyboard.press('KeyZ')
  const loupe = page.getByRole('img', { name: 'Loupe (Z)' })
  const before = await loupe.boundingBox()
  await page.keyboard.press('ArrowRight')
  await expect.poll(async () => ((await loupe.boundingBox())?.x ?? 0) - (before?.x ?? 0)).toBe(40)
  await page.keyboard.press('KeyZ')
  await page.keyboard.press('KeyC')
  await expect(page.locator('section[aria-label="Evidence"] section img[data-contrast]')).toHaveCount(2)
  await page.keyboard.press('KeyC')

  await look(1, 'receipt.pdf')
  await expect(picture(page)).toBeVisible()
  await expect(page.locator('[data-named-as="application/pdf"]')).toContainText('the content is a JPEG picture')

  await look(2, 'broken.pdf')
  await expect(trouble(page, 'picture-unreadable')).toContainText('broken.pdf')
  await expect(trouble(page, 'picture-unreadable')).toContainText('ask the applicant')

  await look(3, 'scripts.pdf')
  await expect(picture(page)).toBeVisible()

  await look(4, 'pages.pdf')
  await expect(picture(page)).toBeVisible()
  await expect(page.getByText('page 1 of 10000')).toBeVisible()
  await page.keyboard.press('Period')
  await expect(page.getByText('page 2 of 10000')).toBeVisible()

  // looked at closely, the next page is seen at the same place, also after a turn
  const place = picture(page).locator('xpath=ancestor::section[1]')
  const seen = () =>
    place.evaluate((element) => {
      const { scrollLeft, scrollTop, scrollWidth, scrollHeight, clientWidth, clientHeight } = element
      const share = (at: number) => Math.round(at * 50) / 50
      return {
        x: share((scrollLeft + clientWidth / 2) / scrollWidth),
        y: share((scrollTop + clientHeight / 2) / scrollHeight),
      }
    })
  for (let more = 0; more < 6; more++) await page.keyboard.press('Equal')
  await expect.poll(seen).toEqual({ x: 0.5, y: 0.5 })
  // a hand that scrolls is seen by the desk before it presses the next key
  await place.evaluate(
    (element) =>
      new Promise<unknown>((heard) => {
        element.addEventListener('scroll', () => requestAnimationFrame(heard), { once: true })
        element.scrollTo(element.scrollWidth, element.scrollHeight * 0.45)
      }),
  )
  const close = await expect.poll(seen).not.toEqual({ x: 0.5, y: 0.5 }).then(seen)
  await page.keyboard.press('Period')
  await expect(page.getByText('page 3 of 10000')).toBeVisible()
  await expect.poll(seen).toEqual(close)
  for (let turn = 0; turn < 4; turn++) await page.keyboard.press('BracketRight')
  await expect.poll(seen).toEqual(close)
  await page.keyboard.press('KeyF')

  await look(5, 'bomb.png')
  await expect(trouble(page, 'picture-too-large')).toContainText('bomb.png')

  await look(6, 'large.png')
  await expect(picture(page)).toBeVisible({ timeout: 60_000 })

  await look(7, 'bomb.pdf')
  await expect(picture(page)).toBeVisible({ timeout: 60_000 })

  await look(8, 'endless.pdf')
  await expect(trouble(page, 'picture-too-slow')).toContainText('endless.pdf', { timeout: 60_000 })

  await look(9, 'scan.tif')
  await expect(picture(page)).toBeVisible({ timeout: 60_000 })

  await look(10, 'no-codec.heic')
  await expect(trouble(page, 'picture-unreadable')).toContainText('no-codec.heic', { timeout: 60_000 })

  // each PDF is drawn in a thread of its own; of those that have more to draw two stay open, all others have ended
  await expect.poll(() => page.workers().length).toBeLessThanOrEqual(2)

  // the desk is whole: nothing was opened, and the officer goes on by keyboard
  expect(opened).toEqual([])
  await page.getByTestId('take').click()
  await page.locator('section[data-mode="decide"]').waitFor()
  await settled(page)
  await page.keyboard.press('Digit1')
  await expect(page.locator('li[data-field="imei1"]')).toContainText('matches')

  const folder = mkdtempSync(join(tmpdir(), 'tamga-copies-'))
  await choose(folder)
  await page.getByTestId('save-papers').click()
  await page.getByTestId('save-copies').click()
  await expect(page.getByText('11 papers saved')).toBeVisible()
  const places = readdirSync(folder).map((name) => {
    const type = name === 'receipt.pdf' ? 'image/jpeg' : name.endsWith('heic') ? 'image/heic' : 'image/tiff'
    return takenAt(new Uint8Array(readFileSync(join(folder, name))), type)
  })
  expect(places).toEqual(Array.from({ length: 11 }, () => null))
  rmSync(folder, { recursive: true })
})
