import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningRegistry, startRegistry } from '../../src/registry/start.ts'
import { desk, temporaryFolder } from './deskProcess.ts'

const folder = temporaryFolder()
let registry: RunningRegistry
beforeAll(async () => {
  registry = await startRegistry({ data: join(folder.path, 'registry'), port: 0, sample: 'small', log: 'silent' })
})
afterAll(async () => {
  await registry.stop()
  folder.remove()
})
const as = (officer: string, ...words: string[]) =>
  desk([...words, '--home', join(folder.path, 'home'), '--registry', registry.url, '--as', officer, '--json'])
const problemOf = async (officer: string, ...words: string[]) => {
  const { code, json } = await as(officer, ...words)
  return [code, json.problem?.code]
}
const lastStep = async (id: string) => (await as('auditor', 'appeal', id)).json.timeline.at(-1)

test('a supervisor gives appeals out, one decision serves many, an applicant withdraws or complains', async () => {
  const { json: waiting } = await as('auditor', 'appeals', '--state', 'received')
  const [given, first, second, gone] = (waiting as { id: string }[]).map(({ id }) => id) as [
    ...[string, string, string, string],
  ]

  const toReviewer2 = ['assign', given, '--to', 'reviewer2', '--reason', 'knows the courier']
  expect(await problemOf('reviewer', ...toReviewer2)).toEqual([1, 'role-forbids'])
  expect((await as('approver', ...toReviewer2)).json).toEqual({ appeal: given, state: 'received', pending: false })
  expect(await lastStep(given)).toMatchObject({ what: 'assigned', officer: 'approver', to: 'reviewer2' })

  // what is another's stays as it is and is named; the others are decided
  const many = ['decide-many', 'refer', given, first, second, '--reason', 'R12', '--note', 'police decide this']
  const decided = await as('reviewer', ...many)
  expect(decided).toMatchObject({ code: 0, json: { pending: false, done: [first, second].toSorted() } })
  expect(decided.json.refused).toMatchObject([{ appeal: given }])
  expect(await problemOf('approver', ...many)).toEqual([1, 'role-forbids'])

  expect((await as('reviewer', 'withdraw', gone, '--note', 'sold it')).json).toMatchObject({ state: 'withdrawn' })
  expect(await problemOf('reviewer', 'withdraw', gone, '--note', 'again')).toEqual([1, 'appeal-closed'])

  const complained = await as('reviewer2', 'complain', first, '--text', 'the police know nothing of it')
  expect(complained.json).toEqual({ appeal: first, state: 'received', pending: false })
  expect(await lastStep(first)).toMatchObject({ what: 'complained', note: 'the police know nothing of it' })
  // who had a part in the decision has none in the complaint
  expect(await problemOf('reviewer', 'claim', first)).toEqual([1, 'own-act'])
})

test('an approval found wrong is proposed to be withdrawn, signed by another officer, and decided anew by others', async () => {
  const approved = (await as('reviewer', 'appeals', '--state', 'approved')).json as { id: string; imeis: string[] }[]
  const found = approved[0]
  if (!found) throw new Error('the sample has no approved appeal')
  const listOf = async () => (await as('reviewer', 'lookup', found.imeis[0] ?? '')).json[0]
  expect(await listOf()).toMatchObject({ list: 'white', reason: 'appeal-approved' })

  expect(await problemOf('reviewer', 'revoke', found.id, '--note', 'wrong')).toEqual([1, 'reason-missing'])
  const words = ['revoke', found.id, '--reason', 'R07', '--note', 'the receipt is of another phone']
  expect((await as('reviewer', ...words)).json).toEqual({ appeal: found.id, state: 'approved', pending: false })
  expect(await listOf()).toMatchObject({ list: 'white' })
  expect(await problemOf('reviewer', ...words)).toEqual([1, 'revocation-waits'])

  expect((await as('approver', 'sign', found.id)).json).toMatchObject({ state: 'received', pending: false })
  expect((await listOf())?.reason).not.toBe('appeal-approved')
  expect(await lastStep(found.id)).toMatchObject({ what: 'revoked', revokes: 'approved', officer: 'approver' })
})
