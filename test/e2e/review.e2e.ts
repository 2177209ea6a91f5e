import type { Locator, Page } from '@playwright/test'
import { settled, signIn, switchLanguage } from '../../scripts/tour/places.ts'
import { mode, receivedAppeals, showAppeal, takeFirst } from './harness/appeals.ts'
import { expect, test } from './harness/desk.ts'
import { violations } from './harness/legible.ts'

/** Counts key presses and clicks from now on; a chord such as Ctrl+Enter is one press. */
async function counting(page: Page): Promise<() => Promise<{ keys: number; clicks: number }>> {
  await page.evaluate(() => {
    const counts = { keys: 0, clicks: 0 }
    Object.assign(globalThis, { counts })
    addEventListener('keydown', ({ key }) => (['Control', 'Shift', 'Alt'].includes(key) ? 0 : counts.keys++), true)
    addEventListener('click', () => counts.clicks++, true)
  })
  return () => page.evaluate(() => (globalThis as unknown as { counts: { keys: number; clicks: number } }).counts)
}

/** Numbers of appeals nobody has taken, by the words of their route in English, in the order of the queue. */
async function appealsBy(page: Page, route: string): Promise<string[]> {
  await receivedAppeals(page)
  return page
    .locator('tr[data-appeal][data-state="received"]', { hasText: route })
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-appeal') ?? ''))
}

/** Notes what is built from now on; answers what waits until the next review was built, which no selector finds: it is in no document. */
async function seeingReviewsAhead(page: Page): Promise<() => Promise<unknown>> {
  await page.evaluate(() => {
    const sections: Element[] = []
    const create = document.createElement.bind(document)
    const noting = (name: string, options?: ElementCreationOptions): HTMLElement => {
      const element = create(name, options)
      if (name === 'section') sections.push(element)
      return element
    }
    document.createElement = noting as typeof document.createElement
    Object.assign(globalThis, { sections })
  })
  return () =>
    page.waitForFunction(() => {
      const { sections } = globalThis as unknown as { sections: Element[] }
      return sections.some(
        (one) => !one.isConnected && one.matches('[data-appeal]') && one.querySelectorAll('[data-pane]').length === 3,
      )
    })
}

const shownAppeal = (page: Page) => page.locator('section[data-appeal]').getAttribute('data-appeal')

test('a clean appeal is approved with at most 8 keys and no click, and the next one is there', async ({ open }) => {
  const { page } = await open()
  await signIn(page, 'reviewer')
  const id = await takeFirst(page, await appealsBy(page, 'brought in by the owner'))
  const counts = await counting(page)
  const mandatory = await page.locator('li[data-field][data-mandatory="true"]').count()
  const confirmed = page.locator('li[data-field] [data-confirmed="true"]')
  for (let field = 0; field < mandatory; field++) await page.keyboard.press('Digit1')
  // a draft of another desk of this officer may have had more
  await expect.poll(() => confirmed.count()).toBeGreaterThanOrEqual(mandatory)
  const ticks = await confirmed.count()
  await page.keyboard.press('KeyA')
  await page.keyboard.press('Control+Enter')
  await expect(mode(page, 'decide')).toBeVisible()
  await expect.poll(() => shownAppeal(page)).not.toBe(id)
  const { keys, clicks } = await counts()
  expect(keys).toBeLessThanOrEqual(8)
  expect(clicks).toBe(0)

  await page.keyboard.press('Control+z')
  await expect.poll(() => shownAppeal(page)).toBe(id)
  await expect(confirmed).toHaveCount(ticks)
})

test('an appeal is refused with a reason and words to the applicant in at most 14 keys besides the words', async ({
  open,
}) => {
  const { page } = await open()
  await signIn(page, 'reviewer')
  const id = await takeFirst(page, await appealsBy(page, 'by post'))
  const counts = await counting(page)
  for (const key of ['KeyJ', 'KeyJ', 'Digit2', 'KeyR']) await page.keyboard.press(key)
  // the reasons take the focus with the next frame: sooner than any officer, later than this test
  await page.waitForFunction(() => document.activeElement?.closest('fieldset') !== null)
  for (const key of ['Enter', 'Control+Enter']) await page.keyboard.press(key)
  await expect.poll(() => shownAppeal(page)).not.toBe(id)
  const { keys, clicks } = await counts()
  expect(keys).toBeLessThanOrEqual(14)
  expect(clicks).toBe(0)
})

