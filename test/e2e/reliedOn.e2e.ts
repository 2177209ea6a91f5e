import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { goTo, settled, signIn, switchLanguage } from '../../scripts/tour/places.ts'
import { desk as command, temporaryFolder } from '../cli/deskProcess.ts'
import { expect, sharedRegistry, test } from './harness/desk.ts'
import { readScreen } from './harness/legible.ts'

/** So many open appeals from the end of the queue, where no other test takes one. */
const TRIED = 8

interface OpenAppeal {
  readonly id: string
  readonly imeis: readonly string[]
}

test('a withdrawn batch names the decision that came after it, which stays and can be opened, in three languages', async ({
  open,
}) => {
  test.slow()
  const folder = temporaryFolder()
  const as = async (officer: string, ...words: string[]) => {
    const place = ['--home', join(folder.path, 'home'), '--registry', sharedRegistry()]
    return command([...words, ...place, '--as', officer, '--json'])
  }
  try {
    const waiting = (await as('reviewer', 'appeals', '--state', 'received')).json as OpenAppeal[]
    const last = waiting.slice(-TRIED).toReversed()
    const file = join(folder.path, 'seen.csv')
    const rows = last.flatMap(({ imeis }) => imeis.map((imei, i) => `${imei};10.10.2025;40101000000000${i}`))
    writeFileSync(file, ['IMEI;Дата;IMSI', ...rows].join('\n'))
    const brought = (await as('importer', 'import', file, '--kind', 'operator', '--source', 'kcell')).json
    expect(brought).toMatchObject({ state: 'committed', rejected: 0 })

    const approved = await firstApproved(last, as)
    const undone = await as('importer', 'undo', brought.batch, '--reason', 'Не тот файл (образец).')
    expect(undone.json).toMatchObject({ undone: true, state: 'undone' })

    const { page } = await open()
    await signIn(page, 'importer')
    await goTo(page, 'imports')
    await page.locator(`tr[data-batch="${brought.batch}"] a`).click()
    await page.locator('[data-batch-state="undone"]').waitFor()
    const relied = page.getByTestId('relied-on')
    await expect(relied.getByRole('link')).toContainText(approved)
    const found: Record<string, string[]> = {}
    for (const language of ['kk', 'ru', 'en'] as const) {
      await switchLanguage(page, language)
      await expect(relied.getByRole('listitem')).toHaveCount(1)
      found[language] = await readScreen(page, `relied-on/${language}`)
    }
    expect(Object.entries(found).filter(([, faults]) => faults.length > 0)).toEqual([])

    await relied.getByRole('link').click()
    await page.locator(`section[data-appeal="${approved}"]`).waitFor()
    await settled(page)
    await expect(page.locator(`section[data-appeal="${approved}"]`)).toContainText('approved')
  } finally {
    folder.remove()
  }
})

/** Approves the first of these appeals that may be: no other body has listed its phone. */
async function firstApproved(
  appeals: readonly OpenAppeal[],
  as: (officer: string, ...words: string[]) => ReturnType<typeof command>,
): Promise<string> {
  for (const { id } of appeals) {
    if ((await as('reviewer', 'claim', id)).code !== 0) continue
    const decided = await as('reviewer', 'decide', id, 'approve', '--fields', 'all=match')
    if (decided.code !== 0) continue
    if (decided.json.state === 'awaiting-signature') expect((await as('approver', 'sign', id)).code).toBe(0)
    return id
  }
  throw new Error('none of the last appeals of the sample may be approved')
}
