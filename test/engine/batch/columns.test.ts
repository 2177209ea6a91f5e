import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DeviceColumns } from '../../../src/engine/batch/stage/deviceColumns.ts'
import { SEEN, SeenKeys, TAKEN, textKey } from '../../../src/engine/batch/stage/seenKeys.ts'

const imei14 = fc.integer({ min: 1, max: 99_999_999_999_999 })

describe('the keys seen in a file', () => {
  test('are told from those not seen, through every growth', () => {
    fc.assert(
      fc.property(fc.uniqueArray(imei14, { minLength: 2, maxLength: 200 }), (keys) => {
        const seen = new SeenKeys()
        const here = keys.slice(0, keys.length / 2)
        here.forEach((key, i) => {
          seen.reserve(1)
          seen.mark(key, i % 2 === 0 ? SEEN : SEEN | TAKEN, i + 1, seen.look(key))
        })
        expect(keys.map((k) => seen.marks(seen.look(k)))).toEqual(
          keys.map((_, i) => (i >= here.length ? 0 : i % 2 === 0 ? 1 : 3)),
        )
        expect(here.map((k) => seen.firstRow(seen.look(k)))).toEqual(here.map((_, i) => i + 1))
      }),
    )
    const many = new SeenKeys()
    for (let key = 1; key <= 200_000; key++) {
      many.reserve(1)
      many.mark(key * 499_999_993, SEEN, key, many.look(key * 499_999_993))
    }
    let found = 0
    for (let key = 1; key <= 200_000; key++) if (many.firstRow(many.look(key * 499_999_993)) === key) found++
    expect(found).toBe(200_000)
  })
  test('may share a place looked up before the other was marked', () => {
    fc.assert(
      fc.property(fc.uniqueArray(imei14, { minLength: 4, maxLength: 4 }), (row) => {
        const seen = new SeenKeys()
        seen.reserve(4)
        const places = row.map((k) => seen.look(k))
        row.forEach((k, i) => {
          seen.mark(k, SEEN, 7, places[i] as number)
        })
        return row.every((k) => seen.marks(seen.look(k)) === SEEN)
      }),
    )
  })
  test('of rows known by their text differ with the text', () => {
    const keys = new Set(Array.from({ length: 50_000 }, (_, i) => textKey(`2026-11-03\u000086012345${i}\u0000LTE`)))
    expect(keys.size).toBe(50_000)
    for (const key of keys) if (!(key >= 1 && key < 2 ** 51)) throw new Error(`${key}`)
  })
})

describe('accepted IMEIs', () => {
  test('come out sorted, each once, linked in a ring within their device', () => {
    const device = fc.uniqueArray(imei14, { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(fc.array(device, { maxLength: 60 }), (devices) => {
        const columns = new DeviceColumns()
        const used = new Set<number>()
        const kept = devices.filter((d) => d.every((k) => !used.has(k)) && d.every((k) => used.add(k)))
        kept.forEach((d, i) => {
          columns.add(d, i + 1, i + 1)
        })
        const facts = columns.sort(() => false)
        const keys = [...facts.keys]
        expect(keys).toEqual(kept.flat().sort((a, b) => a - b))
        kept.forEach((d, i) => {
          const ring = [d[0] as number]
          for (let k = d[0] as number; ring.length <= 4; ) {
            const at = keys.indexOf(k)
            expect(facts.docs[at]).toBe(i + 1)
            k = facts.next[at] as number
            if (k === 0 || k === d[0]) break
            ring.push(k)
          }
          expect(ring).toEqual(d)
        })
      }),
    )
  })
  test('reported several times keep the better report', () => {
    const columns = new DeviceColumns()
    for (const doc of [5, 2, 9, 3]) columns.add([86012345000001], doc, doc)
    expect([...columns.sort((a, b) => a < b).docs]).toEqual([2])
  })
})
