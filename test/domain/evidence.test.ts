import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clustersOf } from '../../src/domain/evidence/clusters.ts'
import { evidenceType } from '../../src/domain/evidence/evidenceType.ts'
import { digitsOf, findOnPage } from '../../src/domain/evidence/findOnPage.ts'
import type { PaperLine } from '../../src/domain/evidence/paperText.ts'
import {
  HASH_SIDE,
  hashDistance,
  isOfForm,
  lookOf,
  lookText,
  pictureHash,
  sameLook,
} from '../../src/domain/evidence/pictureHash.ts'
import { suggestFields } from '../../src/domain/evidence/suggestFields.ts'
import { imei15Text } from '../../src/domain/imei.ts'

/** A line of equally wide words, one under the other on the page. */
const line = (text: string, at = 0): PaperLine => ({
  words: text.split(' ').map((word, i) => ({
    text: word,
    sure: 0.9,
    box: { x: i * 0.1, y: at * 0.05, width: 0.09, height: 0.04 },
  })),
})
const found = (kind: string, ...lines: string[]) =>
  findOnPage(
    lines.map((text, i) => line(text, i)),
    0,
  )
    .filter((f) => f.kind === kind)
    .map(({ value }) => value)

describe('what stands on a paper', () => {
  it('is an IMEI only with its check digit', () => {
    expect(found('imei', 'IMEI 1: 490154203237518')).toEqual(['490154203237518'])
    expect(found('imei', 'IMEI 1: 490154203237519')).toEqual([])
  })

  it('is an IMEI also when printed in groups or read with look-alike letters', () => {
    expect(found('imei', '49 015420 323751 8')).toEqual(['490154203237518'])
    expect(found('imei', 'IMEI: 49O1542O3237518')).toEqual(['490154203237518'])
    expect(found('imei', 'IMEI2:490154203237518')).toEqual(['490154203237518'])
  })

  it('is never a longer number that holds an IMEI by chance', () => {
    expect(found('imei', '4901542032375189')).toEqual([])
  })

  it('is an IMEI whatever valid number is printed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 35_000_000_000_000, max: 35_999_999_999_999 }), (imei14) => {
        const printed = imei15Text(imei14)
        expect(found('imei', `IMEI ${printed}`)).toEqual([printed])
      }),
    )
  })

  it('is a date in figures or words, never one that cannot exist', () => {
    expect(found('date', 'Дата: 14.09.2026', '3 қараша 2026', '2026-11-22', '31.02.2026')).toEqual([
      '2026-09-14',
      '2026-11-03',
      '2026-11-22',
    ])
  })

  it('is a sum only beside a currency', () => {
    expect(found('sum', 'Итого 293 990 ₸', 'Заказ 293990')).toEqual(['293990'])
    expect(found('sum', '160,33 USD')).toEqual(['160.33'])
    expect(found('sum', '62 040 К2Т')).toEqual(['62040'])
  })

  it('keeps the place of what it found inside the page', () => {
    const [finding] = findOnPage([line('IMEI 490154203237518', 3)], 2)
    expect(finding).toMatchObject({ page: 2, box: { x: 0.1 } })
    expect(finding?.box.y).toBeCloseTo(0.15)
  })

  it('takes a word for digits only when most of it is', () => {
    expect(digitsOf('O12')).toBe('012')
    expect(digitsOf('SOLD')).toBeNull()
    expect(digitsOf('A1')).toBe('41')
  })
})

describe('where the claimed values stand', () => {
  const applicant = { key: { kind: 'iin', iin: '900101300007' }, name: 'Үлгібаева Сәуле', language: 'kk' } as const
  const paper = (...lines: string[]) => {
    const pages = [lines.map((text, i) => line(text, i))]
    return { pages, findings: findOnPage(pages[0] ?? [], 0) }
  }

  it('links each field to the region that shows it', () => {
    const read = paper('Чек S-7080202', '14.09.2026 Үлгібаева Сәуле', 'IMEI 490154203237518')
    const claim = { imeis: ['490154203237518'], purchase: '2026-09-14', receiptNo: 'S 7080202' }
    expect(suggestFields(read, claim, applicant).map((s) => [s.field, s.shows])).toEqual([
      ['imei1', 'claimed'],
      ['purchase', 'claimed'],
      ['receipt', 'claimed'],
      ['owner', 'claimed'],
    ])
  })

  it('tells when a paper shows another IMEI than the claimed one', () => {
    const suggested = suggestFields(paper('IMEI 490154203237518'), { imeis: ['356938035643809'] }, applicant)
    expect(suggested).toMatchObject([{ field: 'imei1', shows: 'other', value: '490154203237518' }])
  })

  it('finds a number although the reader took Latin letters for Cyrillic ones', () => {
    const suggested = suggestFields(paper('Заказ А-9808922'), { imeis: [], receiptNo: 'A-9808922' }, applicant)
    expect(suggested).toMatchObject([{ field: 'receipt', shows: 'claimed' }])
  })
})

