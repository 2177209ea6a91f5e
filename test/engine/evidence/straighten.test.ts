import sharp, { type Sharp } from 'sharp'
import { describe, expect, it } from 'vitest'
import { pictureOfGrey } from '../../../src/engine/evidence/machine/grey.ts'
import { leanIn, straighten } from '../../../src/engine/evidence/machine/straighten.ts'

const WIDTH = 800
const HEIGHT = 1000

/** Rows of words, photographed so that they lean as told at the top and at the foot, half of them in a shadow. */
async function leaning(top: number, foot: number) {
  const rows = Array.from({ length: 16 }, (_, i) => {
    const y = 80 + i * 55
    const slope = top + ((foot - top) * y) / HEIGHT
    const words = Array.from({ length: 9 }, (_, at) => {
      const x = 60 + at * 78
      return `<rect x="${x}" y="${y + slope * (x - WIDTH / 2)}" width="${40 + ((i * 7 + at * 13) % 30)}" height="18"/>`
    })
    return words.join('')
  })
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><defs><linearGradient id="s"><stop offset="0.45" stop-color="#fff"/><stop offset="0.6" stop-color="#666"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#s)"/>${rows.join('')}</svg>`
  return sharp(await sharp(Buffer.from(svg)).png().toBuffer())
}

/** Mean darkness of the rows of a picture: where lines are level, rows are either words or gaps. */
async function clearness(picture: Sharp): Promise<number> {
  const { data, info } = await picture.clone().resize({ width: WIDTH }).raw().toBuffer({ resolveWithObject: true })
  const rows = Array.from({ length: info.height }, (_, y) => {
    let sum = 0
    for (let x = 100; x < info.width - 100; x++) sum += data[(y * info.width + x) * info.channels] ?? 0
    return sum / (info.width - 200)
  })
  const mean = rows.reduce((a, b) => a + b, 0) / rows.length
  return Math.sqrt(rows.reduce((a, b) => a + (b - mean) ** 2, 0) / rows.length)
}

describe('a photograph of a paper', () => {
  it.each([
    [0.06, 0.06],
    [0.09, -0.04],
    [-0.08, -0.01],
  ])('that leans by %s at the top and %s at the foot is levelled', async (top, foot) => {
    const photograph = await leaning(top, foot)
    const lean = await leanIn(photograph)
    expect(lean.top).toBeCloseTo(top, 1)
    expect(lean.top + lean.change).toBeCloseTo(foot, 1)
    const picture = pictureOfGrey((await straighten(photograph, lean, WIDTH)).grey)
    const level = await straighten(await leaning(0, 0), { top: 0, change: 0 }, WIDTH)
    expect(await clearness(picture)).toBeGreaterThan(0.8 * (await clearness(pictureOfGrey(level.grey))))
  })

  it('is as bright in the shade as in the light', async () => {
    const { grey } = await straighten(await leaning(0, 0), { top: 0, change: 0 }, WIDTH)
    const gap = (x: number) => grey.data[30 * grey.width + x] ?? 0
    expect(Math.min(gap(80), gap(WIDTH - 80))).toBeGreaterThan(235)
  })

  it('knows where each of its points lies on the photograph', async () => {
    const { at } = await straighten(await leaning(0.1, 0.1), { top: 0.1, change: 0 }, WIDTH)
    expect(at(0.5, 0.3)).toEqual({ x: 0.5, y: 0.3 })
    expect(at(1, 0.5).y).toBeCloseTo(0.5 + (0.1 * 0.5 * WIDTH) / HEIGHT)
  })

  it('of one dot, and of a strip without end, is no reason to fail', async () => {
    const plain = (width: number, height: number) =>
      sharp({ create: { width, height, channels: 3, background: '#fff' } })
    for (const [width, height] of [
      [1, 1],
      [4, 4000],
    ] as const) {
      const strip = sharp(await plain(width, height).png().toBuffer())
      const { grey } = await straighten(strip, await leanIn(strip), 200)
      expect(grey.data.length).toBeLessThanOrEqual(200 * 1600)
    }
  })
})
