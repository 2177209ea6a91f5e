import type { Page } from '@playwright/test'
import type { Album } from './album.ts'
import type { Journal } from './journal.ts'
import { settled } from './places.ts'

/** So many appeals are looked at for one that can be approved and one that cannot. */
const MOST = 12
/** Keys of the verdicts, by what the machine suggests. A field that nothing speaks against is ticked as matching. */
const KEY_OF: Readonly<Record<string, string>> = {
  match: 'Digit1',
  contradict: 'Digit2',
  unclear: 'Digit3',
  none: 'Digit1',
}

export interface Reviewed {
  approved: string
  refused: string | null
}

/**
 * The reviewer's part, by keyboard alone: takes appeals one after another, follows the suggestion for every field, approves what agrees
 * and refuses what does not, until one of each was decided.
 */
export async function reviewAppeals(page: Page, album: Album, journal: Journal): Promise<Reviewed> {
  let approved: string | null = null
  let refused: string | null = null
  await page.getByTestId('default-action').click()
  for (let seen = 0; seen < MOST && !(approved && refused); seen++) {
    const id = await journal.step('The next appeal is claimed and reviewed beside its evidence', async () => {
      const opened = await openedAppeal(page)
      await settled(page)
      if (seen === 0) await album.take(page, 'review-begun')
      const fields = await judgeFields(page)
      return { value: opened, figures: { appeal: opened, fields } }
    })
    const approvable = (await page.locator('button[data-verdict="approve"]').getAttribute('aria-disabled')) !== 'true'
    await journal.step(approvable ? 'It is approved' : 'It is refused with reasons', async () => {
      if (approvable) await page.keyboard.press('a')
      else await refuse(page)
      await album.take(page, approvable ? 'review-approve' : 'review-refuse')
      await page.keyboard.press('Control+Enter')
      await page.waitForFunction((before) => !location.hash.includes(before), id)
      return { value: undefined, figures: { appeal: id } }
    })
    if (approvable) approved = id
    else refused = id
  }
  if (!approved) throw new Error(`none of ${MOST} appeals could be approved`)
  return { approved, refused }
}

async function openedAppeal(page: Page): Promise<string> {
  await page.waitForFunction(() => /#\/appeals\/A/.test(location.hash))
  await page.locator('li[data-field]').first().waitFor()
  return decodeURIComponent(page.url().split('/').at(-1) ?? '')
}

/** Judges every field that an approval needs; answers how many. */
async function judgeFields(page: Page): Promise<number> {
  const mandatory = await page.locator('li[data-field][data-mandatory="true"]').count()
  for (let judged = 0; judged < mandatory; judged++) {
    const current = page.locator('li[data-field][data-current="true"]')
    const suggested = (await current.locator('[data-result]').first().getAttribute('data-result')) ?? 'none'
    await page.keyboard.press(KEY_OF[suggested] ?? 'Digit3')
  }
  return mandatory
}

/** Chooses to refuse, with the reasons that follow from what was found, or the first one. */
async function refuse(page: Page): Promise<void> {
  await page.keyboard.press('r')
  const suggested = page.locator('fieldset [data-suggested="true"]')
  if ((await suggested.count()) > 0) await page.keyboard.press('Enter')
  else await page.keyboard.press('Digit1')
}
