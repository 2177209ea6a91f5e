import fc from 'fast-check'
import { expect, it } from 'vitest'
import { pastedImeis } from '../../src/domain/pastedImeis.ts'

it.each([
  ['490154203237518', ['490154203237518']],
  ['  49 0154 203237 518 ', ['490154203237518']],
  ['IMEI: 490154203237518', ['490154203237518']],
  ['IMEI1: 490154203237518\nIMEI2: 353918052107063', ['490154203237518', '353918052107063']],
  ['imei 1 490154203237518', ['490154203237518']],
  ['49-015420-323751-8', ['490154203237518']],
  ['４９０１５４２０３２３７５１８', ['490154203237518']],
  ['49\u00a00154\u00a0203237\u00a0518', ['490154203237518']],
  ['490154203237518 353918052107063', ['490154203237518', '353918052107063']],
  ['490154203237518;353918052107063\t490154203237518', ['490154203237518', '353918052107063']],
  ['3.56938E+14', ['3.56938E+14']],
  ['3,56938E+14', ['3,56938E+14']],
  ['', []],
  ['\n\n', []],
])('%j becomes %j', (text, expected) => {
  expect(pastedImeis(text)).toEqual(expected)
})

it('keeps every IMEI of a pasted column, in its order, once', () => {
  const imei = fc.stringMatching(/^\d{15}$/)
  fc.assert(
    fc.property(
      fc.uniqueArray(imei, { maxLength: 30 }),
      fc.constantFrom('\n', '\r\n', ',', ' ', '\t', '; '),
      (imeis, gap) => {
        expect(pastedImeis(imeis.join(gap))).toEqual(imeis)
        expect(pastedImeis([...imeis, ...imeis].join(gap))).toEqual(imeis)
      },
    ),
  )
})
