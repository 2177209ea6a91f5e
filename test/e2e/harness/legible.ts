import { globSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { ROOT } from '../../../scripts/checkout.mjs'
import { settled } from '../../../scripts/tour/places.ts'

/** What keys that stand for a group of texts begin with: `kind`, `column`, `run`. */
const GROUPS = globSync(join(ROOT, 'resources', 'locales', 'en', '*.json')).flatMap((file) =>
  Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>)
    .filter(([, texts]) => typeof texts === 'object')
    .map(([group]) => group),
)
/** A text that nobody translated: a placeholder left open, or a key such as `kind.clone`; `report.xlsx` is the name of a file. */
const UNTRANSLATED = new RegExp(
  `\\{\\{|(?<![\\w./-])(${GROUPS.join('|')})\\.(?!xlsx|csv|pdf|png|jpe?g|heic|tiff?|webp)[a-zA-Z][\\w.-]*`,
)

/** The first text on the screen that nobody translated. */
export async function untranslated(page: Page): Promise<string[]> {
  const raw = (await page.locator('body').innerText()).match(UNTRANSLATED)
  return raw ? [`untranslated: ${raw[0]}`] : []
}

/** What WCAG 2.2 A and AA forbid on the page, each with the places it was found at; throws where nothing could be looked at. */
export async function violations(page: Page): Promise<string[]> {
  const { violations: found, passes } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  if (passes.length <= 5) throw new Error(`only ${passes.length} rules of access found something to look at`)
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`)
}

/** Buttons, tabs, labels and heads of columns whose words do not fit into them. */
async function cutWords(page: Page): Promise<string[]> {
  const cut = await page
    .locator('main :is(button, [role="tab"], th, .mantine-SegmentedControl-label, .mantine-InputWrapper-label)')
    .evaluateAll((all) =>
      all
        .filter((e) => e instanceof HTMLElement && e.offsetParent !== null && e.scrollWidth > e.clientWidth + 1)
        .map((e) => e.textContent ?? ''),
    )
  return cut.map((text) => `does not fit: ${text}`)
}

/** Everything that keeps somebody from reading the screen; leaves a picture of it in `test-results/<picture>.png`. */
export async function readScreen(page: Page, picture: string): Promise<string[]> {
  await settled(page)
  const path = join(ROOT, 'test-results', `${picture}.png`)
  mkdirSync(dirname(path), { recursive: true })
  const faults = [...(await untranslated(page)), ...(await cutWords(page)), ...(await violations(page))]
  await page.screenshot({ path, animations: 'disabled' })
  return faults
}
