import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { drawEvidence } from '../../src/sample/drawEvidence.ts'
import { type Distortion, distort, drawDistortion } from '../../src/sample/evidence/distort.ts'
import { Random } from '../../src/sample/random.ts'
import { smallSample } from '../../src/sample/smallSample.ts'

let receipt: Uint8Array

beforeAll(async () => {
  for (const event of smallSample({ seed: 1, today: '2026-11-23' }).history) {
    if (event.type !== 'appeal' || event.appeal.papers[0]?.type !== 'image/png') continue
    const [file] = await drawEvidence({ ...event.appeal, papers: event.appeal.papers.slice(0, 1) })
    if (file) receipt = file.content
    return
  }
})

const STRAIGHT: Distortion = {
  corners: [
    [0, 0],
    [0, 0],
    [0, 0],
    [0, 0],
  ],
  blur: 0,
  light: 1,
  shadow: 0,
  quality: 95,
}

/** Mean brightness of a square of 12 pixels at these shares of width and height. */
async function brightness(image: Uint8Array, x: number, y: number): Promise<number> {
  const { width, height } = await sharp(image).metadata()
  const left = Math.round(x * (width - 12))
  const top = Math.round(y * (height - 12))
  const { channels } = await sharp(await sharp(image).extract({ left, top, width: 12, height: 12 }).toBuffer()).stats()
  return channels.reduce((sum, c) => sum + c.mean, 0) / channels.length
}

describe('a photograph of a paper', () => {
  it('keeps the size and becomes a JPEG', async () => {
    const before = await sharp(receipt).metadata()
    const after = await sharp(await distort(receipt, drawDistortion('heavy', new Random(1)))).metadata()
    expect(after.format).toBe('jpeg')
    expect([after.width, after.height]).toEqual([before.width, before.height])
  })

  it('taken straight shows the paper as it is', async () => {
    const straight = await distort(receipt, STRAIGHT)
    for (const [x, y] of [
      [0.05, 0.05],
      [0.5, 0.02],
      [0.95, 0.9],
    ] as const)
      expect(Math.abs((await brightness(straight, x, y)) - (await brightness(receipt, x, y)))).toBeLessThan(6)
  })

  it('taken at an angle shows the table where the corner moved in, and the paper elsewhere', async () => {
    const moved = { ...STRAIGHT, corners: [[0.2, 0.2] as const, ...STRAIGHT.corners.slice(1)] }
    const seen = await distort(receipt, moved)
    expect(await brightness(seen, 0, 0)).toBeLessThan(80)
    expect(await brightness(seen, 1, 1)).toBeGreaterThan(180)
  })

  it('taken in the dark is darker, and the same every time', async () => {
    const dark = await distort(receipt, { ...STRAIGHT, light: 0.5 })
    expect(await brightness(dark, 0.05, 0.05)).toBeLessThan((await brightness(receipt, 0.05, 0.05)) * 0.6)
    const again = () => distort(receipt, drawDistortion('light', new Random(4)))
    expect((await again()).equals(await again())).toBe(true)
  })
})