test('a decision taken back while it is still on its way is there again, and the one before it stays decided', async ({
  open,
}) => {
  const { page } = await open()
  await signIn(page, 'reviewer')
  const refuse = async (): Promise<string | null> => {
    await page.locator('section[data-mode="decide"][data-claiming="false"]').waitFor()
    const id = await shownAppeal(page)
    for (const key of ['Digit2', 'KeyR']) await page.keyboard.press(key)
    await page.waitForFunction(() => document.activeElement?.closest('fieldset') !== null)
    await page.keyboard.press('Enter')
    await expect(page.getByTestId('submit')).toBeEnabled()
    return id
  }
  await takeFirst(page, await appealsBy(page, 'by courier'))
  const first = await refuse()
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => shownAppeal(page)).not.toBe(first)
  const notices = page.locator('.mantine-Notification-root')
  await expect(notices.filter({ hasText: first ?? '' })).toBeVisible()

  const second = await refuse()
  // what is told of the one before lies above all that decides this one
  const edge = (of: Locator, side: 'top' | 'bottom') =>
    of.evaluate((element, which) => element.getBoundingClientRect()[which], side)
  const bar = page.locator('section[data-appeal] > section', { has: page.getByTestId('submit') })
  expect(await edge(notices.last(), 'bottom')).toBeLessThanOrEqual(await edge(bar, 'top'))
  // in one task: nothing can have answered in between
  await page.evaluate(() => {
    for (const code of ['Enter', 'KeyZ'])
      document.activeElement?.dispatchEvent(
        new KeyboardEvent('keydown', { code, key: code, ctrlKey: true, bubbles: true, cancelable: true }),
      )
  })
  // only then it was sent, held and taken back; until then its appeal is on the screen anyway
  await expect(notices.filter({ hasText: `${second}: decision taken back` })).toBeVisible()
  await expect.poll(() => shownAppeal(page)).toBe(second)
  await expect(mode(page, 'decide')).toBeVisible()
  await expect(page.locator('li[data-field] [data-confirmed="true"]').first()).toBeVisible()
  await showAppeal(page, first ?? '')
  await expect(mode(page, 'pending').or(mode(page, 'read'))).toBeVisible()
})

test('the panes are as wide as the officer last made them, also in an appeal that stood ready before', async ({
  open,
}) => {
  const { page } = await open()
  await signIn(page, 'reviewer')
  const reviewAhead = await seeingReviewsAhead(page)
  await page.getByTestId('default-action').press('Enter')
  await page.locator('section[data-mode="decide"][data-claiming="false"] [data-paper]').waitFor()
  const widths = (): Promise<number[]> =>
    page
      .locator('[data-pane]')
      .evaluateAll((panes) => panes.map((pane) => Math.round(pane.getBoundingClientRect().width)))
  const first = await widths()
  await reviewAhead()
  await page.getByRole('separator').first().focus()
  for (let step = 0; step < 2; step++) await page.keyboard.press('ArrowRight')
  await expect.poll(widths).not.toEqual(first)
  const chosen = await widths()
  const id = await shownAppeal(page)
  await page.keyboard.press('KeyS')
  await page.locator('[role="dialog"] form input').fill('later')
  await page.keyboard.press('Enter')
  await expect.poll(() => shownAppeal(page)).not.toBe(id)
  await expect(mode(page, 'decide')).toBeVisible()
  expect(await widths()).toEqual(chosen)
})

test('keys go by their place: on the Kazakh layout the key that types ә contradicts', async ({ open }) => {
  const { page } = await open()
  await signIn(page, 'reviewer')
  await page.getByTestId('default-action').press('Enter')
  await mode(page, 'decide').waitFor()
  const field = await page.locator('li[data-current="true"]').getAttribute('data-field')
  await page.evaluate(() =>
    document.activeElement?.dispatchEvent(
      new KeyboardEvent('keydown', { code: 'Digit2', key: 'ә', bubbles: true, cancelable: true }),
    ),
  )
  await expect(page.locator(`li[data-field="${field}"] [data-result]`).first()).toHaveAttribute(
    'data-result',
    'contradict',
  )
  await expect(page.getByTestId('obstacle')).not.toBeEmpty()
  await expect(page.locator('button[data-verdict="approve"]')).toHaveAttribute('aria-disabled', 'true')
})

