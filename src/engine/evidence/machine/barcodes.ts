import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Sharp } from 'sharp'
import { prepareZXingModule, type ReadResult, readBarcodes } from 'zxing-wasm/reader'
import { around, type Finding } from '../../../domain/evidence/paperText.ts'
import { parseImei } from '../../../domain/imei.ts'

let prepared = false
/** The decoder's code comes with the program; without this it would be asked for on the network. */
function prepare(): void {
  if (prepared) return
  const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
  const binary = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength)
  prepareZXingModule({ overrides: { wasmBinary: binary as ArrayBuffer } })
  prepared = true
}

/** Sizes a picture is tried in: bars of a small or blurred photograph are found when it is enlarged and sharpened. */
const TRIES = [
  { width: null, sharpen: false },
  { width: 2000, sharpen: true },
] as const
/** The decoder holds four bytes a pixel: a larger scan, or a strip made to be endless, is brought to this. */
const LONGEST = 6000
const MOST_CODES = 20

/** Barcodes of a picture: IMEIs by their check digit, other codes as numbers. */
export async function findBarcodes(picture: Sharp, page: number): Promise<readonly Finding[]> {
  prepare()
  const found = new Map<string, Finding>()
  for (const { width, sharpen } of TRIES) {
    let look = picture.clone().greyscale()
    look =
      width === null
        ? look.resize({ width: LONGEST, height: LONGEST, fit: 'inside', withoutEnlargement: true })
        : look.resize({ width, height: LONGEST, fit: 'inside', kernel: 'cubic' }).normalise()
    if (sharpen) look = look.sharpen({ sigma: 2 })
    const { data, info } = await look.removeAlpha().toColourspace('b-w').raw().toBuffer({ resolveWithObject: true })
    const image = asImageData(data, info.width, info.height)
    for (const code of await readBarcodes(image, { tryHarder: true, maxNumberOfSymbols: MOST_CODES }))
      found.set(code.text, found.get(code.text) ?? findingOf(code, page, info.width, info.height))
    if ([...found.values()].some(({ kind }) => kind === 'imei')) break
  }
  return [...found.values()]
}

/** The decoder takes four samples a pixel only. */
function asImageData(grey: Uint8Array, width: number, height: number) {
  if (grey.length !== width * height) throw new Error('a grey picture has one sample a pixel')
  const data = new Uint8ClampedArray(grey.length * 4)
  for (let i = 0, to = 0; i < grey.length; i++, to += 4) {
    data[to] = data[to + 1] = data[to + 2] = grey[i] as number
    data[to + 3] = 255
  }
  return { data, width, height, colorSpace: 'srgb' as const }
}

function findingOf(code: ReadResult, page: number, width: number, height: number): Finding {
  const imei = parseImei({ kind: 'text', text: code.text })
  const isImei = imei.ok && imei.imei.form === 'imei' && imei.imei.check === 'right'
  const { topLeft, topRight, bottomLeft, bottomRight } = code.position
  const share = (value: number): number => Math.min(1, Math.max(0, value))
  const box = around(
    [topLeft, topRight, bottomLeft, bottomRight].map(({ x, y }) => ({
      x: share(x / width),
      y: share(y / height),
      width: 0,
      height: 0,
    })),
  )
  return { kind: isImei ? 'imei' : 'number', value: code.text, text: code.text, page, box, by: 'barcode', sure: 1 }
}
