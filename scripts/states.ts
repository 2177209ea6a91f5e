// Walks the rooms of appeals through every state they know and takes a picture of each in three languages, left in ./states/. Words that
// nobody translated or that do not fit are printed.
import { createHash } from 'node:crypto'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './checkout.mjs'
import { type DrivenDesk, openDrivenDesk } from './drivenDesk.ts'
import { startRegistry } from './practice.mjs'
import { fileHostile, hostilePapers } from './tour/hostilePapers.ts'
import { goTo, settled, signIn } from './tour/places.ts'
import { type DeskCommand, deskOf } from './tour/secondDesk.ts'
import { openStates, type States } from './tour/stateAlbum.ts'

const work = mkdtempSync(join('/var/tmp', 'tamga-states-'))
chmodSync(work, 0o755)
const only = process.argv[2]

interface Row {
  readonly id: string
  readonly state: string
  readonly route: string
}

/** The desk that is walked, the album, and what other officers do meanwhile. */
interface Walk extends States {
  readonly desk: DrivenDesk
  readonly page: DrivenDesk['page']
  readonly other: (officer: string) => DeskCommand
  readonly registry: string
  readonly data: string
}

async function show(page: Walk['page'], id: string): Promise<void> {
  await page.evaluate((appeal) => {
    location.hash = `#/appeals/${appeal}`
  }, id)
  await page.locator(`section[data-appeal="${id}"]`).waitFor()
  await settled(page)
}

async function queue(page: Walk['page'], view = 'open'): Promise<void> {
  await page.evaluate((which) => {
    location.hash = `#/appeals?show=${which}`
  }, view)
  await settled(page)
}

/** An appeal that was filed a moment ago is here when the queue finds it. */
async function arrived(page: Walk['page'], id: string): Promise<void> {
  await queue(page, 'all')
  await page.locator('main input[type="search"]').fill(id)
  await page.locator('main').getByText(id, { exact: true }).first().waitFor({ timeout: 60_000 })
  await page.locator('main input[type="search"]').fill('')
}

async function appealsIn(w: Walk, state: string): Promise<readonly Row[]> {
  return (await w.other('reviewer2')('appeals', '--state', state)) as Row[]
}

/** The engine's process, which can be held still as on a machine that is busy with something else. */
function engineOf(desk: DrivenDesk): number {
  const { pid } = desk.app.process()
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')
  const engine = children.find((child) => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('engine'))
  if (engine === undefined) throw new Error('the engine was not found')
  return Number(engine)
}

/** Reviewer: the queue, an appeal free and in hand, each verdict with its letter, dialogs. */
async function reviewing(w: Walk): Promise<void> {
  const { page, take, note } = w
  await signIn(page, 'reviewer')
  await take('work')
  await queue(page)
  await take('queue')
  await page.locator('main input[type="search"]').fill('zzzz')
  await settled(page)
  await take('queue-nothing-found')
  await page.locator('main input[type="search"]').fill('')
  await queue(page, 'mine')
  await take('queue-empty')

  const engine = engineOf(w.desk)
  const unseen = ['overdue', 'dueThisWeek', 'all']
  await w.takeAround(
    'queue-loading',
    async () => {
      await goTo(page, 'work')
      process.kill(engine, 'SIGSTOP')
      // what was shown before would be shown again at once
      await page.evaluate((which) => {
        location.hash = `#/appeals?show=${which}`
      }, unseen.shift())
      await page.locator('main [aria-busy="true"]').first().waitFor()
    },
    async () => {
      process.kill(engine, 'SIGCONT')
      await settled(page)
    },
  )

  const free = await appealsIn(w, 'received')
  const first = free.find(({ route }) => route === 'accompanied') ?? free[0]
  if (!first) throw new Error('the sample has no free appeal')
  await show(page, first.id)
  await take('review-free')
  await page.getByTestId('take').click()
  await page.locator('section[data-mode="decide"]').waitFor()
  await settled(page)
  await take('review-begun')
  for (const key of ['Digit1', 'Digit2', 'Digit3', 'Digit1']) await page.keyboard.press(key)
  await take('review-judged')
  for (const [key, verdict] of [
    ['KeyI', 'ask'],
    ['KeyT', 'refer'],
    ['KeyR', 'reject'],
  ] as const) {
    await page.keyboard.press(key)
    await page.keyboard.press('Digit1')
    await page.keyboard.press('Escape')
    await note(`review-${verdict}`)
    await take(`review-${verdict}`)
  }
  await page.locator('section[data-appeal] button[aria-haspopup="dialog"]').last().click()
  await settled(page)
  await take('letter-preview')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await page.keyboard.press('KeyS')
  await page.getByRole('dialog').waitFor()
  await take('skip')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.getByTestId('acts').click()
  await take('acts')
  const acts = await page.getByRole('menuitem').count()
  await page.keyboard.press('Escape')
  for (let at = 0; at < acts; at++) {
    await page.getByTestId('acts').click()
    await page.getByRole('menuitem').nth(at).click()
    await page.getByRole('dialog').waitFor()
    await take(`act-${at + 1}`)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }

  // a supervisor gives it to somebody else while the officer has his draft
  await page.keyboard.press('Escape')
  await w.other('approver')('assign', first.id, '--to', 'reviewer2', '--reason', 'SAMPLE')
  await page.getByTestId('conflict').waitFor({ timeout: 30_000 })
  await take('conflict')
}

