import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect } from '@playwright/test'
import { type DrivenDesk, type DrivenDeskOptions, openDrivenDesk } from '../../../scripts/drivenDesk.ts'

/** A desk that a test opened, in a home of its own. */
export interface Desk extends DrivenDesk {
  home: string
}

/** The shared registry's address. */
export function sharedRegistry(): string {
  const url = process.env.TAMGA_TEST_REGISTRY
  if (!url) throw new Error('the registry of the tests was not started')
  return url
}

/** Tests get `open`: it opens desks (fresh home, English, the shared registry unless told otherwise) and they close after the test. */
export const test = base.extend<{ open: (options?: Partial<DrivenDeskOptions>) => Promise<Desk> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright finds a fixture's needs by its pattern
  open: async ({}, use) => {
    const desks: Desk[] = []
    const homes: string[] = []
    const freshHome = (): string => {
      const home = mkdtempSync(join(tmpdir(), 'tamga-desk-'))
      homes.push(home)
      return home
    }
    await use(async ({ home = freshHome(), language = 'en', registry = sharedRegistry(), practice = true } = {}) => {
      const desk = { ...(await openDrivenDesk({ home, language, registry, practice })), home }
      desks.push(desk)
      return desk
    })
    for (const desk of desks) await desk.close()
    for (const home of homes) rmSync(home, { recursive: true, force: true })
  },
})
export { expect }
