import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestRegistry, testRegistry } from '../../registry/testRegistry.ts'
import { at, CUSTOMS_HEADER, customsRow, Importing, imei, wrongDigit } from './importing.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await testRegistry()
  registry.at(at())
})
afterAll(() => registry.stop())

const lookup = async (d: Importing, ...imeis: string[]) =>
  (await d.desk.call('lookup', { imeis })).map((l) => ('list' in l ? [l.list, l.reason] : l))

describe("an operator's file", () => {
  const header = ['date', 'imei', 'imsi', 'msisdn', 'rat']
  /** Operators send the last digit as 0. */
  const sent = (serial: number) => `${imei(serial, 86100001).slice(0, 14)}0`
  const seen = (date: string, serial: number, imsi = '401015203237518') => [
    date,
    sent(serial),
    imsi,
    '+77010000001',
    'LTE',
  ]

  test('says nothing about check digits; one IMEI on many rows is normal, a repeated row is a duplicate', async () => {
    const d = await Importing.open(registry.url)
    const rows = [
      header,
      seen('03.11.2026', 1),
      seen('02.11.2026', 1),
      seen('02.11.2026', 1),
      seen('2026-11-04T22:30:00Z', 2),
      seen('01.11.2026', 3, '250015203237518'),
      seen('05.11.2026', 3),
      seen('01.11.2026', 4, '250015203237518'),
      seen('', 5),
      ['01.11.2026', '0', '', '', ''],
    ]
    const token = d.csv(rows)
    const staged = await d.stage('operator', token, { source: 'beeline' })
    expect(staged.counts).toEqual({
      rows: 9,
      accepted: 6,
      rejected: 3,
      duplicates: 1,
      problems: { 'date-missing': 1, duplicate: 1, 'imei-impossible': 1 },
      imeis: 4,
    })
    expect(staged.effect).toMatchObject({ toGrey: 3, toNone: 0, unchanged: 1 })
    await d.desk.call('commit-batch', { batch: staged.batch, accept: ['guard-bad-rows'] })
    const found = await d.desk.call('lookup', { imeis: [1, 2, 3, 4].map((n) => imei(n, 86100001)) })
    // the earliest sighting in a home network starts the clock; a foreign SIM in roaming starts none
    expect(found.map((l) => ('list' in l ? [l.list, l.since] : l))).toEqual([
      ['grey', '2026-11-02'],
      ['grey', '2026-11-05'],
      ['grey', '2026-11-05'],
      ['none', null],
    ])
  })
})

describe('a list of the police', () => {
  const header = ['IMEI', 'Дата кражи', 'Номер КУИ', 'change_type']
  test('blacks with a second signature; a wrong check digit only warns; a recovered phone is a remove', async () => {
    const d = await Importing.open(registry.url)
    const rows = [
      header,
      [imei(1, 86200001), '01.11.2026', '26-1', 'add'],
      [wrongDigit(2, 86200001), '02.11.2026', '26-2', ''],
      [imei(3, 86200001), '03.11.2026', '26-3', 'куда-то'],
    ]
    const staged = await d.stage('stolen', d.csv(rows))
    expect(staged).toMatchObject({
      source: 'police',
      needsSignature: true,
      counts: { rows: 3, accepted: 2, rejected: 1, problems: { 'change-unknown': 1, 'imei-check-digit': 1 }, imeis: 2 },
      effect: { toBlack: 2, leaveBlack: 0 },
    })
    const committed = await d.desk.call('commit-batch', { batch: staged.batch, accept: ['guard-bad-rows'] })
    expect(committed.state).toBe('awaiting-signature')
    expect(await lookup(d, imei(1, 86200001))).toEqual([['none', null]])
    await d.desk.call('sign-in', { officer: 'approver' })
    await d.desk.call('sign', { id: staged.batch })
    expect(await lookup(d, imei(1, 86200001), imei(2, 86200001))).toEqual([
      ['black', 'stolen'],
      ['black', 'stolen'],
    ])
    await d.desk.call('sign-in', { officer: 'importer' })
    const found = await d.stage('stolen', d.csv([header, [imei(1, 86200001), '20.11.2026', '26-1', 'найден']]))
    expect(found).toMatchObject({ effect: { toNone: 1, leaveBlack: 1 }, needsSignature: true })
    const { moves } = await d.desk.call('staged-moves', {
      batch: found.batch,
      move: 'leaveBlack',
      after: null,
      limit: 10,
    })
    expect(moves).toMatchObject([{ imei14: '86200001000001', before: { list: 'black' }, after: { list: 'none' } }])
  })
})

