// `npm run soak`: the fault suites at their full size, and a table of what was found.
// `npm run soak -- --share 0.05 --only mixed --seed 7`: a part of the size, the suites whose file names contain a word, another walk.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { NODE24, ROOT, tool } from './checkout.mjs'

// `npm run soak -- files [--files N] [--seed S]`: damaged spreadsheet files instead, see soakFiles.ts
if (process.argv[2] === 'files') {
  const { status } = spawnSync(NODE24, [join(ROOT, 'scripts', 'soakFiles.ts'), ...process.argv.slice(3)], {
    cwd: ROOT,
    stdio: 'inherit',
  })
  process.exit(status ?? 1)
}

const { values } = parseArgs({
  options: {
    share: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    seed: { type: 'string' },
  },
})
const share = Number(values.share)
if (!(share > 0 && share <= 1)) throw new TypeError(`--share ${values.share}: more than 0, at most 1`)

const folder = mkdtempSync(join(tmpdir(), 'tamga-soak-'))
const report = join(folder, 'report.jsonl')
const files = ['mixed', 'killedImport', 'writeAhead', 'model', 'failover'].map(
  (name) => `test/sync/faults/${name}.test.ts`,
)
const chosen = [...files, 'test/engine/core/killed.test.ts'].filter((file) => file.includes(values.only))
const begun = performance.now()
const { status } = spawnSync(NODE24, [tool('vitest'), 'run', ...chosen], {
  cwd: ROOT,
  stdio: 'inherit',
  env: {
    ...process.env,
    TAMGA_SOAK: String(share),
    TAMGA_SOAK_REPORT: report,
    ...(values.seed ? { TAMGA_SEED: values.seed } : {}),
  },
})

const outcomes = existsSync(report)
  ? readFileSync(report, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  : []
rmSync(folder, { recursive: true, force: true })
const width = Math.max(5, ...outcomes.map((o) => o.fault.length))
console.log(`\n${'fault'.padEnd(width)}  ${'count'.padStart(7)}  lost  doubled  gaps  half-applied`)
for (const o of outcomes) {
  const cells = [String(o.lost).padStart(4), String(o.doubled).padStart(7), String(o.gaps).padStart(4)]
  console.log(
    `${o.fault.padEnd(width)}  ${String(o.count).padStart(7)}  ${cells.join('  ')}  ${String(o.halfApplied).padStart(12)}`,
  )
}
console.log(`\n${((performance.now() - begun) / 60_000).toFixed(1)} minutes, share ${share}`)
process.exit(status ?? 1)
