import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CommandBody } from '../../src/contract/registry.ts'
import { imei15Text } from '../../src/domain/imei.ts'
import { imei, TestDesk } from '../registry/testDesk.ts'
import { type TestRegistry, testRegistry } from '../registry/testRegistry.ts'
import { ALL_MATCH, fileAppeal } from './appealOf.ts'
import { SyncDesk } from './syncDesk.ts'

let registry: TestRegistry
let wire: TestDesk
beforeAll(async () => {
  registry = await testRegistry()
  wire = await TestDesk.enrolled(registry)
})
afterAll(() => registry.stop())

/** A desk that has what the registry has now. */
async function desk(as: string): Promise<SyncDesk> {
  const opened = await SyncDesk.open({ registry: registry.url, as })
  await opened.call('sync', {})
  return opened
}

test('a paper that the registry has lost is named as missing, and the appeal goes on without it', async () => {
  const { id, sha256 } = await fileAppeal(wire, imei(1))
  const folder = join(registry.data, 'blobs')
  for (const name of readdirSync(folder, { recursive: true }) as string[])
    if (name.endsWith(sha256)) rmSync(join(folder, name))
  const officer = await desk('reviewer')
  for (const look of ['evidence', 'evidence-reading', 'evidence-notes'] as const)
    expect(await officer.problemOf(look, { id, sha256 } as never)).toBe('blob-missing')
  expect((await officer.call('appeal', { id })).evidence).toHaveLength(2)
  await officer.call('claim-appeal', { id })
  const asked = { id, verdict: 'ask', fields: {}, reasons: ['R05'], note: 'Send the receipt again', item: 'receipt' }
  expect(await officer.call('decide-appeal', { ...asked, internal: '', holdSeconds: 0 } as never)).toMatchObject({
    state: 'asked',
  })
})

test('papers that do not open keep nobody from deciding', async () => {
  const { id, sha256 } = await fileAppeal(wire, imei(2))
  const officer = await desk('reviewer')
  expect(await officer.problemOf('evidence-reading', { id, sha256 })).toBe('picture-unreadable')
  expect(await officer.call('evidence-notes', { id, sha256 })).toEqual({ namedAs: null, takenAt: null, leftOut: null })
  await officer.call('claim-appeal', { id })
  const approved = { id, verdict: 'approve', fields: ALL_MATCH, reasons: [], note: '', internal: '', holdSeconds: 0 }
  expect(await officer.call('decide-appeal', approved as never)).toMatchObject({ verdict: 'approve' })
})

test('an IMEI that somebody else claims too is shown with his appeal, to both officers', async () => {
  const mine = await fileAppeal(wire, imei(3))
  const other = {
    key: { kind: 'passport', number: 'AB 12345', country: 'UZ' },
    name: 'Karimov',
    language: 'ru',
  } as const
  const claim = { imeis: [imei15Text(imei(3))], brand: 'Xiaomi', model: 'Note 14', receiptNo: 'R-OTHER' }
  const theirs = await fileAppeal(wire, imei(5), { applicant: other, claim })
  const officer = await desk('reviewer')
  for (const [one, another] of [
    [mine.id, theirs.id],
    [theirs.id, mine.id],
  ] as const) {
    const { comparison, facts } = await officer.call('appeal', { id: one })
    expect(comparison.find((l) => l.field === 'imei1')).toMatchObject({
      ...{ result: 'unclear', rule: 'imei-in-other-appeal', fact: another },
    })
    expect(facts.reuse).toContainEqual(expect.objectContaining({ what: 'imei', appeal: another }))
  }
})

test('who proposed an approval and became an approver meanwhile signs it nowhere', async () => {
  const { id } = await fileAppeal(wire, imei(6), {
    claim: { imeis: [imei15Text(imei(6))], brand: 'Xiaomi', model: 'Note 14', priceTenge: 9_000_000 },
  })
  const { version } = await wire.does('reviewer', 'claim-appeal', { appeal: id })
  const decision: CommandBody<'decide-appeal'> = {
    ...{ appeal: id, version, verdict: 'approve', fields: ALL_MATCH },
    ...{ reasons: [], note: '', internal: '' },
  }
  expect(await wire.does('reviewer', 'decide-appeal', decision)).toMatchObject({ state: 'awaiting-signature' })
  await wire.does('admin', 'set-officer', { id: 'reviewer', name: 'Reviewer (sample)', role: 'approver' })
  const signature = { target: { type: 'appeal' as const, id }, agrees: true, note: '' }
  expect(await wire.isRefused('reviewer', 'sign', signature)).toBe('own-act')
  const same = await desk('reviewer')
  expect(await same.problemOf('sign', { id, agrees: true, note: '' })).toBe('own-act')
  expect((await same.call('appeal', { id })).state).toBe('awaiting-signature')
  expect(await wire.does('approver', 'sign', signature)).toMatchObject({ state: 'approved' })
})
