import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { CommandBody, EventDoc } from '../../src/contract/registry.ts'
import type { Appeal } from '../../src/domain/appeal.ts'
import { DEFAULT_POLICY } from '../../src/domain/defaultPolicy.ts'
import { approval, receive } from './testAppeal.ts'
import { imei, TestDesk } from './testDesk.ts'
import { type TestRegistry, testRegistry } from './testRegistry.ts'

let registry: TestRegistry
let desk: TestDesk
beforeAll(async () => {
  const { appeal } = DEFAULT_POLICY
  registry = await testRegistry({ policy: { appeal: { ...appeal, rules: { bulkCapByRole: { reviewer: 8 } } } } })
  desk = await TestDesk.enrolled(registry)
})
afterAll(() => registry.stop())
beforeEach(() => registry.at('2026-11-23T05:00:00.000Z'))

const text = (n: number) => `${imei(n)}0`
const claim = (appeal: string | null, officer = 'reviewer') => desk.does(officer, 'claim-appeal', { appeal })
const decision = (
  appeal: string,
  version: number,
  over: Partial<CommandBody<'decide-appeal'>> = {},
): CommandBody<'decide-appeal'> => ({
  ...{ appeal, version, verdict: 'reject', fields: {}, reasons: ['R01'], note: 'words', internal: '' },
  ...over,
})
const lastOf = async (id: string) =>
  (await desk.feed(0)).filter((e) => e.type === 'appeal-changed' && (e.doc as Appeal).id === id).at(-1)?.doc as {
    state: string
    entry: { what: string; letter?: { no: string; code: string }; note?: string; internal?: string }
  }
/** Leaves nothing in the queue for the next test. */
afterEach(async () => {
  await registry.query("UPDATE appeal SET state = 'withdrawn' WHERE state NOT IN ('approved', 'rejected', 'referred')")
})

test('a question names its field, its words for officers stay apart, and it has a letter of its own', async () => {
  const id = await receive(desk, { imeis: [text(1)] })
  const { version } = await claim(id)
  const ask = decision(id, version, { verdict: 'ask', internal: 'looks forged', item: 'purchase' })
  expect(await desk.does('reviewer', 'decide-appeal', ask)).toMatchObject({ state: 'asked' })
  const { entry } = await lastOf(id)
  expect(entry).toMatchObject({ what: 'asked', note: 'words', internal: 'looks forged', item: 'purchase' })
  expect(entry.letter?.no).toBe(`${id}-3`)
  expect(await registry.query('SELECT kind, code FROM letter WHERE appeal = $1', [id])).toEqual([
    { kind: 'question', code: entry.letter?.code },
  ])
})

test('a term is prolonged in the version that was seen, and the queue follows its new day', async () => {
  const id = await receive(desk, { imeis: [text(2)], receivedAt: '2026-11-09T05:00:00.000Z' })
  const { version } = await claim(id)
  const body = { appeal: id, version, until: '2026-12-18', note: 'customs answer late', internal: '' }
  expect(await desk.isRefused('reviewer', 'prolong-appeal', { ...body, version: version - 1 })).toBe('appeal-changed')
  expect(await desk.does('reviewer', 'prolong-appeal', body)).toMatchObject({ state: 'claimed' })
  expect(await lastOf(id)).toMatchObject({ dueAt: '2026-12-18', entry: { noticeBy: '2026-11-26' } })
  expect(await registry.query('SELECT due_at::text FROM appeal WHERE id = $1', [id])).toEqual([
    { due_at: '2026-12-18' },
  ])
})

