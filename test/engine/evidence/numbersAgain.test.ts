import { describe, expect, it } from 'vitest'
import type { PaperLine } from '../../../src/domain/evidence/paperText.ts'
import { missedImeis } from '../../../src/engine/evidence/machine/numbersAgain.ts'
import type { TextReader } from '../../../src/engine/evidence/machine/ocr.ts'

const PAGE = { data: new Uint8Array(200 * 100).fill(255), width: 200, height: 100 }
const IMEI = '490154203237518'

/** A line as a reader made it out, its words beside each other. */
const line = (...words: string[]): PaperLine => ({
  words: words.map((text, at) => ({
    text,
    sure: 0.4,
    box: { x: 0.1 + (at * 0.8) / words.length, y: 0.4, width: 0.7 / words.length, height: 0.1 },
  })),
})

/** A reader that makes the number out so, once for each height, and how often it was asked. */
function readerOf(...readings: string[]) {
  let asked = 0
  const reader: TextReader = {
    read: async () => {
      const text = readings[asked++ % readings.length] ?? ''
      return [{ words: [{ text, sure: 0.9, box: { x: 0, y: 0, width: 1, height: 1 } }] }]
    },
    warm: async () => undefined,
    close: async () => undefined,
  }
  return { reader, asked: () => asked }
}

const missed = async (lines: readonly PaperLine[], ...readings: string[]) => {
  const { reader, asked } = readerOf(...readings)
  const found = await missedImeis(lines, [], 0, reader, PAGE)
  return { values: found.map(({ value }) => value), found, asked: asked() }
}

describe('a number that was badly read', () => {
  it('is an IMEI where it comes out the same in two heights, with its check digit', async () => {
    const { values, found } = await missed([line('IMEI', '49O1S42O32375l?')], IMEI, IMEI)
    expect(values).toEqual([IMEI])
    // the label before it is not part of its place
    expect(found[0]?.box.x).toBeCloseTo(0.5)
    expect(found[0]).toMatchObject({ kind: 'imei', by: 'text' })
  })

  it.each([
    [IMEI, '490154203237526'],
    ['490154203237519', '490154203237519'],
    ['49015420323751', IMEI],
  ])('is none where it comes out as %s and %s', async (first, second) => {
    expect((await missed([line('49015420323751l')], first, second)).values).toEqual([])
  })

  it('is not looked for among words, sums and dates', async () => {
    const { asked } = await missed([line('Алматы', 'қ.,'), line('285', '590.00', 'KZT'), line('17.10.2026')], IMEI)
    expect(asked).toBe(0)
  })
})
