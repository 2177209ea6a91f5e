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
const patient = new Set(['sheet', 'engine', 'registry', 'sync', 'cli', 'sample', 'scripts', 'main'])

/** These speak to a registry: one PostgreSQL for the whole run, a database of its own for every registry. */
const withPostgres = new Set(['engine', 'registry', 'sync', 'cli'])

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    projects: folders.map((name) => ({
      extends: true as const,
      test: {
        name,
        include: [`test/${name}/**/*.test.{ts,tsx}`],
        globalSetup: withPostgres.has(name) ? ['test/registry/postgres.ts'] : [],
        testTimeout: patient.has(name) ? 180_000 : 10_000,
        hookTimeout: patient.has(name) ? 300_000 : 10_000,
      },
    })),
  },
})
