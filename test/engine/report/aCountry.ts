import { anAppeal, type SeedAppeal } from './seededAppeal.ts'
import type { SeededDesk, SeedFact } from './seededDesk.ts'

export const XIAOMI = 86012301
export const SAMSUNG = 35698701
export const NOKIA = 35245678

const imei = (tac: number, serial: number): number => tac * 1_000_000 + serial
const facts = (tac: number, from: number, count: number, date: string, data: SeedFact['data'] = {}): SeedFact[] =>
  Array.from({ length: count }, (_, i) => ({ imei14: imei(tac, from + i), date, data }))

const uuid = (no: number): string => `00000000-0000-7000-8000-${String(no).padStart(12, '0')}`

/** Files sent to an operator, what he said of them, whom he let through, and a clone. */
function operatorsAndClones(seeded: SeededDesk): void {
  const by = { by: 'approver', command: uuid(1) }
  const file = (no: number, rows: number, at: string) =>
    seeded.told({
      type: 'operator-file-issued',
      at,
      doc: {
        ...{
          no,
          at,
          rows,
          ...by,
          file: uuid(no),
          operator: 'kcell',
          list: 'black',
          kind: 'full',
          base: null,
          seq: seeded.seq,
        },
        ...{ blocked: rows, unblocked: 0, changed: 0, name: `kcell-${no}`, sha256: '0'.repeat(64) },
      },
    })
  file(1, 11, '2026-06-02T06:00:00.000Z')
  file(2, 16, '2026-06-09T06:00:00.000Z')
  const at = '2026-06-10T06:00:00.000Z'
  const named = { refusedImeis: [], missingImeis: [], strangeImeis: [] }
  const receipt = { receipt: uuid(3), file: uuid(2), fileNo: 2, no: 1, at, operator: 'kcell', ...by, ...named } as const
  seeded.told({ type: 'receipt-recorded', at, doc: { ...receipt, applied: 13, refused: 1, missing: 2, strange: 0 } })
  const seen = { imei14: imei(NOKIA, 1), since: '2026-04-10', firstDay: '2026-06-11' }
  const found = (days: number, lastDay: string) =>
    seeded.told({
      type: 'violations-found',
      at: `${lastDay}T09:00:00.000Z`,
      doc: { operator: 'kcell', found: [{ ...seen, lastDay, days }] },
    })
  found(1, '2026-06-11')
  found(3, '2026-06-13')
  const issue = {
    issue: uuid(12),
    no: 1,
    operator: 'kcell',
    day: '2026-06-15',
    first: 3,
    reminder: 1,
    last: 0,
  } as const
  const warned = { first: [imei(NOKIA, 1), imei(NOKIA, 20), imei(SAMSUNG, 1)], reminder: [imei(NOKIA, 2)], last: [] }
  const sent = '2026-06-15T06:00:00.000Z'
  seeded.told({ type: 'notices-issued', at: sent, doc: { ...issue, ...by, part: 1, imeis: warned, at: sent } })
  const heard = (delivered: number[], failed: number[], when: string) =>
    seeded.told({ type: 'notices-delivered', at: when, doc: { issue: uuid(12), no: 1, delivered, failed, ...by } })
  heard([], [imei(NOKIA, 1), imei(NOKIA, 2)], '2026-06-16T06:00:00.000Z')
  heard([imei(NOKIA, 1), imei(NOKIA, 20)], [], '2026-06-17T06:00:00.000Z')
  const clone = { case: uuid(9), no: 1, imei14: imei(NOKIA, 40), at, note: '' }
  seeded.told({
    type: 'clone-suspected',
    at,
    doc: { ...clone, grounds: [{ kind: 'subscribers', figure: 7, day: null }], holders: 7, by: null },
  })
}

const KAZAKH_NAME = 'Қазақстандық Өндіруші Ұялы Құрылғы Зауыты'
const IMPORTER = '040540000017'

/** Something of every report of the catalogue, with names that are hard to carry. */
export function aCountry(seeded: SeededDesk): void {
  seeded.tacs('2026-01-02T06:00:00.000Z', [
    [XIAOMI, '=HYPERLINK("http://example.com")', 'Note\u0007 14'],
    [SAMSUNG, KAZAKH_NAME, 'Ә-1'],
    [NOKIA, 'נוקיה مرحبا', '<3310> & "co"'],
  ])
  const declared = {
    declaration: '55302/140926/0001234',
    bin: IMPORTER,
    importer: '+ИП; "Асыл" , \'Нұр\'',
    country: 'CN',
  }
  seeded.batch('customs', '2026-01-10T06:00:00.000Z', facts(SAMSUNG, 1, 40, '2026-01-09', declared))
  const twice = { ...declared, declaration: '55302/150126/0000007', bin: '990101300012' }
  seeded.batch('customs', '2026-01-16T06:00:00.000Z', facts(SAMSUNG, 1, 4, '2026-01-15', twice))
  seeded.batch('operator', '2026-01-20T06:00:00.000Z', [
    ...facts(SAMSUNG, 1, 25, '2026-01-18', { region: 'Алматы' }),
    ...facts(NOKIA, 1, 30, '2026-01-19', { region: '-Абай' }),
  ])
  seeded.batch('stolen', '2026-02-10T06:00:00.000Z', facts(XIAOMI, 1, 5, '2026-02-09'))
  const wrong = seeded.batch('counterfeit', '2026-03-10T06:00:00.000Z', facts(NOKIA, 100, 3, '2026-03-01'))
  seeded.batch('blockrun', '2026-04-10T06:00:00.000Z', facts(NOKIA, 1, 11, '2026-04-09'))
  seeded.undo(wrong, '2026-05-01T06:00:00.000Z')
  seeded.policy('2026-06-01T06:00:00.000Z', { legacyCutOff: '2026-01-19' })
  operatorsAndClones(seeded)
  for (let no = 1; no <= 9; no++) {
    const route = (['post', 'gift', 'accompanied'] as const)[no % 3] ?? 'post'
    const step = (at: string, what: Parameters<typeof anAppeal>[1]['step'], before: SeedAppeal | null): SeedAppeal => {
      const next = anAppeal(before, { no, at, route, step: what, officer: no % 2 === 0 ? 'reviewer' : 'reviewer2' })
      seeded.appeal(next, at)
      return next
    }
    const received = step(`2026-07-0${no}T06:00:00.000Z`, 'received', null)
    if (no > 7) continue
    const decided = step(`2026-07-1${no}T06:00:00.000Z`, no % 3 === 0 ? 'approved' : 'rejected', received)
    if (no === 7) step('2026-07-20T06:00:00.000Z', 'revoked', decided)
  }
}
