import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.e2e.ts',
  outputDir: 'test-results',
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  // three windows and an axe run on two busy cores take their time; what hangs is still caught
  timeout: 240_000,
  expect: { timeout: 15_000 },
  globalSetup: './test/e2e/harness/registry.setup.ts',
  use: { trace: 'retain-on-failure' },
})
