import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { settled } from './places.ts'

const LANGUAGES = ['kk', 'ru', 'en'] as const

/** Takes a picture of one state in every language, and notes what nobody can read there. */
export interface States {
  take(name: string): Promise<void>
  /** While the window is at work. */
  takeBusy(name: string): Promise<void>
  /** A state that lasts only between `before` and `after`. */
  takeAround(name: string, before: () => Promise<void>, after: () => Promise<void>): Promise<void>
  /** Another window, in the language of the desk. */
  takeOf(page: Page, name: string): Promise<void>
  /** Reads the screen without a picture. */
  note(name: string): Promise<void>
  count(): number
  readonly faults: string[]
}

export function openStates(page: Page, folder: string): States {
  const faults: string[] = []
  let last = 0
  for (const language of LANGUAGES) mkdirSync(join(folder, language), { recursive: true })
  const inEvery = async (name: string, busy: boolean, before = NOTHING, after = NOTHING): Promise<void> => {
    last += 1
    const file = `${String(last).padStart(2, '0')}-${name}.png`
    for (const language of LANGUAGES) {
      await speak(page, language)
      if (!busy) await settled(page)
      await before()
      faults.push(...(await unreadable(page)).map((fault) => `${language} ${name}: ${fault}`))
      await page.screenshot({ path: join(folder, language, file), animations: 'disabled', style: QUIET })
      await after()
    }
  }
  return {
    take: (name) => inEvery(name, false),
    takeBusy: (name) => inEvery(name, true),
    takeAround: (name, before, after) => inEvery(name, true, before, after),
    async takeOf(other, name) {
      last += 1
      await other.screenshot({ path: join(folder, 'en', `${String(last).padStart(2, '0')}-${name}.png`) })
    },
    async note(name) {
      faults.push(...(await unreadable(page)).map((fault) => `${name}: ${fault}`))
    },
    count: () => last,
    faults,
  }
}

const NOTHING = (): Promise<void> => Promise.resolve()
const QUIET = '.mantine-Notifications-root { visibility: hidden }'

/** Switches the language by its button; a dialog may lie over it. */
async function speak(page: Page, language: string): Promise<void> {
  await page.evaluate((chosen) => {
    document.querySelector<HTMLInputElement>(`footer input[value="${chosen}"]`)?.click()
  }, language)
  await page.locator(`html[lang="${language}"]`).waitFor()
}

/** Keys that stand in place of words, places left open, and words that do not fit into what holds them. */
function unreadable(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = []
    const open = document.body.innerText.match(/\{\{[^}]*\}?\}?/)
    if (open) found.push(`left open: ${open[0]}`)
    const holders = 'button, a, th, h1, h2, h3, legend, label, [role="tab"], [role="menuitem"]'
    for (const e of document.querySelectorAll<HTMLElement>(holders)) {
      if (e.offsetParent === null || e.textContent?.trim() === '') continue
      const style = getComputedStyle(e)
      if (style.overflow !== 'visible' && e.scrollWidth > e.clientWidth + 1)
        found.push(`does not fit: ${e.innerText.slice(0, 60)}`)
      const box = e.getBoundingClientRect()
      // what scrolls may lie outside for now
      const scrolls = e.closest('[role="group"], table, .mantine-ScrollArea-viewport') !== null
      if (!scrolls && box.width > 1 && (box.right > innerWidth + 1 || box.left < -1))
        found.push(`outside: ${e.innerText.slice(0, 60)}`)
    }
    return [...new Set(found)]
  })
}
