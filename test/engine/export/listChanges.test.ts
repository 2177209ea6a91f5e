import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  appliedChange,
  type FileRow,
  fileCells,
  fileColumns,
  type OperatorTemplate,
  STANDARD_TEMPLATE,
} from '../../../src/domain/operatorFile.ts'
import { reconcile } from '../../../src/domain/receipt.ts'
import { changesBetween, listAt } from '../../../src/engine/sync/listRows.ts'
import { SeededDesk } from '../report/seededDesk.ts'

const KINDS = ['operator', 'customs', 'stolen', 'gsma', 'blockrun', 'illegal-import', 'second-imei'] as const
const day = (n: number): string => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10)
const anImei = fc.nat(11).map((n) => 86_012_304_000_000 + n)
const anAct = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      act: fc.constant('batch' as const),
      kind: fc.constantFrom(...KINDS),
      op: fc.constantFrom('add' as const, 'add' as const, 'add' as const, 'remove' as const),
      imeis: fc.uniqueArray(anImei, { minLength: 1, maxLength: 5 }),
      date: fc.nat(200).map(day),
    }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('undo' as const), which: fc.nat(20) }) },
  {
    weight: 1,
    arbitrary: fc.record({ act: fc.constant('policy' as const), graceDays: fc.integer({ min: 1, max: 60 }) }),
  },
)

test('a full list is any earlier one with the change since then applied to it', () => {
  fc.assert(
    fc.property(fc.array(anAct, { minLength: 1, maxLength: 10 }), (acts) => {
      const seeded = new SeededDesk()
      try {
        const live: number[] = []
        const first = seeded.seq
        for (const [n, act] of acts.entries()) {
          const at = new Date(Date.UTC(2026, 8, 1, 0, n)).toISOString()
          if (act.act === 'policy') seeded.policy(at, { graceDays: act.graceDays })
          else if (act.act === 'batch')
            live.push(
              seeded.batch(
                act.kind,
                at,
                act.imeis.map((imei14) => ({ imei14, date: act.date, op: act.op })),
              ),
            )
          else if (live.length > 0) seeded.undo(live.splice(act.which % live.length, 1)[0] ?? 0, at)
        }
        const cache = seeded.home.cache.read
        for (const list of ['black', 'grey'] as const) {
          const which = { operator: 'kcell', list } as const
          const fulls = new Map<number, FileRow[]>()
          for (let seq = first; seq <= seeded.seq; seq++) fulls.set(seq, [...listAt(cache, which, seq)])
          for (const [m, from] of fulls)
            for (const [n, to] of fulls)
              if (m <= n) expect(appliedChange(from, [...changesBetween(cache, which, m, n)])).toEqual(to)
        }
      } finally {
        seeded.close()
      }
    }),
    { numRuns: 40 },
  )
})

test('exceptions change entry by entry, each with its subscriber', () => {
  const seeded = new SeededDesk()
  const seq = seeded.seq
  seeded.home.cache.write((tx) => {
    const add = (imsi: string, added: number, ended: number | null) =>
      tx.run(
        `INSERT INTO exception(imei14, imsi, msisdn, operator, since, case_no, added_seq, ended_seq) VALUES (86012304000001, ?, '77010000000', 'kcell', '2026-01-01', 1, ?, ?)`,
        imsi,
        added,
        ended,
      )
    add('401010000000001', seq + 1, seq + 3)
    add('401010000000002', seq + 2, null)
  })
  const which = { operator: 'kcell', list: 'exceptions' } as const
  const cache = seeded.home.cache.read
  const at = (n: number) => [...listAt(cache, which, seq + n)]
  expect([0, 1, 2, 3].map((n) => at(n).length)).toEqual([0, 1, 2, 1])
  for (let m = 0; m <= 3; m++)
    for (let n = m; n <= 3; n++)
      expect(appliedChange(at(m), [...changesBetween(cache, which, seq + m, seq + n)])).toEqual(at(n))
  expect([...listAt(cache, { ...which, operator: 'tele2' }, seq + 2)]).toEqual([])
  seeded.close()
})

test('an operator’s template decides columns, order, digits and words', () => {
  const row = { imei14: 1_012_345_000_001, reason: 'stolen', since: '2026-02-01', deadline: null, imsi: '', msisdn: '' }
  const template: OperatorTemplate = {
    ...STANDARD_TEMPLATE,
    digits: 14,
    codes: { stolen: '07', blocked: 'ADD', unblocked: 'DEL' },
    columns: {
      ...STANDARD_TEMPLATE.columns,
      black: [
        { field: 'reason', header: 'CODE' },
        { field: 'imei', header: 'IMEI' },
      ],
    },
  }
  const full = fileColumns(template, 'black', 'full')
  expect(full.map((c) => c.header)).toEqual(['CODE', 'IMEI'])
  expect(fileCells(row, full, template)).toEqual(['07', '01012345000001'])
  const delta = fileColumns(template, 'black', 'delta')
  expect(delta.map((c) => c.header)).toEqual(['CODE', 'IMEI', 'action'])
  expect(fileCells({ ...row, action: 'unblocked' }, delta, template)).toEqual(['07', '01012345000001', 'DEL'])
  expect(fileCells(row, fileColumns(STANDARD_TEMPLATE, 'black', 'full'), STANDARD_TEMPLATE)[0]).toMatch(
    /^01012345000001\d$/,
  )
})

test('applied, refused and missing are exactly what was sent; what was never sent is strange', () => {
  const line = fc.record({
    imei14: fc.integer({ min: 1, max: 30 }),
    applied: fc.boolean(),
    code: fc.string({ maxLength: 3 }),
  })
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 30 })), fc.array(line), fc.boolean(), (sent, lines, rest) => {
      const { applied, refused, missing, strange } = reconcile(sent, lines, rest)
      expect(applied + refused.length + missing.length).toBe(sent.length)
      if (rest) expect(missing).toEqual([])
      for (const imei14 of strange) expect(sent).not.toContain(imei14)
      expect(new Set([...strange, ...sent]).size).toBe(new Set([...sent, ...lines.map((l) => l.imei14)]).size)
    }),
  )
})
