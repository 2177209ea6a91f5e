import { describe, expect, it } from 'vitest'
import type { ImportKind } from '../../src/domain/batch.ts'
import { type BatchField, FIELDS_OF_KIND } from '../../src/domain/checks/batchField.ts'
import type { RowCells } from '../../src/domain/checks/rowCells.ts'
import type { Level } from '../../src/domain/checks/rule.ts'
import { type CheckCode, levelOf, ROW_RULES } from '../../src/domain/checks/ruleBook.ts'
import { luhnDigit, type TacTable } from '../../src/domain/imei.ts'
import { judgeOf } from '../../src/domain/rows/judgeOf.ts'

type Cells = Partial<Record<BatchField, string | { readonly kind: 'number' | 'error'; readonly text: string }>>

const imei = (serial: number, tac = 86012345) => `${tac * 1e6 + serial}${luhnDigit(tac * 1e6 + serial)}`
const wrong = `${imei(1).slice(0, 14)}${(Number(imei(1)[14]) + 1) % 10}`
/** The table knows one type code, and whose it is. */
const TACS: TacTable = {
  empty: false,
  has: (tac) => tac === 86012345 || tac === 1234567,
  deviceOf: (tac) => (tac === 86012345 ? { brand: 'Xiaomi', model: 'Redmi Note 14' } : undefined),
}

/** A sound row of each kind, which nothing is said about. */
const SOUND: Readonly<Record<ImportKind, Cells>> = {
  customs: {
    imei1: imei(1),
    declaration: '50505/101026/0001234',
    declarationDate: '10.10.2026',
    bin: '250340000120',
    brand: 'Xiaomi',
    model: 'Redmi Note 14',
    hs: '8517130000',
  },
  operator: { imei1: imei(1), date: '10.10.2026', imsi: '401011234567890', msisdn: '+77011234567' },
  stolen: { imei1: imei(1), date: '10.10.2026' },
  counterfeit: { imei1: imei(1), date: '10.10.2026' },
  gsma: { imei1: imei(1), date: '10.10.2026' },
  legacy: { imei1: imei(1), date: '10.10.2026' },
  tac: { tac: '86012345', brand: 'Xiaomi', model: 'Redmi Note 14' },
  border: { iin: '900101300007', date: '10.10.2026', direction: 'въезд', document: 'N1' },
}

interface Broken {
  readonly kind: ImportKind
  readonly cells: Cells
  readonly level: Level
}
const row = (kind: ImportKind, cells: Cells, level: Level): Broken => ({ kind, cells, level })

