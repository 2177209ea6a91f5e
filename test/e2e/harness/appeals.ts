import type { Locator, Page } from '@playwright/test'
import { settled } from '../../../scripts/tour/places.ts'
import { expect } from './desk.ts'

/** Appeals of the sample that are open when a test begins; a mirror that shows fewer is still being filled. */
const OPEN_IN_SAMPLE = 40

/** What the review of an appeal offers: `take` a free one, `decide` one's own, `sign` a second time, only `read`, `pending` while a decision waits. */
export const mode = (page: Page, name: 'take' | 'decide' | 'sign' | 'read' | 'pending'): Locator =>
  page.locator(`section[data-mode="${name}"]`)

/** Opens an appeal by its number. */
export async function showAppeal(page: Page, id: string): Promise<void> {
  await page.evaluate((appeal) => {
    location.hash = `#/appeals/${appeal}`
  }, id)
  await page.locator(`section[data-appeal="${id}"]`).waitFor()
  await settled(page)
}

/** Appeals of the queue that nobody has taken, in its order. */
export async function receivedAppeals(page: Page): Promise<string[]> {
  await page.evaluate(() => {
    location.hash = '#/appeals'
  })
  // the mirror of a new desk is filled while its officer already works
  await expect.poll(() => page.locator('tr[data-appeal]').count()).toBeGreaterThanOrEqual(OPEN_IN_SAMPLE)
  return page
    .locator('tr[data-appeal][data-state="received"]')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-appeal') ?? ''))
}

/** The first of these appeals that is free and fits; it is open afterwards. */
export async function openFitting(
  page: Page,
  ids: readonly string[],
  fits: () => Promise<boolean> = () => Promise.resolve(true),
): Promise<string> {
  for (const id of ids) {
    await showAppeal(page, id)
    if ((await mode(page, 'take').count()) > 0 && (await fits())) return id
  }
  throw new Error('the sample has no such appeal left')
}

/**
 * Takes the first of these appeals that this officer may have, by key, and leaves it open to be decided. The list may be older
 * than the registry: the mirror of a new desk is filled while the queue is read, and another officer may have been given one.
 */
export async function takeFirst(page: Page, ids: readonly string[]): Promise<string> {
  const refusedOrOpen = mode(page, 'read').or(mode(page, 'decide'))
  for (const id of ids) {
    await showAppeal(page, id)
    if ((await mode(page, 'take').count()) > 0) {
      await page.keyboard.press('Control+Enter')
      await refusedOrOpen.waitFor()
    }
    // a claim on its way is shown as had; the registry may still say no
    await page.locator(`section[data-appeal="${id}"][data-claiming="false"]`).waitFor()
    if ((await mode(page, 'decide').count()) > 0) return id
  }
  throw new Error('the sample has no such appeal left')
}

/** An appeal of the sample that was approved. */
export async function approvedAppeal(page: Page): Promise<string> {
  await page.evaluate(() => {
    location.hash = '#/appeals?show=all'
  })
  const row = page.locator('tr[data-appeal][data-state="approved"]').first()
  await row.waitFor()
  return (await row.getAttribute('data-appeal')) ?? ''
}

/** Sets every field that must be judged to "matches", by keys. */
export async function judgeAll(page: Page): Promise<void> {
  const mandatory = await page.locator('li[data-field][data-mandatory="true"]').count()
  for (let field = 0; field < mandatory; field++) await page.keyboard.press('Digit1')
}
