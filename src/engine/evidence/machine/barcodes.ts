import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Sharp } from 'sharp'
import { prepareZXingModule, type ReaderOptions, type ReadResult, readBarcodes } from 'zxing-wasm/reader'
import { around, type Finding } from '../../../domain/evidence/paperText.ts'
import { parseImei } from '../../../domain/imei.ts'
import { type Grey, greyOf, sharpened, stretched } from './grey.ts'

let prepared = false
/** The decoder's code comes with the program; without this it would be asked for on the network. */
function prepare(): void {
  if (prepared) return
  const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
  const binary = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength)
  prepareZXingModule({ overrides: { wasmBinary: binary as ArrayBuffer } })
  prepared = true
}

/** What telephones, their boxes, receipts and parcels carry. */
const FORMATS = ['Code128', 'Code39', 'EAN13', 'ITF', 'QRCode', 'DataMatrix'] as const

/** One look for codes: as the picture is, or brought to a width and sharpened. */
interface Try {
  readonly width: number | null
  readonly options: ReaderOptions
}
/** Bars of a small or blurred photograph are found when it is enlarged and sharpened. */
const ENLARGED = 2000
const LEVEL: ReaderOptions = { formats: [...FORMATS], tryInvert: false, tryRotate: false }
const WAYS = {
  'as taken': [{ width: null, options: {} }],
  enlarged: [{ width: ENLARGED, options: { formats: [...FORMATS], tryInvert: false } }],
  // levelled, so that no bars stand upright; what is to be found by any other way was found before
  levelled: [{ width: null, options: LEVEL }],
  'levelled, enlarged': [{ width: ENLARGED, options: LEVEL }],
} satisfies Readonly<Record<string, readonly Try[]>>
/** A sheet scanned at 340 dots an inch, at which bars are plain. The decoder holds four bytes a pixel: a larger scan, or a strip made to be endless, is brought to this. */
const LONGEST = 4000
const MOST_CODES = 20

/** Barcodes of a picture: IMEIs by their check digit, other codes as numbers. */
export async function findBarcodes(picture: Sharp, page: number, way: keyof typeof WAYS): Promise<readonly Finding[]> {
  prepare()
  const found = new Map<string, Finding>()
  for (const { width, options } of WAYS[way]) {
    const grey = await greyFor(picture, width)
    const ask = { tryHarder: true, maxNumberOfSymbols: MOST_CODES, ...options }
    for (const code of await readBarcodes(asImageData(grey), ask))
      found.set(code.text, found.get(code.text) ?? findingOf(code, page, grey))
    if ([...found.values()].some(({ kind }) => kind === 'imei')) break
  }
  return [...found.values()]
}

async function greyFor(picture: Sharp, width: number | null): Promise<Grey> {
  const look = picture.clone().greyscale()
  if (width === null)
    return greyOf(look.resize({ width: LONGEST, height: LONGEST, fit: 'inside', withoutEnlargement: true }))
  const large = look.resize({ width, height: LONGEST, fit: 'inside', kernel: 'cubic' })
  return sharpened(stretched(await greyOf(large)), { sigma: 2, flat: 1, steep: 2 })
}

/** The decoder takes four samples a pixel only. */
function asImageData({ data: grey, width, height }: Grey) {
  const data = new Uint8ClampedArray(grey.length * 4)
  const pixels = new Uint32Array(data.buffer)
  for (let i = 0; i < grey.length; i++) pixels[i] = OPAQUE | ((grey[i] as number) * GREY)
  return { data, width, height, colorSpace: 'srgb' as const }
}
const OPAQUE = 0xff000000
const GREY = 0x010101

function findingOf(code: ReadResult, page: number, { width, height }: Grey): Finding {
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
