import type { Page } from '@playwright/test'
import { goTo } from '../scripts/tour/places.ts'

/** An import in the window, ms; the officer's own time is not in it, since every step is answered at once. */
export interface ImportTimes {
  /** From choosing the file until it is shown what it is. */
  readonly head: number
  /** From there until every row is checked and the effect is known. */
  readonly check: number
  /** From there until the effect stands on the screen. */
  readonly effect: number
  readonly total: number
  /** The window's longest task meanwhile; 0 when none was above 50 ms. */
  readonly longestTask: number
}

/** Imports the file that the dialogs answer with, up to its effect, and discards it. The page itself presses the buttons. */
export async function timeImport(page: Page): Promise<ImportTimes> {
  await goTo(page, 'imports')
  await page.getByTestId('import-file').waitFor()
  const times = await page.evaluate(walkToEffect)
  await page.getByTestId('wizard-cancel').click()
  await page.getByTestId('import-file').waitFor()
  return times
}

/** Runs in the page. */
async function walkToEffect(): Promise<ImportTimes> {
  const shown = (selector: string): Promise<HTMLElement> =>
    new Promise((found) => {
      const look = (): void => {
        const element = document.querySelector<HTMLElement>(selector)
        if (!element) return
        observer.disconnect()
        found(element)
      }
      const observer = new MutationObserver(look)
      observer.observe(document, { subtree: true, childList: true, attributes: true })
      look()
    })
  const painted = (): Promise<void> =>
    new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))
  let longestTask = 0
  const tasks = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longestTask = Math.max(longestTask, duration)
  })
  tasks.observe({ entryTypes: ['longtask'] })

  const began = performance.now()
  ;(await shown('[data-testid="import-file"]')).click()
  const check = await shown('[data-testid="wizard-check"]')
  const recognised = performance.now()
  check.click()
  const next = await shown('[data-testid="wizard-effect"], [data-testid="effect"]')
  const checked = performance.now()
  if (next.dataset.testid === 'wizard-effect') next.click()
  await shown('[data-testid="effect"]')
  await painted()
  const ended = performance.now()
  tasks.disconnect()
  return {
    head: recognised - began,
    check: checked - recognised,
    effect: ended - checked,
    total: ended - began,
    longestTask,
  }
}
