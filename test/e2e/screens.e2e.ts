import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { ROOT } from '../../scripts/checkout.mjs'
import { goTo, goToAppeals, settled, signIn } from '../../scripts/tour/places.ts'
import { type Desk, expect, test } from './harness/desk.ts'
import { untranslated, violations } from './harness/legible.ts'

const LANGUAGES = ['kk', 'ru', 'en'] as const
type Language = (typeof LANGUAGES)[number]

/** The look that a language is also read in, on the screens that change most by it: reading each screen in each look takes too long. */
const FURTHER_LOOK = {
  kk: { name: 'forced', media: { colorScheme: 'dark', forcedColors: 'active' } },
  ru: { name: 'dark', media: { colorScheme: 'dark', forcedColors: 'none' } },
  en: null,
} as const
const ALSO_IN_FURTHER_LOOK = ['import-map', 'import-fix', 'undo', 'registry-policy', 'lookup']
const LIGHT = { colorScheme: 'light', forcedColors: 'none' } as const

const CUSTOMS_FILE = join(ROOT, 'resources', 'sample', 'customs_sample.xlsx')

/** Reads a screen as everybody must be able to: nothing untranslated, nothing that WCAG 2.2 AA forbids; leaves pictures. */
function reader(page: Page, language: Language) {
  const folder = join(ROOT, 'test-results', 'screens', language)
  mkdirSync(folder, { recursive: true })
  const further = FURTHER_LOOK[language]
  const found: Record<string, string[]> = {}
  let last = 0

  const picture = (name: string): Promise<Buffer> =>
    page.screenshot({
      path: join(folder, `${name}.png`),
      animations: 'disabled',
      style: '.mantine-Notifications-root { visibility: hidden }',
    })

  return {
    found,
    async read(name: string): Promise<void> {
      await settled(page)
      last += 1
      const numbered = `${String(last).padStart(2, '0')}-${name}`
      found[name] = [...(await untranslated(page)), ...(await violations(page))]
      await picture(numbered)
      if (!further || !ALSO_IN_FURTHER_LOOK.includes(name)) return
      await page.emulateMedia(further.media)
      found[`${name} ${further.name}`] = await violations(page)
      await picture(`${numbered}-${further.name}`)
      await page.emulateMedia(LIGHT)
    },
  }
}

type Read = (name: string) => Promise<void>

/** The importer's screens: the start, every step of the wizard, one batch and the question before it is withdrawn. */
async function importer({ page, choose }: Desk, read: Read): Promise<void> {
  await signIn(page, 'importer')
  await read('work-importer')
  await goTo(page, 'imports')
  await page.locator('tr[data-batch]').first().waitFor()
  await read('imports')
  await choose(CUSTOMS_FILE)
  await page.getByTestId('import-file').click()
  await page.locator('[data-step="file"][data-busy="false"]').waitFor()
  await read('import-file')
  for (const step of ['header', 'map']) {
    await page.getByTestId('wizard-next').click()
    await page.locator(`[data-step="${step}"]`).waitFor()
    await read(`import-${step}`)
  }
  await page.getByTestId('wizard-check').click()
  await page.locator('[data-step="fix"][data-busy="false"]').waitFor()
  await read('import-fix')
  await page.getByTestId('wizard-effect').click()
  await page.getByTestId('effect').waitFor()
  await read('import-effect')
  await page.getByTestId('wizard-cancel').click()
  await page.locator('tr[data-batch][data-state="committed"] a', { hasText: 'customs_' }).first().click()
  await page.getByTestId('undo').click()
  await page.getByRole('dialog').locator('[data-tile]').first().waitFor()
  await read('undo')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await read('batch')
}

/** Screens that every officer may open; the officer is an approver, so that signing and handing out are there. */
async function approver(page: Page, read: Read): Promise<void> {
  await signIn(page, 'approver')
  await read('work-approver')
  await goTo(page, 'registry')
  await page.locator('table a.tamga-imei').first().waitFor()
  await read('registry')
  const imei = await page.locator('table a.tamga-imei').first().innerText()
  await page.getByTestId('block-runs').click()
  await read('registry-runs')
  await page.getByTestId('policy').click()
  await read('registry-policy')
  await goTo(page, 'lookup')
  await read('lookup-empty')
  await page.locator('form textarea').first().fill(imei)
  await page.keyboard.press('Enter')
  await page.getByTestId('explanation').waitFor()
  await read('lookup')
  await goTo(page, 'reports')
  await read('reports')
  await goTo(page, 'audit')
  await page.locator('main button').first().click()
  await page.locator('[data-verified]').waitFor()
  await read('audit')
  await goTo(page, 'settings')
  await read('settings')
}

/** The reviewer's screens. */
async function reviewer(page: Page, read: Read): Promise<void> {
  await signIn(page, 'reviewer')
  await read('work-reviewer')
  await goToAppeals(page)
  await read('queue')
  await goTo(page, 'work')
  await page.getByTestId('default-action').press('Enter')
  await page.locator('li[data-field]').first().waitFor()
  await read('review')
}

/** Ends the officer's session; the window asks again who works. */
async function signOut(desk: Desk): Promise<void> {
  await desk.menu('sign-out')
  await desk.page.locator('[data-officer]').first().waitFor()
}

for (const language of LANGUAGES) {
  test(`every screen is whole and can be used by everybody, ${language}`, async ({ open }) => {
    test.slow()
    const desk = await open({ language })
    const { page } = desk
    await page.emulateMedia(LIGHT)
    const { read, found } = reader(page, language)
    await page.locator('[data-officer]').first().waitFor()
    await read('sign-in')
    await importer(desk, read)
    await signOut(desk)
    await approver(page, read)
    await signOut(desk)
    await reviewer(page, read)
    expect(Object.entries(found).filter(([, list]) => list.length > 0)).toEqual([])
    expect(Object.keys(found).length).toBeGreaterThanOrEqual(22)
  })
}
