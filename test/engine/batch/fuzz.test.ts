import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { importOf, mutantOf, originals } from './fuzzing.ts'

/** Files; `npm run soak -- files` takes a hundred thousand. */
const FILES = 600

test('damaged files end in a problem with a name, or all their rows are accepted or rejected', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tamga-fuzz-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const from = await originals(folder)
  const outcomes = new Map<string, number>()
  for (let number = 1; number <= FILES; number++) {
    const outcome = await importOf(mutantOf(from, number), join(folder, 'mutant')).catch((error: unknown) => {
      throw new Error(`mutant ${number}`, { cause: error })
    })
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
  }
  for (const code of outcomes.keys()) expect(code).toMatch(/^(rows|(sheet|file)-[a-z-]+)$/)
  for (const code of ['rows', 'sheet-broken-part', 'sheet-broken-zip', 'sheet-crc'])
    expect([...outcomes.keys()]).toContain(code)
})
