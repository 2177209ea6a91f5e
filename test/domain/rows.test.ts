import { describe, expect, it } from 'vitest'
import type { ImportKind } from '../../src/domain/batch.ts'
import { parseChange } from '../../src/domain/changeType.ts'
import { type BatchField, FIELDS_OF_KIND, missingFields } from '../../src/domain/checks/batchField.ts'
import type { RowCells } from '../../src/domain/checks/rowCells.ts'
import { levelOf } from '../../src/domain/checks/ruleBook.ts'
import { luhnDigit } from '../../src/domain/imei.ts'
import { judgeOf } from '../../src/domain/rows/judgeOf.ts'

type Cells = Partial<Record<BatchField, string | { kind: 'number' | 'error' | 'uncalculated'; text: string }>>

const cellsOf = (cells: Cells): RowCells => {
  const cell = (f: BatchField) => {
    const c = cells[f] ?? ''
    return typeof c === 'string' ? ({ kind: c === '' ? 'empty' : 'text', text: c } as const) : c
  }
  return {
    kind: (f) => cell(f).kind,
    text: (f) => cell(f).text,
    iso: () => null,
    digits15: (f) => (/^\d{15}$/.test(cell(f).text) ? Number(cell(f).text) : -1),
  }
}

function judge(kind: ImportKind, cells: Cells, tacs: readonly number[] = []) {
  const mapped = new Set(FIELDS_OF_KIND[kind])
  const table = { empty: tacs.length === 0, has: (t: number) => tacs.includes(t) }
  const judged = judgeOf({ kind, mapped, today: '2026-11-23', date1904: false, tacs: table }).judge(cellsOf(cells))
  const codes = judged.findings.map((f) => f.code)
  return { ...judged, codes, rejected: codes.some((c) => levelOf(kind, c) === 'error') }
}

const imei = (serial: number, tac = 86012345) => `${tac * 1e6 + serial}${luhnDigit(tac * 1e6 + serial)}`
const wrong = `${imei(1).slice(0, 14)}${(Number(imei(1)[14]) + 1) % 10}`
const DECLARED: Cells = {
  declaration: '50505/101026/0001234',
  declarationDate: '10.10.2026',
  bin: '250340000120',
  imei1: imei(1),
}

describe('a row of a customs file', () => {
  it('brings a fact about every IMEI of the device, with its declaration', () => {
    const { imeis, doc, codes } = judge('customs', { ...DECLARED, imei2: imei(2), brand: 'Xiaomi', quantity: '10' })
    expect(codes).toEqual([])
    expect(imeis).toEqual([86012345000001, 86012345000002])
    expect(doc).toEqual({
      op: 'add',
      date: '2026-10-10',
      network: null,
      quantity: 10,
      data: '{"declaration":"50505/101026/0001234","bin":"250340000120","brand":"Xiaomi","quantity":10}',
    })
  })
  it('takes the date from the number of the declaration where the column is empty', () => {
    expect(judge('customs', { ...DECLARED, declarationDate: '' })).toMatchObject({
      codes: [],
      doc: { date: '2026-10-10' },
    })
    expect(judge('customs', { ...DECLARED, declaration: '50505/241126/0001234', declarationDate: '' })).toMatchObject({
      codes: ['date-future'],
      rejected: true,
    })
    expect(judge('customs', { ...DECLARED, declaration: 'x', declarationDate: '' })).toMatchObject({
      codes: ['declaration-form', 'date-missing'],
      rejected: true,
    })
  })
  it('may come from the Economic Union, without a declaration', () => {
    expect(judge('customs', { ...DECLARED, declaration: 'KZ-SNT-0001-26' }).codes).toEqual([])
    expect(judge('customs', { ...DECLARED, declaration: '', document: 'ЭСФ 15' }).codes).toEqual([])
    expect(judge('customs', { ...DECLARED, declaration: '' })).toMatchObject({
      codes: ['declaration-missing'],
      rejected: false,
    })
  })
  it('holds several IMEIs in one cell', () => {
    const { imeis, codes } = judge('customs', { ...DECLARED, imei1: `${imei(1)} / ${imei(2)}` })
    expect([imeis, codes]).toEqual([[86012345000001, 86012345000002], []])
  })
  it('warns of type codes that are unknown, of two kinds, or for testing', () => {
    expect(judge('customs', DECLARED, [35000000])).toMatchObject({ codes: ['tac-unknown'], rejected: false })
    expect(judge('customs', { ...DECLARED, imei2: imei(1, 35693803) })).toMatchObject({
      codes: ['imei-pair-tacs'],
      rejected: false,
    })
    expect(judge('customs', { ...DECLARED, imei1: '004400152032380' }).codes).toContain('tac-test')
  })
  it('with a formula or an error for an IMEI is rejected', () => {
    expect(judge('customs', { ...DECLARED, imei1: { kind: 'error', text: '#N/A' } })).toMatchObject({
      codes: ['cell-error'],
      rejected: true,
    })
  })
  it('names what is wrong with goods and quantity, without rejecting', () => {
    expect(judge('customs', { ...DECLARED, hs: '6403990000', quantity: 'много' })).toMatchObject({
      codes: ['hs-unexpected', 'quantity-form'],
      rejected: false,
    })
  })
})

