import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { QueueFilter } from '../../../src/contract/engine/appeal.ts'
import type { EventDoc } from '../../../src/contract/registry.ts'
import type { TimelineEntry } from '../../../src/domain/appeal.ts'
import { queue } from '../../../src/engine/appeal/queue.ts'
import { supervision } from '../../../src/engine/appeal/supervision.ts'
import type { Home } from '../../../src/engine/db/home.ts'
import { dropBrief } from '../../../src/engine/sync/appealBrief.ts'
import { applyReceived } from '../../../src/engine/sync/applyAppeal.ts'
import type { Desk } from '../../../src/engine/sync/desk.ts'
import { testHome } from '../core/testHome.ts'

const officer = { id: 'approver', name: 'A', role: 'approver' } as const
const deskOf = (home: Home): Desk =>
  ({
    home,
    now: () => '2026-11-23T06:00:00.000Z',
    session: { officer: () => officer, officerOrNull: () => officer },
  }) as unknown as Desk

const received = (n: number, over: Partial<EventDoc<'appeal-received'>> = {}): EventDoc<'appeal-received'> => ({
  id: `A-2026-${String(n).padStart(6, '0')}`,
  state: 'received',
  version: 1,
  route: 'gift',
  receivedAt: '2026-11-02T05:00:00.000Z',
  dueAt: '2026-11-23',
  applicant: { key: { kind: 'iin', iin: '900101300007' }, name: `Үлгі ${n}`, language: 'kk' },
  claim: { imeis: ['490154203237518'] },
  evidence: [],
  lease: null,
  hearingAt: null,
  proposal: null,
  timeline: [{ at: '2026-11-02T05:00:00.000Z', what: 'received' }],
  ...over,
})
const put = (home: Home, appeals: readonly EventDoc<'appeal-received'>[]): void =>
  home.cache.write((tx) => {
    for (const [i, appeal] of appeals.entries()) applyReceived(tx, i + 1, appeal)
  })
const found = (home: Home, text: string) => {
  const filter = { route: null, officer: null, complaint: false, text }
  const { rows, total } = queue(deskOf(home), {
    ...{ state: null, open: true, mine: false, due: null, after: null, limit: 100, filter },
  })
  expect(total).toBe(rows.length)
  return rows.map(({ id }) => id)
}
const named = (n: number, name: string) =>
  received(n, { applicant: { key: { kind: 'iin', iin: '900101300007' }, name, language: 'kk' } })

test.each([
  ['a part of a name in whatever case', 'АЙГҮЛ', ['A-2026-000001', 'A-2026-000002']],
  ['parts beside each other', 'айгүл б', ['A-2026-000001']],
  ['two letters', 'гү', ['A-2026-000001', 'A-2026-000002']],
  ['the end of an IMEI', '37518', ['A-2026-000001', 'A-2026-000002', 'A-2026-000003']],
  ['the end of a number', '0003', ['A-2026-000003']],
  ['characters that mean something to the database', '100%_"or"*', ['A-2026-000003']],
  ['all its pieces but not together', 'айгүлайг', []],
  ['a text longer than any', 'айгүл бек '.repeat(40), []],
])('the queue is searched by %s', (_, text, ids) => {
  const home = testHome()
  put(home, [named(1, 'Айгүл Бек'), named(2, 'Айгүл Сәт, айгү, гүл, үла, лай'), named(3, '100%_"OR"* NEAR(x)')])
  expect(found(home, text)).toEqual(ids)
})

test('any part of any name finds exactly the appeals that have it', () => {
  const home = testHome()
  // letters that repeat, so that names share many of their pieces
  const name = fc.string({ unit: fc.constantFrom(...'аәбб а"%_\\*-1'), minLength: 3, maxLength: 12 })
  const names = fc.sample(name, { numRuns: 60, seed: 6 })
  put(
    home,
    names.map((one, n) => named(n, one)),
  )
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.nat(8), fc.nat(8), (one, from, length) => {
      const part = one.slice(from, from + length + 1).trim()
      fc.pre(part !== '')
      const expected = names.flatMap((other, n) => {
        const { id, applicant, claim } = named(n, other)
        const text = `${id} ${applicant.name} 900101300007 ${claim.imeis.join(' ')}`.toLocaleLowerCase('ru')
        return text.includes(part) ? [id] : []
      })
      expect(found(home, part)).toEqual(expected)
    }),
  )
})

