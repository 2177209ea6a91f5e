import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { Database } from '../../src/registry/db/pool.ts'
import { type TestRegistry, testRegistry } from './testRegistry.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await testRegistry()
})
afterAll(() => registry.stop())

test('while nothing happens the database sees one query a second, however many desks listen', async () => {
  const stop = new AbortController()
  try {
    const listening = await Promise.all(
      Array.from({ length: 60 }, () => fetch(`${registry.url}/v1/live`, { signal: stop.signal })),
    )
    // everybody has been told where the registry stands
    for (const { body } of listening) await body?.getReader().read()
    const counted = vi.spyOn(Database.prototype, 'all')
    const run = vi.spyOn(Database.prototype, 'run')
    const looked = (times: number) =>
      vi.waitFor(() => expect(counted.mock.calls.length).toBeGreaterThanOrEqual(times), {
        timeout: 60_000,
        interval: 20,
      })
    // what a start looks at once is over
    await looked(5)
    counted.mockClear()
    run.mockClear()
    const begun = performance.now()
    await looked(3)
    const seconds = (performance.now() - begun) / 1000
    const texts = new Set(counted.mock.calls.map(([text]) => text))
    expect([...texts].every((text) => text.includes('FROM counter'))).toBe(true)
    expect(run).not.toHaveBeenCalled()
    expect(counted.mock.calls.length).toBeLessThanOrEqual(Math.floor(seconds) + 1)
  } finally {
    stop.abort()
    vi.restoreAllMocks()
  }
})