describe('who is given what', () => {
  test('an appeal handed over comes to that colleague first, and to nobody else', async () => {
    const soon = await receive(desk, { imeis: [text(10)], receivedAt: '2026-11-02T05:00:00.000Z' })
    const late = await receive(desk, { imeis: [text(11)], receivedAt: '2026-11-20T05:00:00.000Z' })
    await claim(late)
    await desk.does('reviewer', 'hand-over-appeal', { appeal: late, to: 'reviewer2', note: 'yours' })
    expect(await desk.isRefused('reviewer', 'claim-appeal', { appeal: late })).toBe('appeal-claimed-by-other')
    expect((await claim(null, 'reviewer2')).appeal).toBe(late)
    expect((await claim(null, 'reviewer2')).appeal).toBe(soon)
  })

  test('on one day everybody’s first appeal comes before anybody’s second', async () => {
    const many = []
    for (const n of [20, 21, 22]) many.push(await receive(desk, { imeis: [text(n)], iin: '900101300007' }))
    const other = await receive(desk, { imeis: [text(23)], iin: '250340000120' })
    expect([(await claim(null)).appeal, (await claim(null)).appeal]).toEqual([many[0], other])
  })

  test('what an officer returned comes back to him only when nothing else is left', async () => {
    const first = await receive(desk, { imeis: [text(30)], receivedAt: '2026-11-02T05:00:00.000Z' })
    const second = await receive(desk, { imeis: [text(31)], receivedAt: '2026-11-20T05:00:00.000Z' })
    expect((await claim(null)).appeal).toBe(first)
    await desk.does('reviewer', 'return-appeal', { appeal: first, reason: 'my neighbour' })
    expect((await claim(null)).appeal).toBe(second)
    expect((await claim(null)).appeal).toBe(first)
  })

  test('a supervisor takes an appeal from who holds it; his late decision is refused', async () => {
    const id = await receive(desk, { imeis: [text(40)] })
    const { version } = await claim(id)
    expect(await desk.isRefused('reviewer2', 'assign-appeal', { appeal: id, to: 'reviewer2', reason: 'x' })).toBe(
      'role-forbids',
    )
    await desk.does('approver', 'assign-appeal', { appeal: id, to: 'reviewer2', reason: 'ill' })
    expect(await desk.isRefused('reviewer', 'decide-appeal', decision(id, version))).toBe('appeal-changed')
    expect((await claim(null, 'reviewer2')).appeal).toBe(id)
  })
})

test('a price above the policy’s, a paper used twice and the lot each ask for a second officer', async () => {
  const dear = await receive(desk, { imeis: [text(50)], claim: { priceTenge: 2_000_000 } })
  const used = await receive(desk, { imeis: [text(51)], claim: { receiptNo: '12-7', seller: 'Shop' } })
  const again = await receive(desk, {
    imeis: [text(52)],
    claim: { receiptNo: '№127', seller: 'SHOP' },
    iin: '250340000120',
  })
  const because = async (id: string) => {
    const { version } = await claim(id)
    await desk.does('reviewer', 'decide-appeal', approval(id, version))
    return (await lastOf(id)) as { state: string; entry: { because?: string[] } }
  }
  expect(await because(dear)).toMatchObject({ state: 'awaiting-signature', entry: { because: ['amount'] } })
  expect(await because(again)).toMatchObject({ state: 'awaiting-signature', entry: { because: ['reuse'] } })
  expect(await because(used)).toMatchObject({ state: 'awaiting-signature', entry: { because: ['reuse'] } })
})

test('a complaint is decided by another officer, and its letter is the complaint’s', async () => {
  const id = await receive(desk, { imeis: [text(60)] })
  const first = await claim(id)
  await desk.does('reviewer', 'decide-appeal', decision(id, first.version))
  registry.at('2026-11-26T05:00:00.000Z')
  const final = await claim(id)
  const refused = await desk.does('reviewer', 'decide-appeal', decision(id, final.version))
  const complaint = { appeal: id, version: refused.version, text: 'I was not heard' }
  expect(await desk.does('reviewer2', 'complain-appeal', complaint)).toMatchObject({ state: 'received' })
  expect(await desk.isRefused('reviewer', 'claim-appeal', { appeal: null })).toBe('appeal-none-waiting')
  expect(await desk.isRefused('reviewer', 'claim-appeal', { appeal: id })).toBe('own-act')
  const second = await claim(null, 'reviewer2')
  expect(second.appeal).toBe(id)
  expect(await desk.does('reviewer2', 'decide-appeal', decision(id, second.version))).toMatchObject({
    state: 'rejected',
  })
  expect(
    (await registry.query<{ kind: string }>('SELECT kind FROM letter WHERE appeal = $1 ORDER BY no', [id])).map(
      (l) => l.kind,
    ),
  ).toEqual(['preliminary', 'refusal', 'complaint'])
})

test('a decision taken back stays in the record, and only its officer takes it back', async () => {
  const id = await receive(desk, { imeis: [text(70)] })
  const { version } = await claim(id)
  const decided = await desk.does('reviewer', 'decide-appeal', decision(id, version))
  const body = { appeal: id, version: decided.version, note: 'wrong file', reasons: [], internal: '' }
  expect(await desk.isRefused('reviewer2', 'revoke-decision', body)).toBe('decision-of-other')
  expect(await desk.does('reviewer', 'revoke-decision', body)).toMatchObject({ state: 'received' })
  const [row] = await registry.query<{ doc: Appeal }>('SELECT doc FROM appeal WHERE id = $1', [id])
  expect(row?.doc.timeline.map((e) => e.what)).toEqual(['received', 'claimed', 'preliminary', 'revoked'])
})

test('the applicant’s withdrawal closes it for everybody', async () => {
  const id = await receive(desk, { imeis: [text(80)] })
  const { version } = await claim(id)
  await desk.does('reviewer', 'withdraw-appeal', { appeal: id, version, note: 'sold it' })
  expect(await desk.isRefused('reviewer2', 'claim-appeal', { appeal: id })).toBe('appeal-closed')
})

