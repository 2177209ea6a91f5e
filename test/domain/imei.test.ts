import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  hasRightCheckDigit,
  imei14Text,
  imei15Text,
  isTestTac,
  luhnDigit,
  parseImei,
  splitImeis,
} from '../../src/domain/imei.ts'

const table = (...tacs: number[]) => ({ empty: tacs.length === 0, has: (tac: number) => tacs.includes(tac) })
const read = (cell: Parameters<typeof parseImei>[0], tacs = table()) => {
  const parsed = parseImei(cell, tacs)
  return parsed.ok ? parsed.imei : parsed.fault
}
const number = (text: string) => ({ kind: 'number', text }) as const

/** The definition, digit by digit. */
const slowLuhn = (fourteen: string) => {
  let sum = 0
  for (const [i, c] of [...fourteen].entries()) {
    const d = Number(c) * (i % 2 === 1 ? 2 : 1)
    sum += Math.floor(d / 10) + (d % 10)
  }
  return (10 - (sum % 10)) % 10
}
const fourteenDigits = fc.bigInt({ min: 0n, max: 10n ** 14n - 1n }).map((n) => String(n).padStart(14, '0'))
const ordinary = fourteenDigits.filter((d) => parseImei(d).ok)

describe('check digit', () => {
  it('is 8 for 49015420323751', () => expect(luhnDigit(49015420323751)).toBe(8))
  it('agrees with the definition for every number', () => {
    fc.assert(fc.property(fourteenDigits, (d) => luhnDigit(Number(d)) === slowLuhn(d)))
  })
  it('finds every single wrong digit', () => {
    fc.assert(
      fc.property(fourteenDigits, fc.nat(14), fc.integer({ min: 1, max: 9 }), (d, at, by) => {
        const right = d + slowLuhn(d)
        const wrong = right.slice(0, at) + ((Number(right[at]) + by) % 10) + right.slice(at + 1)
        return hasRightCheckDigit(right) && !hasRightCheckDigit(wrong)
      }),
    )
  })
})