test('what was typed a second before the desk is killed is there again', async ({ open }) => {
  const first = await open()
  await signIn(first.page, 'reviewer2')
  await first.page.getByTestId('default-action').press('Enter')
  await mode(first.page, 'decide').waitFor()
  const id = await shownAppeal(first.page)
  await first.page.keyboard.press('Digit1')
  await first.page.keyboard.press('KeyI')
  await first.page.getByRole('textbox', { name: 'Words to the applicant' }).fill('Суретті қайта жіберіңіз')
  await expect(first.page.getByText('draft saved')).toBeVisible()
  first.app.process().kill('SIGKILL')

  const second = await open({ home: first.home })
  await signIn(second.page, 'reviewer2')
  await second.page.evaluate((appeal) => {
    location.hash = `#/appeals/${appeal}`
  }, id)
  await mode(second.page, 'decide').waitFor()
  await expect(second.page.getByRole('textbox', { name: 'Words to the applicant' })).toHaveValue(
    'Суретті қайта жіберіңіз',
  )
  await expect(second.page.locator('li[data-field] [data-confirmed="true"]')).toHaveCount(1)
})

test('a review that was left for another room is there as it was', async ({ open }) => {
  const { page } = await open()
  await signIn(page, 'reviewer')
  await page.getByTestId('default-action').press('Enter')
  await mode(page, 'decide').waitFor()
  const id = await shownAppeal(page)
  await page.keyboard.press('Digit1')
  await page.keyboard.press('Digit3')
  await page.keyboard.press('Control+Digit2')
  await page.locator('form textarea').waitFor()
  await page.goBack()
  await page.locator(`section[data-appeal="${id}"]`).waitFor()
  await expect(page.locator('li[data-field] [data-confirmed="true"]')).toHaveCount(2)
})

test('months are Kazakh in the window, where Chromium has none', async ({ open }) => {
  const { page } = await open({ language: 'kk' })
  await signIn(page, 'reviewer')
  await page.getByTestId('default-action').press('Enter')
  await mode(page, 'decide').waitFor()
  await page.locator('a.tamga-imei').first().click()
  await expect(page.getByTestId('explanation')).toContainText(
    /\d{1,2}\u00a0(қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан|қараша|желтоқсан)\u00a020\d\d/,
  )
  expect(await page.locator('body').innerText()).not.toMatch(/\bM\d\d\b/)
})

test('the review and what opens over it can be used by everybody', async ({ open }) => {
  test.slow()
  const { page } = await open()
  await signIn(page, 'reviewer')
  await page.getByTestId('default-action').press('Enter')
  await mode(page, 'decide').waitFor()
  await settled(page)
  const found: Record<string, string[]> = {}
  const look = async (name: string): Promise<void> => {
    const faults = await violations(page)
    if (faults.length > 0) found[name] = faults
  }
  for (const [name, media] of [
    ['light', { colorScheme: 'light', forcedColors: 'none' }],
    ['dark', { colorScheme: 'dark', forcedColors: 'none' }],
    ['forced', { colorScheme: 'dark', forcedColors: 'active' }],
  ] as const) {
    await page.emulateMedia(media)
    await look(`review ${name}`)
    await page.keyboard.press('Digit2')
    await page.keyboard.press('KeyR')
    await look(`reasons ${name}`)
    await page.keyboard.press('Escape')
    await page.keyboard.press('KeyS')
    await page.getByRole('dialog').waitFor()
    await look(`skip ${name}`)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.keyboard.press('F1')
    await page.getByRole('dialog').waitFor()
    await look(`keys ${name}`)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').waitFor()
    await look(`palette ${name}`)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }
  for (const language of ['kk', 'ru']) {
    await switchLanguage(page, language)
    await look(`review ${language}`)
  }
  expect(found).toEqual({})
})