/** Every state an appeal can be in, as the sample and other officers left them. */
async function states(w: Walk): Promise<void> {
  const { page, take } = w
  for (const state of ['preliminary', 'asked', 'referred', 'rejected', 'approved', 'withdrawn', 'claimed']) {
    const row = (await appealsIn(w, state))[0]
    if (!row) continue
    await show(page, row.id)
    await take(`state-${state}`)
    if (state !== 'preliminary') continue
    await page.getByTestId('take').click()
    await page.locator('section[data-mode="decide"]').waitFor()
    await settled(page)
    await page.keyboard.press('KeyR')
    await page.keyboard.press('Digit1')
    await page.keyboard.press('Escape')
    await take('hearing-refusal')
  }
  const refused = (await appealsIn(w, 'rejected'))[0]
  if (refused) {
    await w.other('reviewer2')('complain', refused.id, '--text', 'SAMPLE: қабылданған шешіммен келіспеймін')
    await show(page, refused.id)
    await page.locator(`section[data-appeal="${refused.id}"] [data-state="received"]`).waitFor({ timeout: 30_000 })
    await take('state-complaint')
  }
  const settledOne = (await appealsIn(w, 'approved'))[0]
  if (settledOne) {
    await show(page, settledOne.id)
    await page.locator('section[data-appeal] button').first().click()
    await page.getByRole('dialog').waitFor()
    await take('timeline')
    await page.keyboard.press('Escape')
  }
}

/** The viewer with each kind of file, good and bad. */
async function papers(w: Walk): Promise<void> {
  const { page, take } = w
  const id = await fileHostile(w.registry, 7)
  await arrived(page, id)
  await show(page, id)
  const files = page.locator('section[data-pane]').nth(1).locator('[role="group"]').first().locator('button')
  const count = await files.count()
  for (let at = 0; at < count; at++) {
    await files.nth(at).click()
    if (at === 8) {
      // it never comes: first it loads, then it is given up
      await page.locator('section[data-pane] [aria-busy="true"]').first().waitFor()
      await w.takeBusy('paper-loading')
      await page.locator('[data-problem="picture-too-slow"]').waitFor({ timeout: 60_000 })
    }
    await settled(page)
    await take(`paper-${at + 1}`)
  }
  await files.nth(0).click()
  await settled(page)
  for (const [key, what] of [
    ['KeyZ', 'loupe'],
    ['KeyX', 'contrast'],
    ['BracketRight', 'turned'],
    ['KeyC', 'two-up'],
  ] as const) {
    await page.keyboard.press(key)
    await settled(page)
    if (what === 'loupe') {
      const box = await page.locator('section[data-pane] section').last().boundingBox()
      if (box) await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
    }
    await take(`viewer-${what}`)
  }
  for (const key of ['KeyZ', 'KeyX', 'KeyC']) await page.keyboard.press(key)
  const opened = w.desk.app.waitForEvent('window')
  await page.keyboard.press('KeyO')
  const torn = await opened
  await torn.locator('img[draggable="false"]').first().waitFor()
  await w.takeOf(torn, 'torn-off')
  await torn.close()

  // a file that the registry lost, on a desk that never had it
  const lost = await fileHostile(w.registry, 8)
  const [paper] = await hostilePapers('8')
  const name = createHash('sha256')
    .update(paper?.bytes ?? '')
    .digest('hex')
  const folder = join(w.data, 'blobs')
  for (const file of readdirSync(folder, { recursive: true }) as string[])
    if (file.endsWith(name)) rmSync(join(folder, file))
  await arrived(page, lost)
  await show(page, lost)
  await page.locator('[data-problem]').first().waitFor({ timeout: 30_000 })
  await take('paper-lost')
}