describe('an IMEI in a cell', () => {
  it('is read from text and from a number alike', () => {
    for (const cell of ['490154203237518', number('490154203237518'), number('4.90154203237518E+14')])
      expect(read(cell)).toMatchObject({
        imei14: 49015420323751,
        tac: 49015420,
        form: 'imei',
        check: 'right',
        notes: [],
      })
  })
  it('has a wrong check digit without being unusable: what that means depends on the list', () => {
    expect(read('490154203237519')).toMatchObject({ imei14: 49015420323751, check: 'wrong' })
  })
  it('of 16 digits is an IMEISV, of 14 as text an IMEI without check digit', () => {
    expect(read('4901542032375101')).toMatchObject({ imei14: 49015420323751, form: 'imeisv', check: 'none' })
    expect(read('49015420323751')).toMatchObject({ imei14: 49015420323751, form: 'bare', check: 'none' })
  })
  it('is cleaned of what people and programs put around it, and that is noted', () => {
    for (const text of [
      "'490154203237518",
      '\u00a0490154203237518',
      '４９０１５４２０３２３７５１８',
      'IMEI: 490154203237518',
      'IMEI1:490154203237518',
      'ИМЕИ 490154203237518',
      '49-015420-323751-8',
      '49 015420 323751 8',
      '="490154203237518"',
      '490154203237518.0',
      '\ufeff490154203237518\u200b',
      '490154203237518 / 01',
    ])
      expect(read(text), text).toMatchObject({ imei14: 49015420323751, check: 'right', notes: ['imei-cleaned'] })
    expect(read(' 490154203237518 ')).toMatchObject({ notes: [] })
  })
  it('written with the letter О is read only where the check digit proves it', () => {
    expect(read('49О1542О3237518')).toMatchObject({ imei14: 49015420323751, notes: ['imei-lookalike'] })
    expect(read('49O154203237518')).toMatchObject({ imei14: 49015420323751, notes: ['imei-lookalike'] })
    expect(read('49О1542О3237519')).toBe('imei-unreadable')
  })
  it('that lost its leading zero as a number comes back only if type code and check digit fit', () => {
    const lost = '1161200123456'
    const whole = `0${lost}`
    const cell = number(lost + luhnDigit(Number(whole)))
    expect(read(cell, table(1161200))).toMatchObject({
      imei14: Number(whole),
      check: 'right',
      notes: ['imei-lost-zero'],
    })
    expect(read(cell, table(35693803))).toBe('imei-zero-unclear')
    expect(read(number(String(Number(cell.text) + 1)), table(1161200))).toBe('imei-zero-unclear')
    expect(read(cell), 'without a table 01… is plausible').toMatchObject({ notes: ['imei-lost-zero'] })
  })
  it('damaged by a spreadsheet is named so', () => {
    expect(read('3.56938E+14')).toBe('imei-scientific')
    expect(read('3,54138E+14')).toBe('imei-scientific')
    expect(read(number('3.56938E+14'))).toBe('imei-scientific')
    expect(read(number('4901542032375180'))).toBe('imei-digits-lost')
    expect(read(number('4.90154203237518E+15'))).toBe('imei-digits-lost')
  })
  it('that nobody allocated is refused', () => {
    for (const text of [
      '000000000000000',
      '111111111111111',
      '123456789012345',
      '012345678901234',
      '987654321098765',
      '0',
    ])
      expect(read(text), text).toBe('imei-impossible')
    expect(read(number('0'))).toBe('imei-impossible')
  })
  it('that is none says what is wrong', () => {
    expect(read('')).toBe('imei-missing')
    expect(read(' \u00a0')).toBe('imei-missing')
    expect(read('нет')).toBe('imei-unreadable')
    expect(parseImei('86012345')).toMatchObject({ ok: false, fault: 'imei-length', details: { digits: 8 } })
    expect(read(number('-5'))).toBe('imei-unreadable')
    expect(read(number('490154203237518.5'))).toBe('imei-unreadable')
  })
  it('keeps its key through every form it is written in', () => {
    fc.assert(
      fc.property(ordinary, (d) => {
        const key = Number(d)
        const forms = [d, d + slowLuhn(d), `${d}07`, `IMEI ${d.slice(0, 8)}-${d.slice(8)}-${slowLuhn(d)}`]
        expect(forms.map((f) => parseImei(f)).map((p) => p.ok && p.imei.imei14)).toEqual([key, key, key, key])
        expect(imei14Text(key)).toBe(d)
        expect(hasRightCheckDigit(imei15Text(key))).toBe(true)
      }),
    )
  })
  it('never throws and never reads anything but 14 to 16 digits', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), fc.boolean(), (text, asNumber) => {
        const parsed = parseImei(asNumber ? number(text) : text)
        return !parsed.ok || (/^\d{14,16}$/.test(parsed.imei.digits) && parsed.imei.imei14 < 1e14)
      }),
    )
  })
})

describe('type codes for testing', () => {
  it('are known', () => {
    expect([100100, 100101, 101799, 440000, 869999, 910001].map(isTestTac)).toEqual([
      true,
      true,
      true,
      true,
      true,
      true,
    ])
    expect([86012345, 1161200, 101800].map(isTestTac)).toEqual([false, false, false])
  })
})

describe('a cell with several IMEIs', () => {
  const a = '490154203237518'
  const b = '356938035643809'
  it('is split at what separates them', () => {
    for (const text of [`${a},${b}`, `${a}; ${b}`, `${a}/${b}`, `${a}\n${b}`, `${a} ${b}`, `${a} и ${b}`])
      expect(splitImeis(text), text).toEqual([a, b])
    expect(splitImeis(`IMEI1: ${a} / IMEI2: ${b}`)).toEqual([`IMEI1: ${a}`, `IMEI2: ${b}`])
  })
  it('that holds one stays whole', () => {
    for (const text of [a, '49-015420-323751-8', '490154203237518 / 01', '49 015420 323751 8', 'нет'])
      expect(splitImeis(text)).toEqual([text])
  })
})
