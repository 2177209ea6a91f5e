import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { goTo, settled, signIn } from '../../scripts/tour/places.ts'
import { expect, test } from './harness/desk.ts'
import { violations } from './harness/legible.ts'

/** Whoever wants to look at the screens names a folder. */
const picture = async (page: Page, name: string): Promise<void> => {
  const folder = process.env.TAMGA_PICTURES
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: false })
}

/** What the window calls a month: Chromium has no Kazakh names of its own. */
const MONTHS = {
  kk: {
    by: 'айы',
    one: /(қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан|қараша|желтоқсан)\s20\d\d/,
  },
  ru: { by: 'месяц', one: /(январь|февраль|март|апрель|май|июнь|июль|август|сентябрь|октябрь|ноябрь|декабрь)\s20\d\d/ },
  en: { by: 'month', one: /[A-Z][a-z]+\s20\d\d/ },
} as const

for (const language of ['kk', 'ru', 'en'] as const)
  test(`a supervisor watches the dashboard and puts a report together (${language})`, async ({ open }) => {
    const { page } = await open({ language })
    await page.setViewportSize({ width: 1500, height: 1000 })
    const refused: string[] = []
    page.on('console', (message) => {
      if (/Content Security Policy/i.test(message.text())) refused.push(message.text())
    })
    await signIn(page, 'approver')
    const board = page.getByTestId('dashboard')
    await expect(board.locator('[data-drawn]')).toHaveCount(3)
    await board.scrollIntoViewIfNeeded()
    await settled(page)
    await picture(page, `dashboard-${language}`)
    expect(await violations(page)).toEqual([])

    await board.locator('a[href*="report=lists"]').click()
    await expect(page.locator('figure [data-drawn]')).toBeVisible()
    await goTo(page, 'work')
    await goTo(page, 'reports')
    const chart = page.locator('figure [role="img"]')
    await expect(chart).toHaveAttribute('data-drawn', /\d/)
    await picture(page, `reports-${language}`)
    expect(await violations(page)).toEqual([])

    // the same figures as a table, with the months of the language
    await page.getByTestId('report-by').click()
    await page.getByRole('option', { name: MONTHS[language].by, exact: true }).click()
    await expect(page.locator('tr[data-group]').first()).toContainText(MONTHS[language].one)
    await page.locator('figure button').click()
    await expect(page.locator('figure table')).toContainText(MONTHS[language].one)
    await picture(page, `reports-table-${language}`)
    expect(await violations(page)).toEqual([])
    expect(refused).toEqual([])
  })

test('a day of a dashboard’s chart leads to what lies behind it, by pointer and by keyboard', async ({ open }) => {
  const { page } = await open({ language: 'ru' })
  await signIn(page, 'approver')
  const charts = page.getByTestId('dashboard').locator('figure')
  await expect(charts.locator('[data-drawn]:not([data-drawn="0"])')).toHaveCount(3)
  await charts.nth(0).locator('[role="img"]').click()
  await expect(page).toHaveURL(/report=inflow/)
  await goTo(page, 'work')
  await charts.nth(1).locator('button').click()
  await charts.nth(1).locator('tbody button').nth(3).focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/registry.*deadlineFrom/)
  await expect(page.getByRole('grid').or(page.getByRole('table')).first()).toBeVisible()
  await picture(page, 'deadline-rows-ru')
  await goTo(page, 'work')
  await charts.nth(2).locator('[role="img"]').click()
  await expect(page).toHaveURL(/report=appeals/)
})

test('a report is written with progress, verified, saved and shared with another desk', async ({ open }) => {
  const { page, app } = await open({ language: 'ru' })
  await signIn(page, 'approver')
  await goTo(page, 'reports')
  await page.locator('[data-total]').waitFor()
  const file = join(tmpdir(), `tamga-report-${process.pid}.xlsx`)
  try {
    await app.evaluate(({ dialog }, path) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath: path })
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] })
    }, file)
    await page.getByTestId('report-xlsx').click()
    await expect(page.getByText(/[0-9a-f]{64}/)).toBeVisible()
    await page.getByTestId('verify-report').click()
    await expect(page.getByTestId('verified')).toHaveAttribute('data-genuine', 'true')
    await page.getByTestId('verified').scrollIntoViewIfNeeded()
    await picture(page, 'verified-ru')
  } finally {
    rmSync(file, { force: true })
  }
  await page.getByTestId('save-report').click()
  const dialog = page.getByRole('dialog')
  await dialog.locator('input[required]').fill('Для министра')
  await dialog.getByRole('checkbox').check()
  expect(await violations(page)).toEqual([])
  await dialog.getByRole('button').last().click()
  await dialog.waitFor({ state: 'detached' })

  const other = (await open({ language: 'kk' })).page
  await signIn(other, 'auditor')
  await goTo(other, 'reports')
  await other.getByTestId('saved-reports').click()
  await other.getByRole('option', { name: 'Для министра' }).first().click()
  const totalOf = (desk: Page): Promise<string | null> => desk.locator('[data-total]').getAttribute('data-total')
  await other.locator('[data-total]').waitFor()
  // the mirrors of both desks are filled while their officers already work
  await expect.poll(async () => new Set([await totalOf(page), await totalOf(other)]).size, { timeout: 60_000 }).toBe(1)
  expect(Number(await totalOf(other))).toBeGreaterThan(0)
})
