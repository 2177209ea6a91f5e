import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ROOT, tool } from '../../scripts/checkout.mjs'

/** A house in which every file breaks one rule. */
const HOUSE: Record<string, string> = {
  'src/domain/batch.ts': `import '../contract/call.ts'`,
  'src/domain/now.ts': `import 'node:fs'`,
  'src/contract/call.ts': `import '../engine/index.ts'`,
  'src/engine/index.ts': `import '../renderer/index.tsx'`,
  'src/engine/batch/stage.ts': `import '../appeal/decide.ts'`,
  'src/engine/appeal/decide.ts': `import 'better-sqlite3'`,
  'src/registry/http/server.ts': `import 'pg'`,
  'src/renderer/index.tsx': `import 'electron'`,
  'src/sheet/open.ts': `import '../domain/batch.ts'`,
  'src/sheet/one.ts': `import './two.ts'`,
  'src/sheet/two.ts': `import './one.ts'`,
  'src/sample/alone.ts': 'export const alone = 1',
  'src/cli/desk.ts': `import '../engine/batch/stage.ts'`,
  'src/main/index.ts': `import 'exceljs'`,
}

let house: string
let broken: string[]

beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'tamga-house-'))
  for (const [file, text] of Object.entries(HOUSE)) {
    mkdirSync(join(house, dirname(file)), { recursive: true })
    writeFileSync(join(house, file), text)
  }
  for (const file of ['.dependency-cruiser.cjs', 'tsconfig.base.json', 'package.json']) {
    copyFileSync(join(ROOT, file), join(house, file))
  }
  symlinkSync(join(ROOT, 'node_modules'), join(house, 'node_modules'))
  const cruise = spawnSync(
    process.execPath,
    [tool('depcruise'), '--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src'],
    { cwd: house, encoding: 'utf8' },
  )
  const found = JSON.parse(cruise.stdout) as { summary: { violations: { from: string; rule: { name: string } }[] } }
  broken = found.summary.violations.map(({ from, rule }) => `${from}: ${rule.name}`)
})
afterAll(() => rmSync(house, { recursive: true }))

test.each([
  ['the domain imports no other room', 'src/domain/batch.ts: domain-imports-down'],
  ['the domain does no input or output', 'src/domain/now.ts: domain-without-packages'],
  ['the contract does not know the engine', 'src/contract/call.ts: contract-imports-down'],
  ['the engine does not know the window', 'src/engine/index.ts: engine-imports-down'],
  ['a feature does not import its sibling', 'src/engine/batch/stage.ts: engine-feature-not-sibling'],
  ['SQLite is opened in its folders only', 'src/engine/appeal/decide.ts: sqlite-in-its-folder'],
  ['PostgreSQL is spoken in its folder only', 'src/registry/http/server.ts: pg-in-its-folder'],
  ['the window does not know Electron', 'src/renderer/index.tsx: electron-in-its-houses'],
  ['the sheet room knows nothing of ours', 'src/sheet/open.ts: sheet-imports-down'],
  ['there are no cycles', 'src/sheet/one.ts: no-cycles'],
  ['there are no orphans', 'src/sample/alone.ts: no-orphans'],
  ['the command line has no way around the entries', 'src/cli/desk.ts: cli-through-entries'],
  ['the product does not run on development packages', 'src/main/index.ts: no-dev-packages-in-product'],
])('%s', (_rule, violation) => {
  expect(broken).toContain(violation)
})