describe('a full list', () => {
  const header = ['IMEI', 'Date listed']
  const list = (from: number, to: number) => [
    header,
    ...Array.from({ length: to - from + 1 }, (_, i) => [imei(from + i, 35300001), '2026-10-01']),
  ]
  test('replaces the one before: who is no longer in it leaves, and a much shorter one is refused', async () => {
    const d = await Importing.open(registry.url)
    const first = await d.import('gsma', d.csv(list(1, 20)), { full: true })
    await d.desk.call('sign-in', { officer: 'approver' })
    await d.desk.call('sign', { id: first.batch })
    await d.desk.call('sign-in', { officer: 'importer' })
    const second = await d.stage('gsma', d.csv(list(3, 22)), { full: true })
    expect(second).toMatchObject({ effect: { toBlack: 2, leaveBlack: 2, toNone: 2, unchanged: 18 }, guards: [] })
    const { moves } = await d.desk.call('staged-moves', { batch: second.batch, move: null, after: null, limit: 10 })
    expect(moves.map((m) => [m.imei14, m.after.list])).toEqual([
      ['35300001000001', 'none'],
      ['35300001000002', 'none'],
      ['35300001000021', 'black'],
      ['35300001000022', 'black'],
    ])
    const short = await d.stage('gsma', d.csv(list(1, 14)), { full: true })
    expect(short.guards).toEqual([{ code: 'guard-size', details: { imeis: 14, before: 20 } }])
    // added to what was sent before, a short list is nothing unusual
    expect((await d.stage('gsma', d.csv(list(1, 14)))).guards).toEqual([])
    const committed = await d.desk.call('commit-batch', { batch: second.batch })
    expect(committed).toMatchObject({ state: 'awaiting-signature', effect: { toBlack: 2, leaveBlack: 2 } })
    await d.desk.call('sign-in', { officer: 'approver' })
    await d.desk.call('sign', { id: second.batch })
    // withdrawn, it gives its place back to the list it replaced
    const undone = await d.desk.call('undo-effect', { batch: second.batch })
    expect(undone).toMatchObject({ effect: { toBlack: 2, leaveBlack: 2, unchanged: 18 }, needsSignature: true })
  })
})

describe('a TAC table', () => {
  test('tells the following files which type codes are known', async () => {
    const d = await Importing.open(registry.url)
    const staged = await d.stage(
      'tac',
      d.csv([
        ['TAC', 'Manufacturer', 'Model name'],
        ['86300001', 'Xiaomi', 'Redmi Note 14'],
        ['01161200', 'Apple', 'iPhone'],
        ['86300001', 'Xiaomi', 'Redmi'],
        ['8630', 'x', 'y'],
      ]),
    )
    expect(staged.counts).toEqual({
      rows: 4,
      accepted: 2,
      rejected: 2,
      duplicates: 1,
      problems: { duplicate: 1, 'tac-form': 1 },
      imeis: 0,
    })
    const committed = await d.desk.call('commit-batch', { batch: staged.batch, accept: ['guard-bad-rows'] })
    expect(committed.state).toBe('committed')
    const known = customsRow(1, { 'IMEI 1': imei(1, 86300001), 'IMEI 2': imei(2, 86300001) })
    const unknown = customsRow(2, { 'IMEI 1': imei(1, 86399999), 'IMEI 2': imei(2, 86399999) })
    const { counts } = await d.stage('customs', d.csv([[...CUSTOMS_HEADER], known, unknown]))
    // two unknown codes in one row are one row with that problem
    expect(counts).toMatchObject({ accepted: 2, problems: { 'tac-unknown': 1 } })
    const [found] = await d.desk.call('lookup', { imeis: [imei(9, 86300001)] })
    expect(found).toMatchObject({ device: { brand: 'Xiaomi', model: 'Redmi Note 14' } })
  })
})

