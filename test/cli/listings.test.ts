import { readFileSync, statSync } from 'node:fs'
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
const online = (...words: string[]) =>
  desk([...words, '--home', join(folder.path, 'home'), '--registry', registry.url, '--as', 'auditor', '--json'])

test('a list is narrowed, written whole, and one of its IMEIs printed as a proved dossier', async () => {
  const grey = await online('list', 'grey', '--operator', 'kcell', '--limit', '2')
  expect(grey.json.rows).toHaveLength(2)
  expect(grey.json.total).toBeGreaterThan(100)
  const file = join(folder.path, 'grey.csv')
  const written = await online('list', 'grey', '--operator', 'kcell', '--out', file)
  expect(written.json.rows).toBe(grey.json.total)
  expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(grey.json.total + 1)
  const white = await online('list', 'white', '--reason', 'legacy', '--limit', '3')
  expect(white.json.rows.map((row: { reason: string }) => row.reason)).toEqual(['legacy', 'legacy', 'legacy'])
  expect((await online('list', 'purple')).code).toBe(2)

  const pdf = join(folder.path, 'dossier.pdf')
  const dossier = await online('dossier', grey.json.rows[0].imei14, '--out', pdf, '--lang', 'kk')
  expect(dossier.code).toBe(0)
  expect(dossier.json.proofs.length).toBeGreaterThan(0)
  expect(dossier.json.proofs.every(({ holds }: { holds: boolean }) => holds)).toBe(true)
  expect(statSync(pdf).size).toBeGreaterThan(10_000)
  expect((await online('lookup', 'A-2026-999999')).json).toMatchObject({ problem: { code: 'appeal-unknown' } })
}, 120_000)

test('a policy tried on the desk and at the registry moves the same', async () => {
  const onDesk = await online('policy', 'simulate', '--set', 'graceDays=60')
  const there = await online('policy', 'simulate', '--set', 'graceDays=60', '--at', 'registry')
  expect(onDesk.json.moved).toBeGreaterThan(100)
  expect(there.json).toEqual(onDesk.json)
}, 120_000)

test('a proposed policy waits for each approver who has not signed it, until it has two', async () => {
  const as = (officer: string, ...words: string[]) =>
    desk([...words, '--home', join(folder.path, officer), '--registry', registry.url, '--as', officer, '--json'])
  const proposed = await as('reviewer', 'policy', 'propose', '--set', 'feeTenge=4000', '--from', '2099-01-01')
  expect(proposed.json).toMatchObject({ state: 'awaiting-signature', validFrom: '2099-01-01', signatures: [] })
  const { proposal } = proposed.json
  const waits = async (officer: string): Promise<boolean> =>
    (await as(officer, 'to-sign')).json.some(
      ({ kind, id }: { kind: string; id: string }) => kind === 'policy' && id === proposal,
    )
  expect([await waits('reviewer'), await waits('approver'), await waits('approver2')]).toEqual([false, true, true])
  expect((await as('approver', 'policy', 'sign', proposal)).json).toMatchObject({ state: 'awaiting-signature' })
  expect([await waits('approver'), await waits('approver2')]).toEqual([false, true])
  expect((await as('approver2', 'policy', 'sign', proposal)).json).toMatchObject({ state: 'signed' })
  expect(await waits('approver2')).toBe(false)
}, 120_000)

test('whom a warning is due to is listed by a filter, page by page', async () => {
  const due = await online('notices', 'due', '--operator', 'kcell')
  const all = due.json.first + due.json.reminder + due.json.last
  const page = await online('notices', 'list', '--operator', 'kcell', '--limit', '3')
  expect(page.json.rows).toHaveLength(Math.min(3, all))
  expect(page.json.rows.every(({ operator }: { operator: string }) => operator === 'kcell')).toBe(true)
  const next = await online('notices', 'list', '--operator', 'kcell', '--limit', '3', '--after', page.json.next ?? '0')
  expect(next.code).toBe(0)
  expect((await online('notices', 'list', '--operator', 'nobody')).code).toBe(2)
}, 120_000)
