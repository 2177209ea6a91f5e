import { afterEach, expect, test, vi } from 'vitest'
import { HeadWatch } from '../../src/registry/feed/headWatch.ts'

afterEach(() => vi.useRealTimers())

test('an idle registry asks its database once a second, however many desks listen, and never when none does', async () => {
  vi.useFakeTimers()
  let reads = 0
  const watch = new HeadWatch(
    async () => {
      reads++
      return { epoch: 'e', head: 7, sample: true, installation: 'i', oldest: 1 }
    },
    (e) => {
      throw e
    },
  )
  await vi.advanceTimersByTimeAsync(10_000)
  expect(reads).toBe(0)
  const told: number[] = []
  const stops = Array.from({ length: 50 }, (_, i) => watch.listen(() => told.push(i)))
  await vi.advanceTimersByTimeAsync(0)
  const first = reads
  await vi.advanceTimersByTimeAsync(10_000)
  expect(reads - first).toBeLessThanOrEqual(10)
  expect(new Set(told).size).toBe(50)
  for (const stop of stops) stop()
  const last = reads
  await vi.advanceTimersByTimeAsync(10_000)
  expect(reads).toBe(last)
})
