import type { Box } from '../../../domain/evidence/paperText.ts'
import type { Grey } from './grey.ts'

/**
 * What is printed on a paper and is no letter: lines that part a receipt, solid or of dashes, and bars. A reader of letters takes each
 * dash and each bar for several letters, which takes longer than the words and makes the page seem badly read.
 */

/** Shares of the width: no line is thicker, no dash longer, no solid line shorter. */
const THICK = 0.01
const LONG = 0.04
const SOLID = 0.12
/** So many dashes beside each other are a line; fewer may belong to words. */
const FEWEST = 8
/** A dash is so many times longer than thick; the dots of letters are round. */
const FLAT = 1.3
/** From one dash to the next, where a stamp may hide some. */
const APART = 0.08
/** Side of the neighbourhood in shares of the width, and what is darker than it by so much of 255. */
const AROUND = 0.03
const DARKER = 18
/** Pixels around a dash that its blur darkens. */
const BLUR = 2

/** The page with its printed lines in the colour of the paper around them. */
export function withoutPrintedRules(grey: Grey): Grey {
  const light = lightAround(grey, Math.max(4, Math.round(grey.width * AROUND)))
  const marks = marksOf(grey, light)
  const found = [...solidLines(marks, grey.width), ...dashedLines(marks, grey.width)]
  if (found.length === 0) return grey
  const data = grey.data.slice()
  for (const { left, right, top, bottom } of found)
    for (let y = Math.max(0, top - BLUR); y <= Math.min(grey.height - 1, bottom + BLUR); y++)
      for (let x = Math.max(0, left - BLUR); x <= Math.min(grey.width - 1, right + BLUR); x++) {
        const i = y * grey.width + x
        data[i] = Math.max(data[i] as number, light[i] as number)
      }
  return { ...grey, data }
}

/** Share of a place's side around it that is looked at for the colour of the paper. */
const MARGIN = 0.04

/** The page with each place, in shares of it, in the colour of the paper around it. */
export function withoutPlaces(grey: Grey, places: readonly Box[]): Grey {
  if (places.length === 0) return grey
  const { width, height } = grey
  const data = grey.data.slice()
  for (const box of places) {
    const margin = Math.max(box.width * width, box.height * height) * MARGIN
    const left = Math.max(0, Math.floor(box.x * width - margin))
    const right = Math.min(width, Math.ceil((box.x + box.width) * width + margin))
    const top = Math.max(0, Math.floor(box.y * height - margin))
    const bottom = Math.min(height, Math.ceil((box.y + box.height) * height + margin))
    if (right <= left || bottom <= top) continue
    const edge = [...data.subarray(top * width + left, top * width + right)].sort((a, b) => a - b)
    const paper = edge[edge.length >> 1] as number
    for (let y = top; y < bottom; y++) data.fill(paper, y * width + left, y * width + right)
  }
  return { ...grey, data }
}

/** Pixels that hang together: where they lie, and how many they are. */
interface Mark {
  left: number
  right: number
  top: number
  bottom: number
  area: number
}

const solidLines = (marks: readonly Mark[], width: number): readonly Mark[] =>
  marks.filter(({ left, right, top, bottom, area }) => {
    const long = right - left + 1
    // a leaning line is as high as it climbs, but not as thick
    return long >= width * SOLID && area / long <= width * THICK && bottom - top <= width * THICK + long * STEEPEST
  })
const STEEPEST = 0.12

/** Dashes that follow each other at one height. */
function dashedLines(marks: readonly Mark[], width: number): readonly Mark[] {
  const small = marks
    .filter(({ left, right, top, bottom }) => {
      const [long, thick] = [right - left + 1, bottom - top + 1]
      return thick <= width * THICK && long <= width * LONG && long >= thick * FLAT
    })
    .sort((a, b) => a.left - b.left)
  const lines: Mark[][] = []
  let open: Mark[][] = []
  for (const mark of small) {
    open = open.filter((line) => mark.left - (line.at(-1) as Mark).right <= width * APART)
    const line = open.find((other) => follows(other.at(-1) as Mark, mark, width))
    if (line) line.push(mark)
    else {
      const begun = [mark]
      open.push(begun)
      lines.push(begun)
    }
  }
  return lines.filter((line) => line.length >= FEWEST).flat()
}

