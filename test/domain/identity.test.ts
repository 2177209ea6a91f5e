import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { identityCheckDigit, isIdentity, parseIdentity } from '../../src/domain/identity.ts'

const text = (t: string) => parseIdentity({ kind: 'text', text: t })
const number = (t: string) => parseIdentity({ kind: 'number', text: t })
const eleven = fc.bigInt({ min: 0n, max: 10n ** 11n - 1n }).map((n) => String(n).padStart(11, '0'))

describe('check digit of BIN and IIN', () => {
  it('holds in the first pass, in the second, or cannot exist', () => {
    expect(isIdentity('900101300007')).toBe(true)
    expect(isIdentity('250340000120')).toBe(true)
    expect(identityCheckDigit('90010130080')).toBe(null)
  })
  it('makes one number of ten right, or none', () => {
    fc.assert(
      fc.property(eleven, (base) => {
        const right = Array.from({ length: 10 }, (_, d) => isIdentity(base + d)).filter(Boolean).length
        return right === (identityCheckDigit(base) === null ? 0 : 1)
      }),
    )
  })
})

describe('a BIN or IIN in a cell', () => {
  it('is told apart by its fifth digit, and an IIN gives the day of birth', () => {
    expect(text('250340000120')).toMatchObject({ identity: { kind: 'bin', born: null, notes: [] } })
    expect(text('900101300007')).toMatchObject({ identity: { kind: 'iin', born: '1990-01-01', notes: [] } })
    expect(text('БИН: 2503 4000 0120')).toMatchObject({ identity: { digits: '250340000120' } })
  })
  it('that lost zeros as a number gets them back only when the check digit then fits', () => {
    const whole = '010340000' + '12'
    const right = whole + identityCheckDigit(whole)
    expect(number(right.slice(1))).toMatchObject({ identity: { digits: right, notes: ['identity-lost-zero'] } })
    expect(text(right.slice(1))).toMatchObject({ identity: { digits: right, notes: ['identity-lost-zero'] } })
    const wrong = right.slice(1, 11) + ((Number(right[11]) + 1) % 10)
    expect(number(wrong)).toMatchObject({ ok: false, fault: 'identity-length' })
  })
  it('with an impossible day inside is flagged, not refused', () => {
    const base = '90133130000'
    const digits = base + identityCheckDigit(base)
    expect(text(digits)).toMatchObject({ ok: true, identity: { born: null, notes: ['identity-structure'] } })
  })
  it('that is none says why', () => {
    expect(text('250340000121')).toMatchObject({ ok: false, fault: 'identity-check-digit' })
    expect(text('25034000012')).toMatchObject({ ok: false, fault: 'identity-length' })
    expect(text('ТОО')).toMatchObject({ ok: false, fault: 'identity-unreadable' })
    expect(text(' ')).toMatchObject({ ok: false, fault: 'identity-missing' })
  })
  it('never reads anything but twelve digits with a right check digit', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\d{5,13}$/)), fc.boolean(), (value, asNumber) => {
        const parsed = parseIdentity({ kind: asNumber ? 'number' : 'text', text: value })
        return !parsed.ok || isIdentity(parsed.identity.digits)
      }),
    )
  })
})
