import { expect, test } from 'vitest'
import type { Grey } from '../../../src/engine/evidence/machine/grey.ts'
import { withoutPlaces, withoutPrintedRules } from '../../../src/engine/evidence/machine/printedRules.ts'

const PAPER = 230
const INK = 20
const WIDTH = 800
const HEIGHT = 200

interface Mark {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A page of paper with ink on it. */
function page(marks: readonly Mark[]): Grey {
  const data = new Uint8Array(WIDTH * HEIGHT).fill(PAPER)
  for (const { x, y, width, height } of marks)
    for (let row = y; row < y + height; row++) data.fill(INK, row * WIDTH + x, row * WIDTH + x + width)
  return { data, width: WIDTH, height: HEIGHT }
}

const dashes = (count: number, lean = 0): readonly Mark[] =>
  Array.from({ length: count }, (_, i) => ({ x: 60 + i * 14, y: 80 + Math.round(i * lean), width: 8, height: 3 }))
const WORD = Array.from({ length: 6 }, (_, i) => ({ x: 100 + i * 20, y: 120, width: 12, height: 16 }))
/** How much of the marks' ink is still dark. */
function inkLeft({ data }: Grey, marks: readonly Mark[]): number {
  let [dark, all] = [0, 0]
  for (const { x, y, width, height } of marks)
    for (let row = y; row < y + height; row++)
      for (let column = x; column < x + width; column++, all++)
        if ((data[row * WIDTH + column] as number) < PAPER / 2) dark++
  return dark / all
}

test.each([
  ['of dashes', dashes(40)],
  ['of dashes on a leaning photograph', dashes(40, 0.8)],
  ['of dashes, some under a stamp', [...dashes(40).slice(0, 18), ...dashes(40).slice(22)]],
  ['that is solid', [{ x: 60, y: 80, width: 600, height: 3 }]],
])('a line %s goes, the word under it stays', (_, line) => {
  const clear = withoutPrintedRules(page([...line, ...WORD]))
  expect(inkLeft(clear, line)).toBe(0)
  expect(inkLeft(clear, WORD)).toBe(1)
})

test('hyphens, the dots of letters and a short stroke are no line', () => {
  const hyphens = dashes(3)
  const dots = Array.from({ length: 20 }, (_, i) => ({ x: 60 + i * 20, y: 40, width: 4, height: 4 }))
  const stroke = [{ x: 500, y: 60, width: 40, height: 3 }]
  const marks = [...hyphens, ...dots, ...stroke]
  const drawn = page(marks)
  expect(withoutPrintedRules(drawn)).toBe(drawn)
})

test('bars take the colour of the paper around them, and nothing else does', () => {
  const bars = Array.from({ length: 30 }, (_, i) => ({ x: 400 + i * 5, y: 40, width: 2, height: 60 }))
  const box = { x: 400 / WIDTH, y: 40 / HEIGHT, width: 147 / WIDTH, height: 60 / HEIGHT }
  const clear = withoutPlaces(page([...bars, ...WORD]), [box])
  expect(inkLeft(clear, bars)).toBe(0)
  expect(inkLeft(clear, WORD)).toBe(1)
  // reaching over the edge of the page is no trouble
  expect(withoutPlaces(page(WORD), [{ x: 0.9, y: 0.9, width: 0.3, height: 0.3 }]).data).toHaveLength(WIDTH * HEIGHT)
})
