import { expect, it } from 'vitest'
import { ReadingQueue } from '../../../src/engine/evidence/readingQueue.ts'

/** A queue whose works end when they are told to, and the order in which they began. */
function watched() {
  const queue = new ReadingQueue()
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  const add = (appeal: string, behind: string | null, name: string): Promise<string> =>
    queue.add(
      appeal,
      behind,
      () =>
        new Promise<string>((done) => {
          begun.push(name)
          ends.set(name, () => done(name))
        }),
    )
  return { begun, add, end: (name: string) => ends.get(name)?.() }
}

it('reads the papers of the appeal on screen first, then those that come next, then what was left behind', async () => {
  const { begun, add, end } = watched()
  const all = [
    add('A-1', null, 'first'),
    add('A-1', null, 'left behind'),
    add('A-3', 'A-2', 'next'),
    add('A-2', null, 'on screen'),
  ]
  for (const name of ['first', 'on screen', 'next', 'left behind']) {
    await expect.poll(() => begun.at(-1)).toBe(name)
    end(name)
  }
  expect(await Promise.all(all)).toEqual(['first', 'left behind', 'next', 'on screen'])
})

it('goes on after a paper that cannot be read, and gives up what has waited longest behind fifty others', async () => {
  const { begun, add, end } = watched()
  const queue = new ReadingQueue()
  const broken = queue.add('A-1', null, () => Promise.reject(new Error('torn')))
  const after = queue.add('A-1', null, () => Promise.resolve('read'))
  await expect(broken).rejects.toThrow('torn')
  expect(await after).toBe('read')

  void add('A-1', null, 'long')
  const forgotten = add('A-1', null, 'forgotten')
  for (let i = 0; i < 50; i++) void add('A-2', null, `later ${i}`)
  await expect(forgotten).rejects.toMatchObject({ problem: { code: 'cancelled' } })
  end('long')
  await expect.poll(() => begun.at(-1)).toBe('later 0')
})