/** What a row must say to break a rule, all else being sound. */
const BROKEN: Readonly<Partial<Record<CheckCode, Broken>>> = {
  'imei-missing': row('customs', { imei1: '' }, 'error'),
  'imei-unreadable': row('customs', { imei1: 'нет данных' }, 'error'),
  'imei-length': row('customs', { imei1: '8601234500' }, 'error'),
  'imei-scientific': row('customs', { imei1: '3,54138E+14' }, 'error'),
  'imei-digits-lost': row('customs', { imei1: { kind: 'number', text: '3569380312345670' } }, 'error'),
  'imei-zero-unclear': row('customs', { imei1: { kind: 'number', text: '35693803123456' } }, 'error'),
  'imei-impossible': row('customs', { imei1: '000000000000000' }, 'error'),
  'imei-cleaned': row('customs', { imei1: `'${imei(1)}` }, 'warning'),
  'imei-lookalike': row('customs', { imei1: imei(1).replace('0', 'О') }, 'warning'),
  'imei-lost-zero': row('customs', { imei1: { kind: 'number', text: `0${imei(1, 1234567)}`.slice(1) } }, 'warning'),
  'imei-check-digit': row('customs', { imei1: wrong }, 'error'),
  'imei-repeated-in-row': row('customs', { imei2: imei(1) }, 'warning'),
  'imei-pair-tacs': row('customs', { imei2: imei(1, 35693803) }, 'warning'),
  'imei-too-many': row('customs', { imei1: [1, 2, 3, 4, 5].map((n) => imei(n)).join(' ') }, 'warning'),
  'tac-unknown': row('customs', { imei1: imei(1, 35693803) }, 'warning'),
  'tac-test': row('customs', { imei1: '004400152032380' }, 'warning'),
  'tac-brand': row('customs', { brand: 'Samsung' }, 'warning'),
  'tac-model': row('customs', { model: 'Poco X7' }, 'warning'),
  'tac-form': row('tac', { tac: '8601' }, 'error'),
  'identity-missing': row('customs', { bin: '' }, 'warning'),
  'identity-unreadable': row('customs', { bin: 'ТОО' }, 'error'),
  'identity-length': row('customs', { bin: '2503400' }, 'error'),
  'identity-check-digit': row('customs', { bin: '250340000121' }, 'error'),
  'identity-lost-zero': row('customs', { bin: { kind: 'number', text: '10240000127' } }, 'warning'),
  'identity-structure': row('customs', { bin: '259940000126' }, 'warning'),
  'date-missing': row('operator', { date: '' }, 'error'),
  'date-today': row('stolen', { date: '' }, 'warning'),
  'date-unreadable': row('customs', { declarationDate: 'осенью' }, 'error'),
  'date-impossible': row('customs', { declarationDate: '31.02.2026' }, 'error'),
  'date-future': row('customs', { declarationDate: '24.11.2026' }, 'error'),
  'date-short-year': row('customs', { declarationDate: '10.10.26' }, 'warning'),
  'date-mismatch': row('customs', { declarationDate: '11.10.2026' }, 'warning'),
  'declaration-missing': row('customs', { declaration: '' }, 'warning'),
  'declaration-form': row('customs', { declaration: '505/1/2' }, 'warning'),
  'hs-form': row('customs', { hs: 'телефоны' }, 'warning'),
  'hs-unexpected': row('customs', { hs: '0901210000' }, 'warning'),
  'quantity-form': row('customs', { quantity: 'много' }, 'warning'),
  'imsi-form': row('operator', { imsi: '4010' }, 'warning'),
  'imsi-out-of-region': row('operator', { imsi: '250011234567890', network: 'home' }, 'warning'),
  'msisdn-form': row('operator', { msisdn: 'скрыт' }, 'warning'),
  'msisdn-out-of-region': row('operator', { msisdn: '+4915112345678' }, 'warning'),
  'network-unknown': row('operator', { network: 'луна' }, 'warning'),
  'change-unknown': row('stolen', { change: 'возможно' }, 'error'),
  'change-unsupported': row('tac', { change: 'remove' }, 'error'),
  'direction-unknown': row('border', { direction: 'мимо' }, 'error'),
  'person-missing': row('border', { iin: '' }, 'error'),
  'brand-missing': row('tac', { brand: '', model: '' }, 'warning'),
  'cell-error': row('customs', { imei1: { kind: 'error', text: '#N/A' } }, 'error'),
}

const cellsOf = (cells: Cells): RowCells => {
  const cell = (field: BatchField) => {
    const it = cells[field] ?? ''
    return typeof it === 'string' ? ({ kind: it === '' ? 'empty' : 'text', text: it } as const) : it
  }
  return {
    kind: (f) => cell(f).kind,
    text: (f) => cell(f).text,
    iso: () => null,
    digits15: (f) => (/^\d{15}$/.test(cell(f).text) ? Number(cell(f).text) : -1),
  }
}

function found(kind: ImportKind, cells: Cells): CheckCode[] {
  const mapped = new Set(FIELDS_OF_KIND[kind])
  const judge = judgeOf({ kind, mapped, today: '2026-11-23', date1904: false, tacs: TACS })
  return judge.judge(cellsOf({ ...SOUND[kind], ...cells })).findings.map(({ code }) => code)
}

describe('every rule of a row', () => {
  it.each(Object.keys(SOUND) as ImportKind[])('says nothing of a sound row of %s', (kind) => {
    expect(found(kind, {})).toEqual([])
  })
  it.each(Object.entries(BROKEN))(
    '%s finds the row that breaks it, at its own level',
    (code, { kind, cells, level }) => {
      expect(found(kind, cells)).toContain(code)
      expect(levelOf(kind, code as CheckCode)).toBe(level)
    },
  )
  it('is tried here', () => {
    const own = ROW_RULES.filter(({ scope }) => scope === 'row').map(({ code }) => code)
    expect(own.filter((code) => BROKEN[code] === undefined)).toEqual([])
  })
})
