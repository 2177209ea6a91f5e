import { describe, expect, it } from 'vitest'
import { FIELDS_OF_KIND } from '../../src/domain/checks/batchField.ts'
import type { SampleCell } from '../../src/domain/columns/contentOf.ts'
import { findHeader, type HeadRow, headerAt } from '../../src/domain/columns/findHeader.ts'
import { headerLikeness, plainHeader } from '../../src/domain/columns/matchHeader.ts'
import { likeliestKind, recogniseColumns } from '../../src/domain/columns/recognise.ts'
import { isBlankRow, isTotalRow } from '../../src/domain/columns/totalRow.ts'

const cell = (text: string): SampleCell => ({ kind: 'text', text })
const row = (number: number, ...texts: string[]): HeadRow => ({ row: number, cells: texts.map(cell) })
const fieldsOf = (headers: string[], samples: string[][] = [], kind: keyof typeof FIELDS_OF_KIND = 'customs') =>
  recogniseColumns(
    kind,
    headers.map((h) => [h]),
    samples.map((s) => s.map(cell)),
  ).map((g) => g.field)

const IMEIS = ['490154203237518', '356938035643809', '352099001761481']

describe('the header of a column', () => {
  it('is known in Russian, Kazakh and English', () => {
    expect(
      fieldsOf([
        '№ ДТ',
        'Дата ДТ',
        'БИН/ИИН',
        'Импортёр',
        'Марка',
        'Модель',
        'Код ТН ВЭД',
        'Кол-во',
        'IMEI 1',
        'IMEI 2',
      ]),
    ).toEqual([
      'declaration',
      'declarationDate',
      'bin',
      'importer',
      'brand',
      'model',
      'hs',
      'quantity',
      'imei1',
      'imei2',
    ])
    expect(
      fieldsOf([
        'Декларация нөмірі',
        'Декларация күні',
        'БСН/ЖСН',
        'Импорттаушы',
        'Маркасы',
        'Үлгісі',
        'СЭҚ ТН коды',
        'Саны',
        'IMEI коды',
      ]),
    ).toEqual(['declaration', 'declarationDate', 'bin', 'importer', 'brand', 'model', 'hs', 'quantity', 'imei1'])
    expect(
      fieldsOf([
        'Declaration No.',
        'Declaration date',
        'BIN/IIN',
        'Importer',
        'Brand',
        'Model',
        'HS code',
        'Qty',
        'IMEI1',
        'IMEI2',
      ]),
    ).toEqual([
      'declaration',
      'declarationDate',
      'bin',
      'importer',
      'brand',
      'model',
      'hs',
      'quantity',
      'imei1',
      'imei2',
    ])
  })
  it('is known with typing errors, other alphabets and words around it', () => {
    expect(
      fieldsOf(['Номер деклорации', 'ІМЕІ', 'Наименование импортера (получателя)', 'БИН импортёра, 12 цифр']),
    ).toEqual(['declaration', 'imei1', 'importer', 'bin'])
    expect(plainHeader('ІМЕІ-код')).toBe('imei код')
  })
  it('never takes one number for another', () => {
    expect(headerLikeness('IMEI 2', 'imei1')).toBe(0)
    expect(headerLikeness('IMEI 2', 'imei2')).toBe(1)
  })
  it('may be IMEI several times', () => {
    expect(fieldsOf(['IMEI', 'IMEI', 'ДТ'])).toEqual(['imei1', 'imei2', 'declaration'])
  })
})

describe('a column without a telling name', () => {
  it('is known by its values', () => {
    expect(
      fieldsOf(
        ['Код A', 'Код B', 'Код C', 'Код D'],
        [
          ['50505/101025/0001234', '50505/101025/0001235', ''],
          IMEIS,
          ['900101300007', '250340000120', '900101300007'],
          ['10.10.2025', '11.10.2025', '12.10.2025'],
        ],
      ),
    ).toEqual(['declaration', 'imei1', 'bin', 'declarationDate'])
  })
  it('of text is not an IMEI column even when it is called so', () => {
    expect(fieldsOf(['IMEI', 'Прочее'], [['есть', 'есть', 'нет', 'есть'], IMEIS])).toEqual([null, 'imei1'])
  })
  it('is no IMEI column when it holds IMSIs', () => {
    expect(
      fieldsOf(['a', 'b'], [['401015203237518', '401015203237519', '401015203237517'], IMEIS], 'operator'),
    ).toEqual(['imsi', 'imei1'])
  })
})

describe('the header row', () => {
  const customs = FIELDS_OF_KIND.customs
  const data = row(6, '50505/101025/0001234', '10.10.2025', '900101300007', '490154203237518')
  it('is found under title rows', () => {
    const head = [
      row(1, 'Сведения об импортированных абонентских устройствах'),
      row(2, 'Дата выгрузки: 12.10.2025'),
      row(5, '№ ДТ', 'Дата ДТ', 'БИН', 'IMEI'),
      data,
    ]
    expect(findHeader(head, customs)).toMatchObject({ row: 5, rows: 1 })
  })
  it('may have two rows with merged cells and a line of column numbers', () => {
    const head = [
      row(1, 'Сведения'),
      row(3, 'Декларация', '', 'Импортер', '', 'IMEI'),
      row(4, 'номер', 'дата', 'БИН', 'наименование', 'код'),
      row(5, '1', '2', '3', '4', '5'),
      data,
    ]
    const found = findHeader(head, customs)
    expect(found).toMatchObject({ row: 3, rows: 3 })
    expect(recogniseColumns('customs', found.names, []).map((g) => g.field)).toEqual([
      'declaration',
      'declarationDate',
      'bin',
      'importer',
      'imei1',
    ])
  })
  it('is missing where the first row is data', () => {
    expect(findHeader([row(1, '490154203237518'), row(2, '356938035643809')], customs)).toMatchObject({
      row: 0,
      rows: 0,
    })
  })
  it('is the one the officer says', () => {
    expect(headerAt([row(1, 'x'), row(2, 'a', 'b'), data], 2, customs)).toMatchObject({ row: 2, rows: 1, sure: 1 })
  })
})

describe('the kind of a file', () => {
  const kind = (headers: string[], samples: string[][] = []) =>
    likeliestKind(
      headers.map((h) => [h]),
      samples.map((s) => s.map(cell)),
    )
  it('shows in its columns', () => {
    expect(kind(['№ ДТ', 'БИН', 'IMEI'])).toBe('customs')
    expect(kind(['date', 'imei', 'imsi', 'msisdn', 'rat'])).toBe('operator')
    expect(kind(['TAC', 'Manufacturer', 'Model'])).toBe('tac')
    expect(kind(['ИИН', 'Дата пересечения', 'Направление', 'Пункт пропуска'])).toBe('border')
    expect(kind(['IMEI', 'Дата кражи', 'Номер КУИ'])).toBe('stolen')
    expect(kind(['Фамилия', 'Телефон'])).toBe(null)
  })
})

describe('rows that are no data', () => {
  it('are totals and blanks', () => {
    expect(isTotalRow(['', 'Итого:', '125'])).toBe(true)
    expect(isTotalRow(['Барлығы', '12'])).toBe(true)
    expect(isTotalRow(['TOTAL 15'])).toBe(true)
    expect(isTotalRow(['Totalphone KZ', '490154203237518'])).toBe(false)
    expect(isTotalRow(['Итого', '490154203237518'])).toBe(false)
    expect(isBlankRow(['', ' ', '\u00a0'])).toBe(true)
    expect(isBlankRow(['', '0'])).toBe(false)
  })
})
