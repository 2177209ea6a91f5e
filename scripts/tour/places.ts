import type { Page } from '@playwright/test'

/** The rooms of the rail, in its order. */
export const ROOMS = ['work', 'lookup', 'imports', 'registry', 'reports', 'audit', 'settings'] as const
export type Room = (typeof ROOMS)[number]

/** Opens a room by the rail. */
export async function goTo(page: Page, room: Room): Promise<void> {
  await page.locator(`[data-room="${room}"]`).click()
  await page.locator(`[data-room="${room}"][aria-current="page"]`).waitFor()
  await settled(page)
}

/** Waits until nothing on the screen is being loaded. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    () => !document.querySelector('[aria-busy="true"], .mantine-Skeleton-root, .mantine-Loader-root'),
  )
}

/** The list of all appeals, one click from the Work screen. */
export async function goToAppeals(page: Page): Promise<void> {
  await goTo(page, 'work')
  await page.locator('a[href$="#/appeals"]').first().click()
  await page.waitForURL(/#\/appeals/)
  await settled(page)
}

/** Signs an officer of the sample directory in and opens his Work screen. */
export async function signIn(page: Page, officer: string): Promise<void> {
  await page.locator(`[data-officer="${officer}"]`).click()
  await goTo(page, 'work')
  await page.getByTestId('default-action').waitFor()
}

/** The figures that the screen's tiles show, by name. */
export async function tiles(page: Page): Promise<Record<string, number>> {
  const shown = await page
    .locator('[data-tile]')
    .evaluateAll((all) =>
      all.map((tile) => [tile.getAttribute('data-tile'), tile.firstElementChild?.textContent ?? ''] as const),
    )
  return Object.fromEntries(shown.map(([name, text]) => [name ?? '', Number(text.replace(/\D/g, ''))]))
}

/** Switches the window's language in the status bar. */
export async function switchLanguage(page: Page, language: string): Promise<void> {
  await page
    .locator(`footer label:has(+ input[value="${language}"]), footer input[value="${language}"] + label`)
    .click()
  await page.locator(`html[lang="${language}"]`).waitFor()
}
