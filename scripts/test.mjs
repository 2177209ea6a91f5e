// `npm test`: sets up, then runs everything there is to run, and ends with one line of counts.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NODE24, tool } from './checkout.mjs'
import { setUp, tellFailure } from './setup.mjs'
import { staticChecks } from './static-checks.mjs'
import { inOrder, printTable } from './steps.mjs'
import { hasDisplay } from './system-packages.mjs'

const reports = mkdtempSync(join(tmpdir(), 'tamga-test-'))
const vitestReport = join(reports, 'vitest.json')
const playwrightReport = join(reports, 'playwright.json')

/** Counts of a report; a run that broke before it wrote one is one failure. */
function counted(file, read) {
  return (ok) => {
    try {
      const { passed, failed } = read(JSON.parse(readFileSync(file, 'utf8')))
      return { passed, failed: !ok && failed === 0 ? 1 : failed }
    } catch (error) {
      console.error(`no report of the tests: ${error.message}`)
      return { passed: 0, failed: 1 }
    }
  }
}

const vitest = {
  name: 'unit, engine, registry, sync',
  command: [tool('vitest'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`],
  after: counted(vitestReport, (r) => ({ passed: r.numPassedTests, failed: r.numFailedTests })),
}
const playwright = [tool('playwright'), 'test', '--reporter=list,json']
const windowTests = {
  name: 'window',
  command: hasDisplay() ? playwright : ['xvfb-run', '-a', '-s', '-screen 0 1600x1000x24', ...playwright],
  env: { PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport },
  after: counted(playwrightReport, ({ stats }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
  })),
}

await tellFailure(async () => {
  const started = performance.now()
  await setUp()
  const setUpSeconds = (performance.now() - started) / 1000
  const outcomes = [
    { name: 'set up', ok: true, seconds: setUpSeconds },
    ...(await inOrder([
      ...staticChecks,
      vitest,
      { name: 'build', command: [NODE24, 'scripts/build.ts'] },
      windowTests,
    ])),
  ]
  rmSync(reports, { recursive: true, force: true })
  printTable(outcomes)

  const passed = outcomes.reduce((sum, { counted }) => sum + (counted?.passed ?? 0), 0)
  const failed = outcomes.reduce((sum, { counted, ok }) => sum + (counted ? counted.failed : ok ? 0 : 1), 0)
  console.log(`\n${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
})
