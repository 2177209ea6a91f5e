import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { questionOf } from '../../src/domain/question.ts'

describe('one box takes', () => {
  it.each([
    ['490154203237518', { kind: 'imeis', imeis: ['490154203237518'] }],
    ['IMEI: 49 015420 323751 8', { kind: 'imeis', imeis: ['490154203237518'] }],
    ['490154203237518\n353918052107063', { kind: 'imeis', imeis: ['490154203237518', '353918052107063'] }],
    ['55302/120925/0004711', { kind: 'declaration', number: '55302/120925/0004711', line: null }],
    ['ДТ № 55302/120925/0004711/3', { kind: 'declaration', number: '55302/120925/0004711', line: '3' }],
    ['900101300007', { kind: 'identity', digits: '900101300007', is: 'iin', fault: null }],
    ['БИН 250340000120', { kind: 'identity', digits: '250340000120', is: 'bin', fault: null }],
    ['250 340 000 120', { kind: 'identity', digits: '250340000120', is: 'bin', fault: null }],
    ['900101300008', { kind: 'identity', digits: '900101300008', is: null, fault: 'identity-check-digit' }],
    ['A-2026-118204', { kind: 'appeal', id: 'A-2026-118204' }],
    ['№ а-2026-118204', { kind: 'appeal', id: 'A-2026-118204' }],
    ['3.56938E+14', { kind: 'imeis', imeis: ['3.56938E+14'] }],
    ['   ', { kind: 'nothing' }],
  ])('%j', (text, expected) => {
    expect(questionOf(text)).toEqual(expected)
  })

  it('any text and answers', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => questionOf(text).kind !== undefined),
    )
  })

  it('a column of IMEIs as a list, whatever stands before it', () => {
    const imei = fc.stringMatching(/^\d{15}$/)
    fc.assert(
      fc.property(fc.uniqueArray(imei, { minLength: 2, maxLength: 20 }), (imeis) => {
        expect(questionOf(imeis.join('\n'))).toEqual({ kind: 'imeis', imeis })
      }),
    )
  })
})
