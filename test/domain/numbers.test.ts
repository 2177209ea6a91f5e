import { describe, expect, it } from 'vitest'
import { hsCarriesImei, isUnionDocument, parseDeclaration, parseHs } from '../../src/domain/declaration.ts'
import { isHomeImsi, parseImsi, parseMsisdn } from '../../src/domain/msisdn.ts'

describe('a customs declaration', () => {
  it('has a post, a date and a number, and maybe a line', () => {
    expect(parseDeclaration('50505/101025/0001234')).toEqual({
      number: '50505/101025/0001234',
      line: null,
      date: '2025-10-10',
    })
    expect(parseDeclaration('ДТ № 50505123/101025/0001234/7')).toEqual({
      number: '50505123/101025/0001234',
      line: '7',
      date: '2025-10-10',
    })
  })
  it('with a day that is none keeps its number', () => {
    expect(parseDeclaration('50505/310225/0001234')).toMatchObject({ date: null })
  })
  it('is not every text, and the papers of the Economic Union stand in for it', () => {
    expect(parseDeclaration('50505/101025/123')).toBe(null)
    expect(parseDeclaration('101025')).toBe(null)
    for (const text of ['KZ-SNT-0001-2025', 'СНТ 125', 'ESF-200-1', 'форма 328.00 № 15'])
      expect(isUnionDocument(text)).toBe(true)
    for (const text of ['СНТ', 'договор 15', '13280']) expect(isUnionDocument(text)).toBe(false)
  })
})

describe('an HS code', () => {
  it('names goods with an IMEI or others', () => {
    expect(parseHs('8517 13 000 0')).toBe('8517130000')
    expect(parseHs('85')).toBe(null)
    for (const hs of ['8517130000', '851712', '8517', '8471300000']) expect(hsCarriesImei(hs)).toBe(true)
    expect(hsCarriesImei('6403990000')).toBe(false)
  })
})

describe('telephone numbers', () => {
  it('are read with +7, 7 or 8 and any separators', () => {
    for (const text of ['+7 (701) 123-45-67', '87011234567', '77011234567', '7011234567'])
      expect(parseMsisdn(text)).toBe('+77011234567')
    expect(parseMsisdn('12345')).toBe(null)
  })
  it('of SIMs from Kazakhstan begin with 401', () => {
    expect(parseImsi('401015203237518')).toBe('401015203237518')
    expect(parseImsi('4010')).toBe(null)
    expect(isHomeImsi('401015203237518')).toBe(true)
    expect(isHomeImsi('250015203237518')).toBe(false)
  })
})
