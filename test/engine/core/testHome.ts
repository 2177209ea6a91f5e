import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type Home, openHome } from '../../../src/engine/db/home.ts'

export const KEY = 'a1'.repeat(32)

/** A folder that goes with the test. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tamga-home-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A home that is closed and removed with the test. */
export function testHome(folder = testFolder()): Home {
  const home = openHome(folder, KEY, [])
  onTestFinished(() => home.close())
  return home
}