/** The second officer: sealed, own verdict, sent back. */
async function signing(w: Walk): Promise<void> {
  const { page, take, desk } = w
  const proposed = await fileHostile(w.registry, 9, { priceTenge: 9_000_000 })
  await w.other('reviewer2')('claim', proposed)
  await w.other('reviewer2')('decide', proposed, 'approve', '--fields', 'all=match', '--note', 'SAMPLE')
  const waiting = (await appealsIn(w, 'awaiting-signature'))[0]
  await desk.menu('sign-out')
  await signIn(page, 'approver')
  await take('work-approver')
  await queue(page, 'awaitingMySignature')
  await take('queue-to-sign')
  if (waiting) {
    await show(page, waiting.id)
    await take('sign-sealed')
    const mandatory = await page.locator('li[data-field][data-mandatory="true"]').count()
    for (let at = 0; at < mandatory; at++) await page.keyboard.press('Digit1')
    await page.keyboard.press('KeyA')
    await page.getByTestId('first-verdict').waitFor({ timeout: 30_000 })
    await settled(page)
    await take('sign-opened')
    await page.keyboard.press('KeyR')
    await page.locator('section[data-appeal] textarea:focus').waitFor()
    await take('sign-send-back')
  }
  await page.evaluate(() => {
    location.hash = '#/appeals/supervision'
  })
  await settled(page)
  await take('supervision')
  await page.mouse.move(700, 600)
  await page.mouse.wheel(0, 5000)
  await page.waitForFunction(() =>
    [...document.querySelectorAll('main, main *')].some(({ scrollTop }) => scrollTop > 0),
  )
  await take('supervision-below')
}

/** One decision over several appeals, with the list shown first. */
async function bulk(w: Walk): Promise<void> {
  const { page, take, desk } = w
  await desk.menu('sign-out')
  await signIn(page, 'reviewer')
  await queue(page)
  await page.getByTestId('decide-many').click()
  await page.getByRole('dialog').waitFor()
  await settled(page)
  await take('bulk')
  await page.getByRole('dialog').locator('input[type="checkbox"]').first().click()
  await page
    .getByRole('dialog')
    .locator('fieldset input, [role="checkbox"]')
    .first()
    .click()
    .catch(() => undefined)
  await settled(page)
  await take('bulk-chosen')
  await page.keyboard.press('Escape')
}

async function outOfReach(w: Walk, stop: () => Promise<void>): Promise<void> {
  const { page, take } = w
  const free = (await appealsIn(w, 'received')).at(3)
  await stop()
  await goTo(page, 'work')
  await page.locator('footer [data-link="offline"]').waitFor({ timeout: 60_000 })
  await take('offline-work')
  await queue(page)
  await take('offline-queue')
  if (!free) return
  await show(page, free.id)
  await page.getByTestId('take').waitFor()
  await take('offline-review')
  await page.getByTestId('take').click()
  await page.locator('section[data-mode="decide"]').waitFor({ timeout: 60_000 })
  await settled(page)
  await take('offline-claimed')
}

const registry = await startRegistry({ data: join(work, 'registry') })
let stopped = false
const stop = async (): Promise<void> => {
  if (!stopped) await registry.stop()
  stopped = true
}
const desk = await openDrivenDesk({ home: join(work, 'desk'), language: 'ru', registry: registry.url })
const album = openStates(desk.page, join(ROOT, 'states'))
const homes = new Map<string, DeskCommand>()
const other = (officer: string): DeskCommand => {
  const known = homes.get(officer) ?? deskOf(join(work, officer), registry.url, officer)
  homes.set(officer, known)
  return known
}
try {
  const w: Walk = { ...album, desk, page: desk.page, other, registry: registry.url, data: join(work, 'registry') }
  const parts: readonly (readonly [string, () => Promise<void>])[] = [
    ['reviewing', () => reviewing(w)],
    ['states', () => states(w)],
    ['papers', () => papers(w)],
    ['signing', () => signing(w)],
    ['bulk', () => bulk(w)],
    ['offline', () => outOfReach(w, stop)],
  ]
  await desk.page.locator('[data-officer]').first().waitFor({ timeout: 60_000 })
  if (only !== undefined && only !== 'reviewing') await signIn(desk.page, 'reviewer')
  for (const [name, part] of parts) {
    if (only !== undefined && only !== name) continue
    await part().catch(async (error: unknown) => {
      album.faults.push(`${name} stopped: ${error instanceof Error ? error.message : String(error)}`)
      await album.takeBusy(`stopped-in-${name}`)
      await desk.page.keyboard.press('Escape')
    })
  }
  console.log(`${album.count()} states, three pictures each, are in states/`)
  for (const fault of album.faults) console.log(fault)
  if (album.faults.length > 0) process.exitCode = 1
} finally {
  await desk.close()
  await stop()
  rmSync(work, { recursive: true, force: true })
}
