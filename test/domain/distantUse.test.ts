import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { distantRegions } from '../../src/domain/cloneCase.ts'
import { kilometresBetween } from '../../src/domain/regions.ts'

const use = (imsi: number, region: string) => ({ imsi: String(imsi), region })

describe('how far regions lie apart', () => {
  test('by the names operators use, in both languages and in Latin letters', () => {
    for (const name of ['Алматы', 'г. Алматы', 'Алматинская область', 'almaty'])
      expect(kilometresBetween(name, 'Мангистауская область'), name).toBeGreaterThan(1900)
    expect(kilometresBetween('Ақтау', 'Mangystau')).toBe(0)
    expect(kilometresBetween('Шымкент', 'Түркістан облысы')).toBeLessThan(200)
    expect(kilometresBetween('Шығыс Қазақстан облысы', 'ЗКО')).toBeGreaterThan(2000)
    expect(kilometresBetween('Астана', 'somewhere')).toBeNull()
    expect(kilometresBetween('', 'Астана')).toBeNull()
  })

  test('is the same there and back', () => {
    const name = fc.constantFrom('Алматы', 'Атырау', 'Павлодар', 'Ұлытау', 'Семей', 'Костанай', 'elsewhere')
    fc.assert(fc.property(name, name, (a, b) => kilometresBetween(a, b) === kilometresBetween(b, a)))
  })
})

describe('one code used in distant regions on one day', () => {
  test('counts the regions of different subscribers that one device was not in on one day', () => {
    expect(distantRegions([use(1, 'Алматы'), use(2, 'Ақтау')])).toBe(2)
    expect(distantRegions([use(1, 'Алматы'), use(2, 'Ақтау'), use(3, 'Атырау')])).toBe(3)
  })

  test('does not count neighbours, one subscriber on his way, or names that say no region', () => {
    expect(distantRegions([use(1, 'Шымкент'), use(2, 'Туркестанская область')])).toBe(0)
    expect(distantRegions([use(1, 'Алматы'), use(1, 'Ақтау')])).toBe(0)
    expect(distantRegions([use(1, 'north'), use(2, 'south')])).toBe(0)
    expect(distantRegions([])).toBe(0)
  })

  test('takes the distance from the policy: a shorter one suspects more, none suspects nobody', () => {
    const uses = [use(1, 'Шымкент'), use(2, 'Туркестанская область'), use(3, 'Ақтау')]
    expect([2500, 1000, 50].map((km) => distantRegions(uses, km))).toEqual([0, 3, 3])
    expect(distantRegions([use(1, 'Шымкент'), use(2, 'Туркестанская область')], 50)).toBe(2)
    expect(distantRegions(uses, 0)).toBe(0)
  })

  test('does not depend on the order, and another use never takes a suspicion away', () => {
    const uses = fc.array(
      fc.record({ imsi: fc.constantFrom('1', '2', '3'), region: fc.constantFrom('Алматы', 'Ақтау', 'Астана', 'x') }),
      { maxLength: 6 },
    )
    fc.assert(
      fc.property(uses, (of) => {
        expect(distantRegions(of.toReversed())).toBe(distantRegions(of))
        expect(distantRegions([...of, use(4, 'Павлодар')])).toBeGreaterThanOrEqual(distantRegions(of))
      }),
    )
  })
})