describe('many appeals with one reason', () => {
  test('are decided one by one: what moved on meanwhile is left and named', async () => {
    const ids: string[] = []
    for (let n = 90; n < 95; n++) ids.push(await receive(desk, { imeis: [text(n)] }))
    const [held = '', moved = '', ...free] = ids
    await claim(held, 'reviewer2')
    const taken = await claim(moved)
    await desk.does('reviewer', 'return-appeal', { appeal: moved, reason: 'x' })
    const appeals = ids.map((appeal) => ({ appeal, version: appeal === held ? 2 : 1 }))
    const answer = await desk.does('reviewer', 'decide-many', {
      ...{ appeals, verdict: 'reject', reasons: ['R09'], note: 'one importer', internal: '' },
    })
    expect(answer.done.map((d) => d.appeal)).toEqual(free)
    expect(answer.refused).toMatchObject([
      { appeal: held, problem: { code: 'appeal-claimed-by-other' } },
      { appeal: moved, problem: { code: 'appeal-changed', details: { yours: 1, version: taken.version + 1 } } },
    ])
    expect(await lastOf(free[0] ?? '')).toMatchObject({ state: 'preliminary', entry: { reasons: ['R09'] } })
  })

  test('not more than the policy lets the role, and not by who may not decide', async () => {
    const appeals = Array.from({ length: 9 }, (_, i) => ({ appeal: `A-2026-${i}`, version: 1 }))
    const body = { appeals, verdict: 'ask' as const, reasons: ['R12' as const], note: '', internal: '' }
    expect(await desk.answerOf('reviewer', 'decide-many', body)).toMatchObject({
      problem: { code: 'bulk-too-many', details: { count: 9, cap: 8 } },
    })
    expect(await desk.isRefused('approver', 'decide-many', { ...body, appeals: appeals.slice(0, 2) })).toBe(
      'role-forbids',
    )
  })
})