describe('crossings of the border', () => {
  test('name a person by IIN or by passport and country; document and date make a duplicate', async () => {
    const d = await Importing.open(registry.url)
    const staged = await d.stage(
      'border',
      d.csv([
        [
          'ИИН',
          'Номер паспорта',
          'Гражданство',
          'Дата пересечения',
          'Направление',
          'Номер документа',
          'Пункт пропуска',
        ],
        ['900101300007', '', 'KAZ', '01.10.2026', 'въезд', 'N100', 'Хоргос'],
        ['', 'AB 12', 'UZB', '02.10.2026', 'Выезд', 'U200', 'Сарыагаш'],
        ['', 'AB 12', 'UZB', '02.10.2026', 'Выезд', 'U200', 'Сарыагаш'],
        ['', '', '', '03.10.2026', 'въезд', 'N300', 'Хоргос'],
        ['900101300008', '', '', '03.10.2026', 'въезд', 'N301', 'Хоргос'],
        ['900101300007', '', '', '03.10.2026', 'мимо', 'N302', 'Хоргос'],
      ]),
    )
    expect(staged.counts).toEqual({
      rows: 6,
      accepted: 2,
      rejected: 4,
      duplicates: 1,
      problems: { 'direction-unknown': 1, duplicate: 1, 'identity-check-digit': 1, 'person-missing': 1 },
      imeis: 0,
    })
    const committed = await d.desk.call('commit-batch', { batch: staged.batch, accept: ['guard-bad-rows'] })
    expect(committed.state).toBe('committed')
  })
})

describe('legacy register and counterfeits', () => {
  test('take IMEIs with a wrong check digit, and the day of import where no date is given', async () => {
    const d = await Importing.open(registry.url)
    const legacy = await d.import('legacy', d.csv([['IMEI'], [imei(1, 86400001)], [wrongDigit(2, 86400001)]]))
    expect(legacy).toMatchObject({
      state: 'committed',
      counts: { accepted: 2, problems: { 'imei-check-digit': 1 } },
      effect: { toWhite: 2 },
    })
    const fake = await d.stage(
      'counterfeit',
      d.csv([
        ['IMEI', 'Акт №'],
        [wrongDigit(1, 86400001), '7'],
      ]),
    )
    expect(fake).toMatchObject({ counts: { accepted: 1, problems: { 'imei-check-digit': 1 } }, effect: { toBlack: 1 } })
    const { moves } = await d.desk.call('staged-moves', { batch: fake.batch, move: 'toBlack', after: null, limit: 5 })
    expect(moves).toMatchObject([{ before: { list: 'white', reason: 'legacy' }, after: { list: 'black' } }])
  })
})

describe('the moves of a large file', () => {
  test('are paged from end to end, the frequent ones and the rare', async () => {
    const d = await Importing.open(registry.url)
    const devices = Array.from({ length: 5_100 }, (_, i) => i + 1)
    const pair = (n: number) => ({ 'IMEI 1': imei(n, 86700001), 'IMEI 2': imei(n + 500_000, 86700001) })
    const seen = devices.flatMap((n) => Object.values(pair(n)).map((i) => [i, '01.11.2026']))
    // the last one was stolen
    await d.import(
      'stolen',
      d.csv([
        ['IMEI', 'Дата кражи'],
        [imei(505_100, 86700001), '01.11.2026'],
      ]),
    )
    const [{ batch } = { batch: '' }] = await d.desk.call('batches', { before: null, limit: 1 })
    await d.desk.call('sign-in', { officer: 'approver' })
    await d.desk.call('sign', { id: batch })
    await d.desk.call('sign-in', { officer: 'importer' })
    await d.import('operator', d.csv([['imei', 'date'], ...seen]))
    const staged = await d.stage('customs', d.csv([[...CUSTOMS_HEADER], ...devices.map((n) => customsRow(n, pair(n)))]))
    expect(staged.effect).toMatchObject({ toWhite: 10_199, leaveBlack: 0, unchanged: 1 })
    expect(staged.needsSignature, 'more leave grey than one officer may move').toBe(true)
    const page = async (after: string | null, limit: number) =>
      (await d.desk.call('staged-moves', { batch: staged.batch, move: 'toWhite', after, limit })).moves
    const all: string[] = []
    for (let moves = await page(null, 1000); moves.length > 0; moves = await page(all.at(-1) ?? null, 1000))
      all.push(...moves.map((m) => m.imei14))
    expect(all.length).toBe(10_199)
    expect([...all].sort()).toEqual(all)
    expect((await page('86700001505098', 5)).map((m) => [m.imei14, m.before.list])).toEqual([
      ['86700001505099', 'grey'],
    ])
    expect(
      (await d.desk.call('staged-moves', { batch: staged.batch, move: 'leaveBlack', after: null, limit: 5 })).moves,
    ).toEqual([])
  })
})
