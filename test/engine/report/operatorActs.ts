import fc from 'fast-check'
import { addDays, businessDate } from '../../../src/domain/businessDate.ts'
import type { Instant } from '../../../src/domain/fact.ts'
import type { SeededDesk } from './seededDesk.ts'

const OPERATORS = ['kcell', 'beeline'] as const
const serial = fc.integer({ min: 1, max: 12 })

/** What is told about operators, their subscribers and clones: files, receipts, violations, warnings and what became of them. */
export const operatorAct = fc.record({
  what: fc.constant('act' as const),
  act: fc.constantFrom('file', 'receipt', 'violations', 'notices', 'delivery', 'clone', 'verdict'),
  operator: fc.constantFrom(...OPERATORS),
  list: fc.constantFrom('black' as const, 'grey' as const, 'exceptions' as const),
  serials: fc.uniqueArray(serial, { minLength: 1, maxLength: 4 }),
  others: fc.uniqueArray(serial, { maxLength: 4 }),
  /** Which of the earlier ones it is about. */
  of: fc.nat(5),
  count: fc.integer({ min: 0, max: 9 }),
  state: fc.constantFrom('awaiting-signature' as const, 'clone' as const, 'dismissed' as const, 'resolved' as const),
})
export type OperatorAct = typeof operatorAct extends fc.Arbitrary<infer A> ? A : never

const uuid = (kind: number, no: number): string => `00000000-0000-7000-${8000 + kind}-${String(no).padStart(12, '0')}`
const imei = (one: number): number => 86_012_301_000_000 + one

/** Tells these acts to a desk in the order a registry would; an act about nothing there tells nothing. */
export class OperatorActs {
  #files = 0
  #receipts = 0
  #cases = 0
  readonly #issues: { no: number; imeis: readonly number[] }[] = []
  readonly #seenDays = new Map<string, { days: number; firstDay: string }>()

  tell(seeded: SeededDesk, a: OperatorAct, at: Instant): void {
    const by = { by: 'approver', command: uuid(0, seeded.seq) }
    const day = businessDate(at)
    if (a.act === 'file') this.#file(seeded, a, at, by)
    else if (a.act === 'receipt' && this.#files > 0) this.#receipt(seeded, a, at, by)
    else if (a.act === 'violations') this.#violations(seeded, a, at, day)
    else if (a.act === 'notices') this.#notices(seeded, a, at, day, by)
    else if (a.act === 'delivery' && this.#issues.length > 0) this.#delivery(seeded, a, at, by)
    else if (a.act === 'clone') this.#clone(seeded, a, at)
    else if (a.act === 'verdict' && this.#cases > 0) this.#verdict(seeded, a, at, day)
  }

  #file(seeded: SeededDesk, { operator, list, count }: OperatorAct, at: Instant, by: By): void {
    const no = ++this.#files
    const sums = { blocked: count, unblocked: 0, changed: 0, rows: count }
    const file = { no, at, file: uuid(1, no), operator, list, kind: 'full', base: null, seq: seeded.seq } as const
    const doc = { ...file, ...sums, ...by, name: `${operator}-${no}`, sha256: '0'.repeat(64) }
    seeded.told({ type: 'operator-file-issued', at, doc })
  }

  #receipt(seeded: SeededDesk, { of, operator, count }: OperatorAct, at: Instant, by: By): void {
    const fileNo = 1 + (of % this.#files)
    const no = ++this.#receipts
    const named = { refusedImeis: [], missingImeis: [], strangeImeis: [] }
    const sums = { applied: count, refused: count % 3, missing: count % 2, strange: 0 }
    const receipt = { receipt: uuid(2, no), file: uuid(1, fileNo), fileNo, no, at, operator }
    seeded.told({ type: 'receipt-recorded', at, doc: { ...receipt, ...sums, ...named, ...by } })
  }

  /** Each IMEI comes with all days so far, as the registry tells it. */
  #violations(seeded: SeededDesk, { operator, serials, count }: OperatorAct, at: Instant, day: string): void {
    const found = serials.map((one) => {
      const known = this.#seenDays.get(`${operator} ${one}`)
      const next = { days: (known?.days ?? 0) + 1 + (count % 2), firstDay: known?.firstDay ?? day }
      this.#seenDays.set(`${operator} ${one}`, next)
      return { imei14: imei(one), since: '2026-01-01', lastDay: day, ...next }
    })
    seeded.told({ type: 'violations-found', at, doc: { operator, found } })
  }

  /** An issue in one part, or in two of which the second may come much later or never. */
  #notices(
    seeded: SeededDesk,
    { operator, serials, others, count }: OperatorAct,
    at: Instant,
    day: string,
    by: By,
  ): void {
    const reminded = others.filter((one) => !serials.includes(one))
    const no = this.#issues.length + 1
    const head = { issue: uuid(3, no), no, operator, day: addDays(day, -(count % 3)), ...by, at }
    const counts = { first: serials.length, reminder: reminded.length, last: 0 }
    const imeis = { first: serials.map(imei).sort(), reminder: reminded.map(imei).sort(), last: [] }
    this.#issues.push({ no, imeis: [...imeis.first, ...imeis.reminder] })
    const part = (n: number, named: Partial<typeof imeis>): void =>
      seeded.told({
        type: 'notices-issued',
        at,
        doc: { ...head, ...counts, part: n, imeis: { first: [], reminder: [], last: [], ...named } },
      })
    if (count % 2 === 0) part(1, imeis)
    else {
      part(1, { first: imeis.first })
      if (count % 3 === 0 && imeis.reminder.length > 0) part(2, { reminder: imeis.reminder })
    }
  }

  #delivery(seeded: SeededDesk, { of, count }: OperatorAct, at: Instant, by: By): void {
    const issue = this.#issues[of % this.#issues.length]
    if (!issue) return
    const delivered = issue.imeis.filter((_, i) => (i + count) % 3 === 0)
    const failed = issue.imeis.filter((_, i) => (i + count) % 3 === 1)
    seeded.told({
      type: 'notices-delivered',
      at,
      doc: { issue: uuid(3, issue.no), no: issue.no, delivered, failed, ...by },
    })
  }

  #clone(seeded: SeededDesk, { serials, count }: OperatorAct, at: Instant): void {
    const no = ++this.#cases
    const kind = (['subscribers', 'regions', 'radio', 'officer'] as const)[count % 4] ?? 'officer'
    const grounds = [{ kind, figure: count, day: null }]
    const doc = {
      case: uuid(4, no),
      no,
      imei14: imei(serials[0] ?? 1),
      grounds,
      holders: count,
      at,
      by: null,
      note: '',
    }
    seeded.told({ type: 'clone-suspected', at, doc })
  }

  #verdict(seeded: SeededDesk, { of, state, count }: OperatorAct, at: Instant, day: string): void {
    const no = 1 + (of % this.#cases)
    const holder =
      count % 2 === 0 ? null : { imsi: '401010000000001', msisdn: '+77010000001', operator: 'kcell' as const }
    const verdict = state === 'dismissed' || state === 'resolved' ? state : 'clone'
    seeded.told({
      type: 'clone-decided',
      at,
      doc: {
        ...{ case: uuid(4, no), no, imei14: imei(1), state, verdict, holder, by: 'approver', decidedBy: 'approver' },
        ...{ signatures: ['approver'], note: '', day, command: uuid(0, seeded.seq) },
      },
    })
  }
}

interface By {
  readonly by: string
  readonly command: string
}