describe('an approval found wrong', () => {
  const revoke = (appeal: string, version: number, over: Partial<CommandBody<'revoke-decision'>> = {}) => ({
    ...{ appeal, version, note: 'the receipt is of another phone', reasons: ['R07' as const], internal: '' },
    ...over,
  })
  const factsOf = (n: number) =>
    registry.query(
      `SELECT b.kind, b.ended_seq IS NULL AS live FROM fact f JOIN batch b ON b.no = f.batch WHERE f.imei14 = $1 ORDER BY b.no`,
      [imei(n)],
    )
  const listed = (n: number) =>
    registry.query('SELECT list, reason, since::text, deadline::text FROM listing WHERE imei14 = $1', [imei(n)])
  /** A grey phone whose appeal `reviewer` approved. */
  async function approved(n: number) {
    await desk.imports({ kind: 'operator', imeis: [imei(n)], date: '2026-11-03' })
    const before = await listed(n)
    const id = await receive(desk, { imeis: [text(n)] })
    const { version } = await claim(id)
    await desk.does('reviewer', 'decide-appeal', approval(id, version, 1))
    const batch = (await registry.query("SELECT id FROM batch WHERE head ->> 'letter' = $1", [id]))[0] as { id: string }
    return { id, version: version + 1, before, batch: batch.id }
  }

  test('is undone by two officers: its facts end, the listing is what it was before, nothing is erased, the owner has a letter', async () => {
    const { id, version, before, batch } = await approved(40)
    expect(before).toMatchObject([{ list: 'grey' }])
    expect(await listed(40)).toEqual([])

    expect(await desk.does('reviewer2', 'revoke-decision', revoke(id, version))).toMatchObject({ state: 'approved' })
    expect(await listed(40)).toEqual([])
    const target = { type: 'undo' as const, id: batch }
    expect(await desk.does('approver', 'sign', { target, agrees: true, note: '' })).toMatchObject({ state: 'undone' })

    expect(await listed(40)).toEqual(before)
    expect((await factsOf(40)).at(-1)).toEqual({ kind: 'decision', live: false })
    const after = await lastOf(id)
    expect(after).toMatchObject({
      state: 'received',
      dueAt: '2026-12-14',
      notBy: ['reviewer'],
      revocation: null,
      entry: {
        what: 'revoked',
        revokes: 'approved',
        officer: 'approver',
        reasons: ['R07'],
        note: 'the receipt is of another phone',
      },
    })
    expect(await registry.query('SELECT kind FROM letter WHERE appeal = $1 ORDER BY at, no', [id])).toEqual([
      { kind: 'approval' },
      { kind: 'revocation' },
    ])
    // decided anew by others
    expect(await desk.isRefused('reviewer', 'claim-appeal', { appeal: id })).toBe('own-act')
    const again = await claim(id, 'reviewer2')
    await desk.does('reviewer2', 'decide-appeal', approval(id, again.version, 1))
    expect((await factsOf(40)).filter((f) => f.kind === 'decision')).toEqual([
      { kind: 'decision', live: false },
      { kind: 'decision', live: true },
    ])
  })

  test('stays while it is only proposed, and for good when the second officer does not agree', async () => {
    const { id, version, batch } = await approved(41)
    await desk.does('reviewer2', 'revoke-decision', revoke(id, version))
    expect(await desk.isRefused('reviewer', 'revoke-decision', revoke(id, version + 1))).toBe('revocation-waits')
    const target = { type: 'undo' as const, id: batch }
    expect(await desk.isRefused('reviewer2', 'sign', { target, agrees: true, note: '' })).toBe('role-forbids')
    await desk.does('approver', 'sign', { target, agrees: false, note: 'the papers agree' })
    expect(await lastOf(id)).toMatchObject({
      state: 'approved',
      entry: { what: 'revocation-dropped', internal: 'the papers agree' },
    })
    expect(await listed(41)).toEqual([])
    expect((await factsOf(41)).at(-1)).toEqual({ kind: 'decision', live: true })
    // and may be proposed again
    await desk.does('reviewer', 'revoke-decision', revoke(id, version + 2))
  })

  test('is not signed by who proposed it, and not proposed without reasons, twice, or of what was not approved', async () => {
    const { id, version, batch } = await approved(42)
    expect(await desk.isRefused('reviewer2', 'revoke-decision', revoke(id, version, { reasons: [] }))).toBe(
      'reason-missing',
    )
    expect(await desk.isRefused('reviewer2', 'revoke-decision', revoke(id, version - 1))).toBe('appeal-changed')
    expect(await desk.isRefused('auditor', 'revoke-decision', revoke(id, version))).toBe('role-forbids')
    const target = { type: 'undo' as const, id: batch }
    expect(await desk.isRefused('approver', 'sign', { target, agrees: true, note: '' })).toBe('nothing-to-sign')
    await desk.does('approver', 'revoke-decision', revoke(id, version))
    expect(await desk.isRefused('approver', 'sign', { target, agrees: true, note: '' })).toBe('own-act')
    await desk.does('approver2', 'sign', { target, agrees: true, note: '' })
    const after = (await lastOf(id)) as unknown as { version: number }
    expect(await desk.isRefused('reviewer2', 'revoke-decision', revoke(id, after.version))).toBe('appeal-closed')
  })

  test('sends a phone that the appeal had freed back into black, as the block run had left it', async () => {
    await desk.imports({ kind: 'operator', imeis: [imei(43)], date: '2026-10-01' })
    const run = '01970000-0000-7000-8000-00000000b043'
    await desk.does('approver', 'propose-blockrun', { run, until: '2026-11-22' })
    const proposed = (await desk.feed(0)).findLast((e) => e.type === 'blockrun-proposed')
    const seen = proposed?.doc as EventDoc<'blockrun-proposed'>
    await desk.does('approver2', 'sign-blockrun', { run, manifest: seen.manifest, agrees: true, note: '' })
    const blocked = await listed(43)
    expect(blocked).toMatchObject([{ list: 'black', reason: 'not-verified-in-time', since: '2026-11-23' }])

    const id = await receive(desk, { imeis: [text(43)] })
    const { version } = await claim(id)
    await desk.does('reviewer', 'decide-appeal', approval(id, version, 1))
    const freed = await desk.does('approver', 'sign', { target: { type: 'appeal', id }, agrees: true, note: '' })
    expect(freed).toMatchObject({ state: 'approved' })
    expect(await listed(43)).toEqual([])

    await desk.does('reviewer2', 'revoke-decision', revoke(id, version + 2))
    expect(await listed(43)).toEqual([])
    const batch = (await registry.query("SELECT id FROM batch WHERE head ->> 'letter' = $1", [id]))[0] as { id: string }
    const target = { type: 'undo' as const, id: batch.id }
    expect(await desk.does('approver2', 'sign', { target, agrees: true, note: '' })).toMatchObject({ state: 'undone' })
    expect(await listed(43)).toEqual(blocked)
    const undone = (await desk.feed(0)).findLast((e) => e.type === 'batch-undone')
    expect(undone?.doc).toMatchObject({
      ...{ id: batch.id, by: 'reviewer2', signedBy: ['approver2'], effect: { toBlack: 1 } },
    })
    expect(await lastOf(id)).toMatchObject({ state: 'received', entry: { what: 'revoked', revokes: 'approved' } })
  })
})
