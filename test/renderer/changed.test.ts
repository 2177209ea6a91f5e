import { expect, it } from 'vitest'
import { ENGINE_CALLS } from '../../src/contract/engine.ts'
import { staleCalls } from '../../src/renderer/app/topics.ts'

const TOPICS = ['status', 'batch', 'listing', 'appeal', 'outbox', 'settings', 'audit'] as const

it('a decided appeal renews queue, counts, the supervisor’s figures and the appeal itself, and no batch', () => {
  const stale = staleCalls(['appeal'])
  expect([...stale]).toEqual(
    expect.arrayContaining(['appeal', 'appeal-counts', 'appeals', 'explain', 'supervision', 'evidence-clusters']),
  )
  expect(stale.has('batches')).toBe(false)
})

it('every call that a notice renews is one of the engine', () => {
  for (const call of staleCalls(TOPICS)) expect(Object.keys(ENGINE_CALLS)).toContain(call)
})
