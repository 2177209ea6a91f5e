import { defineConfig } from 'vitest/config'

/** Folders of test/ that vitest runs; test/e2e belongs to Playwright. Each is a project: `npx vitest run --project engine`. */
const folders = [
  'domain',
  'contract',
  'sheet',
  'sample',
  'main',
  'renderer',
  'scripts',
  'engine',
  'registry',
  'sync',
  'cli',
]

/** These start a PostgreSQL or whole processes, so a slow machine needs patience. */
const patient = new Set(['engine', 'registry', 'sync', 'cli', 'sample', 'scripts', 'main'])

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    projects: folders.map((name) => ({
      extends: true as const,
      test: {
        name,
        include: [`test/${name}/**/*.test.{ts,tsx}`],
        testTimeout: patient.has(name) ? 60_000 : 10_000,
        hookTimeout: patient.has(name) ? 120_000 : 10_000,
      },
    })),
  },
})
