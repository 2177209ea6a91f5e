import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import { NODE24, ROOT } from '../../scripts/checkout.mjs'
import { goTo, signIn, switchLanguage } from '../../scripts/tour/places.ts'
import { FaultProxy } from '../sync/faultProxy.ts'
import { TcpProxy } from '../sync/faults/tcpProxy.ts'
import { mode, openFitting, receivedAppeals, showAppeal } from './harness/appeals.ts'
import { expect, sharedRegistry, test } from './harness/desk.ts'
import { readScreen, untranslated, violations } from './harness/legible.ts'

const ALLOWED_SECONDS = 72 * 3600
const READ_ONLY = {
  kk: 'Байланыс жоқ, тек қарауға болады.',
  ru: 'Нет связи, доступен только просмотр.',
  en: 'Offline, reading only.',
} as const
const REFUSED = {
  kk: 'тізіліммен 72 сағаттан астам',
  ru: 'без связи с реестром более 72 ч',
  en: 'without the registry for more than 72 hours',
} as const
const LANGUAGES = ['kk', 'ru', 'en'] as const

/** What waits to be sent, in the order it is shown: what about. */
const waiting = (page: Page): Promise<(string | undefined)[]> =>
  page
    .locator('#outbox tr[data-waiting]')
    .evaluateAll((rows) => rows.map((row) => row.querySelectorAll('td')[2]?.textContent ?? undefined))

async function take(page: Page, id: string): Promise<void> {
  await showAppeal(page, id)
  await page.getByTestId('take').click()
  await mode(page, 'decide').waitFor({ timeout: 90_000 })
}

/** The age beside the facts is that of the head: days, whatever the number of the last event says. */
async function sameAge(page: Page): Promise<void> {
  const [, age] = /^Facts (.+), record no\./.exec(await page.locator('[data-as-of]').innerText()) ?? []
  expect(age).toMatch(/^[23] days ago$/)
  await expect(page.locator('section[data-appeal] [data-facts-age="old"]')).toContainText(`${age},`)
}

/** The smallest window of the desk is never wider than it looks, whatever the bar at its foot has to say. */
async function fitsTheSmallest(page: Page): Promise<void> {
  const [width, height] = await page.evaluate(() => [innerWidth, innerHeight])
  await page.setViewportSize({ width: 1024, height: 700 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1024)
  await page.setViewportSize({ width: width ?? 0, height: height ?? 0 })
}

test('a desk three days without the registry says that it only reads, keeps what waits in order, and goes on when the registry is back', async ({
  open,
}) => {
  test.slow()
  const line = await TcpProxy.before(Number(new URL(sharedRegistry()).port))
  const before = await open({ language: 'en', registry: line.url })
  await signIn(before.page, 'reviewer')
  const received = (await receivedAppeals(before.page)).toReversed()
  const first = await openFitting(before.page, received.slice(4))
  const second = await openFitting(before.page, received.slice(received.indexOf(first) + 1))
  const third = await openFitting(before.page, received.slice(received.indexOf(second) + 1))
  line.set('down')
  await expect(before.page.locator('footer [data-link="offline"]')).toBeVisible({ timeout: 60_000 })
  await take(before.page, first)
  await take(before.page, second)
  await goTo(before.page, 'settings')
  expect(await waiting(before.page)).toEqual([first, second])
  await before.close()

  // in a quarter of a minute the three days are over
  await promisify(execFile)(NODE24, [
    join(ROOT, 'test/e2e/harness/ageMirror.ts'),
    before.home,
    String(ALLOWED_SECONDS - 15),
  ])
  const { page } = await open({ language: 'en', registry: line.url, home: before.home })
  await signIn(page, 'reviewer')
  const bar = page.getByRole('status').filter({ has: page.locator('svg.tabler-icon-cloud-off') })
  await expect(bar).toContainText(READ_ONLY.en, { timeout: 120_000 })
  const found: Record<string, string[]> = {}
  for (const language of LANGUAGES) {
    await switchLanguage(page, language)
    await expect(bar).toContainText(READ_ONLY[language])
    await showAppeal(page, third)
    if (language === 'en') await sameAge(page)
    await page.getByTestId('take').click()
    const refused = page.locator('.mantine-Notification-root', { hasText: REFUSED[language] })
    await expect(refused).toBeVisible()
    // marks on a paper carry their names beside them
    found[`refused ${language}`] = [...(await untranslated(page)), ...(await violations(page))]
    await page.screenshot({
      path: join(ROOT, `test-results/offlineDays/refused-${language}.png`),
      animations: 'disabled',
    })
    await refused.locator('.mantine-Notification-closeButton').click()
    await expect(refused).toHaveCount(0)
    await expect(mode(page, 'take')).toBeVisible()
    await goTo(page, 'settings')
    await page.locator('#outbox').scrollIntoViewIfNeeded()
    expect(await waiting(page)).toEqual([first, second])
    found[`outbox ${language}`] = await readScreen(page, `offlineDays/outbox-${language}`)
    await fitsTheSmallest(page)
  }

  // meanwhile somebody else took the first of them
  const near = (await open({ language: 'en' })).page
  await signIn(near, 'reviewer2')
  await receivedAppeals(near)
  await take(near, first)
  await expect(near.locator('footer a[href*="outbox"]')).not.toContainText('1', { timeout: 30_000 })

  line.set('clear')
  await expect(bar).toHaveCount(0, { timeout: 90_000 })
  await expect(page.locator('#outbox [data-refused="claim-appeal"]')).toContainText(first)
  // by the name people call him
  await expect(page.locator('#outbox [data-refused="claim-appeal"]')).not.toContainText('reviewer2')
  expect(await waiting(page)).toEqual([])
  // nothing waits any more, and nothing is said of it
  await expect(page.locator('footer a[href*="outbox"]')).toHaveText('1 needs attention')
  for (const language of LANGUAGES) {
    await switchLanguage(page, language)
    found[`attention ${language}`] = await readScreen(page, `offlineDays/attention-${language}`)
  }
  await page.locator('#outbox [data-refused] button').last().click()
  await expect(page.locator('#outbox [data-refused]')).toHaveCount(0)
  await showAppeal(page, second)
  await mode(page, 'decide').waitFor()
  await take(page, third)
  expect(Object.entries(found).filter(([, list]) => list.length > 0)).toEqual([])
  await line.close()
})

test('a clock that is hours off is told beside the link, and the desk goes on', async ({ open }) => {
  const proxy = await FaultProxy.before(sharedRegistry())
  proxy.rewrite('/v1/hello', (hello) => ({
    ...(hello as object),
    time: new Date(Date.now() + (5 * 60 + 20) * 60_000).toISOString(),
  }))
  const { page } = await open({ language: 'en', registry: proxy.url })
  await signIn(page, 'auditor')
  const off = page.getByTestId('clock-off')
  await expect(off).toContainText('5 h 20 min behind')
  await expect(page.locator('footer [data-link="online"]')).toBeVisible()
  const found: Record<string, string[]> = {}
  for (const language of LANGUAGES) {
    await switchLanguage(page, language)
    await off.hover()
    await expect(page.getByRole('tooltip')).toBeVisible()
    found[language] = await readScreen(page, `offlineDays/clock-${language}`)
  }
  expect(Object.entries(found).filter(([, list]) => list.length > 0)).toEqual([])
  await proxy.close()
})
