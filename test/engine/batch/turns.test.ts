import { expect, test } from 'vitest'
import { Turns } from '../../../src/engine/batch/thread/turns.ts'

const waiting = () => Promise.withResolvers<string>()

test('imports take turns in the order they came, and a failed one lets the next begin', async () => {
  const turns = new Turns()
  const { signal } = new AbortController()
  const begun: string[] = []
  const first = waiting()
  const started = waiting()
  const work = (name: string, act: () => Promise<string>) =>
    turns.take(signal, () => {
      begun.push(name)
      started.resolve(name)
      return act()
    })
  const a = work('a', () => first.promise)
  const b = work('b', () => Promise.reject(new Error('b')))
  const failed = expect(b).rejects.toThrow('b')
  const c = work('c', () => Promise.resolve('c done'))
  await started.promise
  expect(begun).toEqual(['a'])
  first.resolve('a done')
  expect(await a).toBe('a done')
  await failed
  expect(await c).toBe('c done')
  expect(begun).toEqual(['a', 'b', 'c'])
})

test('an import cancelled while it waits is never begun, and holds nobody up', async () => {
  const turns = new Turns()
  const first = waiting()
  const cancel = new AbortController()
  const a = turns.take(new AbortController().signal, () => first.promise)
  let begun = false
  const b = turns.take(cancel.signal, async () => {
    begun = true
  })
  const c = turns.take(new AbortController().signal, async () => 'c done')
  cancel.abort()
  await expect(b).rejects.toMatchObject({ problem: { code: 'cancelled' } })
  first.resolve('a done')
  expect([await a, await c, begun]).toEqual(['a done', 'c done', false])
})