function follows(before: Mark, mark: Mark, width: number): boolean {
  const climb = Math.abs(mark.top + mark.bottom - before.top - before.bottom) / 2
  return mark.left > before.right && climb <= width * (THICK / 2)
}

/** Mean of the neighbourhood of each pixel, by running sums. */
function lightAround({ data, width, height }: Grey, side: number): Uint8Array {
  const half = side >> 1
  const columns = new Uint32Array(width)
  const out = new Uint8Array(data.length)
  let [from, to] = [0, 0]
  for (let y = 0; y < height; y++) {
    for (; to < Math.min(height, y + half + 1); to++) addRow(columns, data, to * width, 1)
    for (; from < y - half; from++) addRow(columns, data, from * width, -1)
    const rows = to - from
    let sum = 0
    let [first, last] = [0, 0]
    for (let x = 0; x < width; x++) {
      for (; last < Math.min(width, x + half + 1); last++) sum += columns[last] as number
      for (; first < x - half; first++) sum -= columns[first] as number
      out[y * width + x] = sum / (rows * (last - first))
    }
  }
  return out
}

function addRow(columns: Uint32Array, data: Uint8Array, from: number, times: 1 | -1): void {
  for (let x = 0; x < columns.length; x++) columns[x] = (columns[x] as number) + times * (data[from + x] as number)
}

/** Dark pixels that hang together, run by run and row by row. */
function marksOf({ data, width, height }: Grey, light: Uint8Array): readonly Mark[] {
  const marks: Mark[] = []
  const parents: number[] = []
  const rootOf = (at: number): number => {
    let root = at
    while (parents[root] !== root) root = parents[root] as number
    while (parents[at] !== root) [at, parents[at]] = [parents[at] as number, root]
    return root
  }
  let above: Run[] = []
  for (let y = 0; y < height; y++) {
    const row: Run[] = []
    let next = 0
    for (let x = 0; x < width; x++) {
      const i = y * width + x
      if ((data[i] as number) + DARKER >= (light[i] as number)) continue
      const left = x
      while (x + 1 < width && (data[y * width + x + 1] as number) + DARKER < (light[y * width + x + 1] as number)) x++
      let at = -1
      while (next < above.length && (above[next] as Run).right < left - 1) next++
      for (let k = next; k < above.length && (above[k] as Run).left <= x + 1; k++) {
        const other = rootOf((above[k] as Run).mark)
        if (at === -1) at = other
        else if (other !== at) at = joined(marks, parents, at, other)
      }
      if (at === -1) {
        at = marks.length
        parents.push(at)
        marks.push({ left, right: x, top: y, bottom: y, area: 0 })
      }
      const mark = marks[at] as Mark
      mark.left = Math.min(mark.left, left)
      mark.right = Math.max(mark.right, x)
      mark.bottom = y
      mark.area += x - left + 1
      row.push({ left, right: x, mark: at })
    }
    above = row
  }
  return marks.filter((_, at) => parents[at] === at)
}

interface Run {
  readonly left: number
  readonly right: number
  readonly mark: number
}

function joined(marks: readonly Mark[], parents: number[], a: number, b: number): number {
  const [into, from] = [marks[a] as Mark, marks[b] as Mark]
  into.left = Math.min(into.left, from.left)
  into.right = Math.max(into.right, from.right)
  into.top = Math.min(into.top, from.top)
  into.bottom = Math.max(into.bottom, from.bottom)
  into.area += from.area
  parents[b] = a
  return a
}