describe('a wrong check digit', () => {
  it('rejects in customs, warns in lists of stolen, counterfeit, GSMA and legacy, and means nothing from an operator', () => {
    expect(judge('customs', { ...DECLARED, imei1: wrong })).toMatchObject({
      codes: ['imei-check-digit'],
      rejected: true,
    })
    for (const kind of ['stolen', 'counterfeit', 'gsma', 'legacy'] as const)
      expect(judge(kind, { imei1: wrong, date: '01.11.2026' })).toMatchObject({
        codes: ['imei-check-digit'],
        rejected: false,
      })
    expect(judge('operator', { imei1: wrong, date: '01.11.2026' }).codes).toEqual([])
  })
})

describe('a change of a delta list', () => {
  it('adds or removes, in three languages', () => {
    for (const text of ['add', 'ADD', 'update', 'украден', 'в розыске', 'внесён', 'ұрланған', 'қосу', '+'])
      expect(parseChange(text), text).toBe('add')
    for (const text of ['remove', 'delete', 'найден', 'снят с розыска', 'табылды', 'жойылды', '-'])
      expect(parseChange(text), text).toBe('remove')
    expect(parseChange('что-то')).toBe(null)
  })
})

describe('an observation of an operator', () => {
  it('is at home with a Kazakh SIM, roaming with a foreign one, or what its column says', () => {
    const network = (cells: Cells) => judge('operator', { imei1: imei(1), date: '01.11.2026', ...cells }).doc?.network
    expect(network({})).toBe('home')
    expect(network({ imsi: '401015203237518' })).toBe('home')
    expect(network({ imsi: '250015203237518' })).toBe('roaming')
    expect(network({ imsi: '401015203237518', network: 'M2M' })).toBe('m2m')
    expect(network({ imsi: '401015203237518', network: 'роуминг' })).toBe('roaming')
  })
  it('keeps neither IMSI nor telephone number', () => {
    const { doc } = judge('operator', {
      imei1: imei(1),
      date: '01.11.2026',
      imsi: '401015203237518',
      msisdn: '87011234567',
      rat: 'LTE',
    })
    expect(doc?.data).toBe('{"rat":"LTE"}')
  })
})

describe('the columns a kind of file needs', () => {
  it('are named when they are missing', () => {
    expect(missingFields('customs', new Set(['imei1', 'bin']))).toEqual(['declaration'])
    expect(missingFields('customs', new Set(['imeis', 'document']))).toEqual([])
    expect(missingFields('border', new Set(['passport', 'date']))).toEqual(['direction'])
  })
})