test("an officer's own are what he holds and what he was handed, each once, by deadline; a lease that is over is nobody's", () => {
  const home = testHome()
  const lease = (by: string, until: string) => ({ officer: by, desk: 'D-1', until, token: 1 })
  put(home, [
    received(1, { lease: lease('approver', '2026-11-23T06:30:00.000Z'), dueAt: '2026-11-25' }),
    received(2, { lease: lease('approver', '2026-11-23T05:30:00.000Z') }),
    received(3, { lease: lease('other', '2026-11-23T06:30:00.000Z') }),
    received(4, { assignedTo: 'approver', route: 'post' }),
    received(5, { assignedTo: 'approver', lease: lease('approver', '2026-11-23T06:30:00.000Z') }),
    received(6, { assignedTo: 'approver', state: 'withdrawn' }),
    received(7),
  ])
  const ask = { state: null, open: true, mine: true, due: null, after: null, limit: 2 }
  const first = queue(deskOf(home), ask)
  expect([first.rows.map(({ id }) => id), first.total]).toEqual([['A-2026-000004', 'A-2026-000005'], 3])
  const after = { dueAt: '2026-11-23', id: 'A-2026-000005' }
  expect(queue(deskOf(home), { ...ask, after }).rows.map(({ id }) => id)).toEqual(['A-2026-000001'])
  const none: QueueFilter = { route: null, officer: null, complaint: false, text: '' }
  const narrowed = (filter: Partial<QueueFilter>): string[] =>
    queue(deskOf(home), { ...ask, open: false, filter: { ...none, ...filter } }).rows.map(({ id }) => id)
  expect(narrowed({ route: 'post' })).toEqual(['A-2026-000004'])
  expect(narrowed({ text: 'үлгі 5' })).toEqual(['A-2026-000005'])
  expect(narrowed({})).toEqual(['A-2026-000004', 'A-2026-000005'])
})

test('an appeal that left the mirror is found no more, and again when it comes back', () => {
  const home = testHome()
  const appeal = named(1, 'Айгүл')
  put(home, [appeal, named(2, 'Айгүл')])
  home.cache.write((tx) => {
    dropBrief(tx, appeal.id)
    tx.run('DELETE FROM appeal WHERE id = ?', appeal.id)
  })
  expect(found(home, 'айгүл')).toEqual(['A-2026-000002'])
  put(home, [appeal])
  expect(found(home, 'айгүл')).toEqual(['A-2026-000001', 'A-2026-000002'])
})

test('a mirror that is emptied and filled again is searched as before', () => {
  const home = testHome()
  put(home, [named(1, 'Айгүл')])
  home.cache.empty(() => undefined)
  expect(found(home, 'айгүл')).toEqual([])
  put(home, [named(1, 'Айгүл'), named(2, 'Сәуле')])
  expect(found(home, 'айгүл')).toEqual(['A-2026-000001'])
})

test('a supervisor sees who decided for one seller, also where another officer signed and the proposal is of before', () => {
  const home = testHome()
  const step = (day: string, what: TimelineEntry['what'], by: string) => ({
    ...{ at: `2026-11-${day}T06:00:00.000Z`, what, officer: by },
  })
  put(
    home,
    [1, 2, 3, 4].map((n) => {
      const timeline = [
        { at: '2026-11-02T05:00:00.000Z', what: 'received' as const },
        ...(n === 3 ? [step('05', 'proposed', 'reviewer'), step('12', 'approved', 'approver2')] : []),
        ...(n !== 3
          ? [step('11', 'claimed', 'reviewer'), step('12', n === 4 ? 'rejected' : 'approved', 'reviewer')]
          : []),
      ]
      const claim = { imeis: ['490154203237518'], seller: 'Shop' }
      return received(n, { state: n === 4 ? 'rejected' : 'approved', claim, timeline })
    }),
  )
  const seen = supervision(deskOf(home), { from: '2026-11-10', to: '2026-11-20' })
  expect(seen.patterns).toEqual([{ pattern: 'officer-and-seller', who: 'reviewer', with: 'Shop', count: 3 }])
  expect(seen.officers).toMatchObject([
    { officer: 'reviewer', approved: 2, refused: 1 },
    { officer: 'approver2', approved: 1 },
  ])
})
