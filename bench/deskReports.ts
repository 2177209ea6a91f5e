import type { Page } from '@playwright/test'
import { goTo } from '../scripts/tour/places.ts'

/** Until the figures of another grouping stand on the screen with their chart, ms. */
export interface PreviewTime {
  /** Report and grouping, `blocklist brand`. */
  readonly figures: string
  readonly ms: number
}

/** Turns of every grouping: at the first the engine counts, later the window may know the figures. */
const TURNS = 3

/** Chooses every grouping of the block list in turn, as an officer does, and times each until it is painted. */
export async function timePreviews(page: Page): Promise<readonly PreviewTime[]> {
  await goTo(page, 'reports')
  await page.locator('[data-preview]').waitFor()
  // the chart's library is there before the first choice
  await page.locator('figure canvas').first().waitFor()
  await page.evaluate(watchChoices)
  const groupings = await choices(page)
  const slowest = new Map<string, number>()
  for (let turn = 0; turn < TURNS; turn++)
    for (let at = 0; at < groupings; at++) {
      const { figures, ms } = await choose(page, (at + 1) % groupings)
      slowest.set(figures, Math.max(slowest.get(figures) ?? 0, ms))
    }
  return [...slowest].map(([figures, ms]) => ({ figures, ms }))
}

async function choices(page: Page): Promise<number> {
  await page.getByTestId('report-by').click()
  const count = await page.getByRole('option').count()
  await page.keyboard.press('Escape')
  return count
}

async function choose(page: Page, at: number): Promise<PreviewTime> {
  await page.evaluate(() => Object.assign(window, { benchPreview: null }))
  await page.getByTestId('report-by').click()
  await page.getByRole('option').nth(at).click()
  const timed = await page.waitForFunction(
    () => (window as unknown as { benchPreview: PreviewTime | null }).benchPreview,
  )
  return (await timed.jsonValue()) as PreviewTime
}

/** Runs in the page: from the click on a choice until other figures are there, their chart is drawn and two frames went by. */
function watchChoices(): void {
  const shown = (): string => document.querySelector('[data-preview]')?.getAttribute('data-preview') ?? ''
  document.addEventListener(
    'click',
    ({ target }) => {
      if (!(target instanceof Element) || !target.closest('[role="option"]')) return
      const began = performance.now()
      const before = shown()
      const look = (): void => {
        const figures = shown()
        if (figures === '' || figures === before || !document.querySelector('figure canvas'))
          requestAnimationFrame(look)
        else
          requestAnimationFrame(() =>
            requestAnimationFrame(() =>
              Object.assign(window, { benchPreview: { figures, ms: performance.now() - began } }),
            ),
          )
      }
      look()
    },
    true,
  )
}
