import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { imei, TestDesk } from '../registry/testDesk.ts'
import { type TestRegistry, testRegistry } from '../registry/testRegistry.ts'
import { fileAppeal } from './appealOf.ts'
import { SyncDesk } from './syncDesk.ts'

let registry: TestRegistry
let wire: TestDesk
beforeAll(async () => {
  registry = await testRegistry()
  wire = await TestDesk.enrolled(registry)
})
afterAll(() => registry.stop())

const open = async (as = 'reviewer', home?: string) => {
  const desk = await SyncDesk.open({ registry: registry.url, as, ...(home ? { home } : {}) })
  await desk.call('sync', {})
  return desk
}
const draft = (note: string) => ({ fields: { model: 'match' as const }, verdict: null, reasons: [], note })
const noteOn = async (desk: SyncDesk, id: string) => (await desk.call('appeal', { id })).draft?.note ?? null

describe('an officer’s drafts', () => {
  test('follow him to another desk, and nobody else', async () => {
    const { id } = await fileAppeal(wire, imei(301))
    const [a, b] = [await open(), await open()]
    await a.call('save-draft', { id, draft: draft('from desk A') })
    await a.call('share-drafts', {})
    expect(await b.call('share-drafts', {})).toEqual({ came: 1 })
    expect(await noteOn(b, id)).toBe('from desk A')
    const other = await open('reviewer2')
    expect(await other.call('share-drafts', {})).toEqual({ came: 0 })
    expect(await noteOn(other, id)).toBeNull()
  })

  test('of two written apart the later counts; one dropped here is gone there', async () => {
    const { id } = await fileAppeal(wire, imei(302))
    const [a, b] = [await open(), await open()]
    await a.call('save-draft', { id, draft: draft('earlier') })
    await b.call('save-draft', { id, draft: draft('later') })
    await b.call('share-drafts', {})
    await a.call('share-drafts', {})
    expect([await noteOn(a, id), await noteOn(b, id)]).toEqual(['later', 'later'])
    await a.call('save-draft', { id, draft: null })
    await a.call('share-drafts', {})
    await b.call('share-drafts', {})
    expect(await noteOn(b, id)).toBeNull()
  })

  test('stay at the desk while the registry is away', async () => {
    const { id } = await fileAppeal(wire, imei(303))
    const a = await open()
    await registry.stop()
    try {
      await a.call('save-draft', { id, draft: draft('offline') })
      expect(await a.problemOf('share-drafts', {})).toBe('registry-unreachable')
      expect(await noteOn(a, id)).toBe('offline')
    } finally {
      await registry.restart()
    }
  })
})

test('who loses against a colleague keeps his draft and the version he began on', async () => {
  const { id } = await fileAppeal(wire, imei(310))
  const a = await open()
  await a.call('claim-appeal', { id })
  await a.call('save-draft', { id, draft: draft('my finding') })
  await wire.does('approver', 'assign-appeal', { appeal: id, to: 'reviewer2', reason: 'ill' })
  const decide = { id, verdict: 'ask' as const, fields: {}, reasons: ['R05' as const], note: 'my finding' }
  expect(await a.problemOf('decide-appeal', decide)).toBe('appeal-changed')
  const whole = await a.call('appeal', { id })
  expect(whole).toMatchObject({ version: 3, draftOn: 2, draft: { note: 'my finding' }, assignedTo: 'reviewer2' })
})

test('the second officer reads the first verdict only after his own', async () => {
  const { id } = await fileAppeal(wire, imei(311), {
    claim: { imeis: ['860123040003112'], priceTenge: 3_000_000, model: 'X' },
  })
  const a = await open()
  await a.call('claim-appeal', { id })
  const comparison = (await a.call('appeal', { id })).comparison
  const fields = Object.fromEntries(comparison.filter((c) => c.mandatory).map((c) => [c.field, 'match' as const]))
  const decided = await a.call('decide-appeal', {
    id,
    verdict: 'approve',
    fields,
    reasons: [],
    note: '',
    internal: 'sure',
  })
  expect(decided.state).toBe('awaiting-signature')
  const second = await open('approver')
  const sealed = await second.call('appeal', { id })
  expect(sealed).toMatchObject({ sealed: true, proposal: { officer: 'reviewer', fields: {}, note: '' } })
  expect(JSON.stringify(sealed)).not.toContain('sure')
  await second.call('save-draft', { id, draft: { ...draft(''), verdict: 'approve' } })
  expect(await second.call('appeal', { id })).toMatchObject({
    sealed: false,
    proposal: { fields, because: ['amount'] },
  })
})