describe('how a picture looks', () => {
  const samples = fc.uint8Array({ minLength: HASH_SIDE ** 2, maxLength: HASH_SIDE ** 2 })

  it('stays the same when the whole picture gets a little brighter', () => {
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 20 }), (grey, more) => {
        const dimmed = grey.map((value) => value >> 1)
        expect(hashDistance(pictureHash(dimmed), pictureHash(dimmed.map((value) => value + more)))).toBeLessThanOrEqual(
          2,
        )
      }),
    )
  })

  it('survives being written down, and another length is no look', () => {
    const hash = pictureHash(Uint8Array.from({ length: HASH_SIDE ** 2 }, (_, i) => (i * 37) % 256))
    const look = { whole: hash, tiles: Array.from({ length: 9 }, () => hash) }
    expect(lookOf(lookText(look))).toEqual(look)
    expect(lookOf(lookText(look).slice(1))).toBeNull()
  })

  it('is the same as its own, with nine tiles of nine', () => {
    const hash = pictureHash(Uint8Array.from({ length: HASH_SIDE ** 2 }, (_, i) => (i * 91) % 256))
    const look = { whole: hash, tiles: Array.from({ length: 9 }, () => hash) }
    expect(sameLook(look, look)).toEqual({ same: true, tiles: 9, apart: 0 })
  })

  it('is a copy when nothing else is nearly as near, and one of a form when others are', () => {
    expect(isOfForm([3], 0)).toBe(false)
    expect(isOfForm([3, 12], 0)).toBe(false)
    expect(isOfForm([3, 12], 1)).toBe(true)
    expect(isOfForm([11, 12, 14], 0)).toBe(true)
  })
})

describe('appeals that share papers', () => {
  it('hang together through others, each in one group', () => {
    const groups = clustersOf([
      { what: 'receipt', value: 'R1', appeals: ['A1', 'A2'] },
      { what: 'imei', value: '35', appeals: ['A2', 'A3'] },
      { what: 'tracking', value: 'T9', appeals: ['B1', 'B2'] },
      { what: 'receipt', value: 'R7', appeals: ['C1'] },
    ])
    expect(groups.map(({ appeals }) => appeals)).toEqual([
      ['A1', 'A2', 'A3'],
      ['B1', 'B2'],
    ])
    expect(groups[0]?.shared.map(({ what }) => what)).toEqual(['receipt', 'imei'])
  })

  it('are never in two groups, and nobody is alone', () => {
    const appeal = fc.integer({ min: 0, max: 20 }).map((n) => `A${n}`)
    const thing = fc.record({
      what: fc.constant('receipt'),
      value: fc.string(),
      appeals: fc.uniqueArray(appeal, { minLength: 1, maxLength: 4 }),
    })
    fc.assert(
      fc.property(fc.array(thing, { maxLength: 20 }), (things) => {
        const groups = clustersOf(things)
        const all = groups.flatMap((g) => g.appeals)
        expect(new Set(all).size).toBe(all.length)
        expect(groups.every((g) => g.appeals.length > 1 && g.shared.length > 0)).toBe(true)
        for (const { appeals } of things)
          if (appeals.length > 1)
            expect(groups.filter((g) => appeals.some((a) => g.appeals.includes(a)))).toHaveLength(1)
      }),
    )
  })
})

describe('what a file is', () => {
  it('is told by its first bytes', () => {
    const bytes = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0))
    expect(evidenceType(bytes('\xff\xd8\xff\xe0'))).toBe('image/jpeg')
    expect(evidenceType(bytes('\x00\x00\x00\x18ftypheic'))).toBe('image/heic')
    expect(evidenceType(bytes('RIFF\0\0\0\0WEBPVP8 '))).toBe('image/webp')
    expect(evidenceType(bytes('some bytes %PDF-1.7'))).toBe('application/pdf')
    expect(evidenceType(bytes('MZ\x90 a program called scan.jpg'))).toBeNull()
  })
})
