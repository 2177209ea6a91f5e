import { readFileSync } from 'node:fs'
import PDFDocument from 'pdfkit'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { evidenceType } from '../../../src/domain/evidence/evidenceType.ts'
import { withoutNotes } from '../../../src/domain/evidence/withoutNotes.ts'
import { openPicture } from '../../../src/engine/evidence/machine/picture.ts'
import { pictureLeftOut } from '../../../src/engine/evidence/machine/pictureLeftOut.ts'
import { takenAt } from '../../../src/engine/evidence/machine/takenAt.ts'

const PLACE = { latitude: 51.1250333, longitude: 71.43025 }
const near = { latitude: expect.closeTo(PLACE.latitude, 4), longitude: expect.closeTo(PLACE.longitude, 4) }

/** A photograph that says where it was taken, lying on its side as its camera held it. */
const photograph = () =>
  sharp({ create: { width: 60, height: 40, channels: 3, background: '#aa3311' } })
    .withMetadata({ orientation: 6 })
    .withExifMerge({
      IFD0: { Make: 'SAMPLE' },
      IFD3: {
        ...{ GPSLatitudeRef: 'N', GPSLatitude: '51/1 7/1 3012/100' },
        ...{ GPSLongitudeRef: 'E', GPSLongitude: '71/1 25/1 4890/100' },
      },
    })

/** The scan with a directory of a place, as some scanning programs add one behind the picture. */
function withGps(tiff: Buffer): Buffer {
  const at = tiff.readUInt32LE(4)
  const count = tiff.readUInt16LE(at)
  const old = tiff.subarray(at + 2, at + 2 + count * 12)
  const end = tiff.length + (tiff.length % 2)
  const gpsAt = end + 2 + (count + 1) * 12 + 4
  const numbersAt = gpsAt + 2 + 4 * 12 + 4
  const entry = (tag: number, type: number, many: number, value: number): Buffer => {
    const e = Buffer.alloc(12)
    e.writeUInt16LE(tag, 0)
    e.writeUInt16LE(type, 2)
    e.writeUInt32LE(many, 4)
    e.writeUInt32LE(value, 8)
    return e
  }
  const two = (n: number): Buffer => Buffer.from([n & 255, n >> 8])
  const gps = [
    ...[entry(1, 2, 2, 0x4e), entry(2, 5, 3, numbersAt)],
    ...[entry(3, 2, 2, 0x45), entry(4, 5, 3, numbersAt + 24)],
  ]
  const numbers = Buffer.alloc(48)
  for (const [i, n] of [51, 1, 7, 1, 3012, 100, 71, 1, 25, 1, 4890, 100].entries()) numbers.writeUInt32LE(n, i * 4)
  const head = Buffer.from(tiff.subarray(0, 8))
  head.writeUInt32LE(end, 4)
  return Buffer.concat([
    ...[head, tiff.subarray(8), Buffer.alloc(tiff.length % 2)],
    ...[two(count + 1), old, entry(0x8825, 4, 1, gpsAt), Buffer.alloc(4)],
    ...[two(4), ...gps, Buffer.alloc(4), numbers],
  ])
}

async function scanOf(jpeg: Buffer): Promise<Buffer> {
  const pdf = new PDFDocument({ size: 'A6' })
  const parts: Buffer[] = []
  pdf.on('data', (part: Buffer) => parts.push(part))
  const done = new Promise<void>((resolve) => pdf.on('end', resolve))
  pdf.image(jpeg, 20, 20, { width: 200 }).end()
  await done
  return Buffer.concat(parts)
}

const files: Record<string, Uint8Array> = {}
beforeAll(async () => {
  const jpeg = await photograph().jpeg().toBuffer()
  const film = Buffer.from('ftypmp42 a moving picture, taken at +51.125+071.430/')
  Object.assign(files, {
    jpeg,
    'jpeg with a film behind it': Buffer.concat([jpeg, film]),
    png: await photograph().png().toBuffer(),
    webp: await photograph().webp().toBuffer(),
    tiff: withGps(await photograph().tiff().toBuffer()),
    heic: readFileSync(new URL('./papers/telephone.heic', import.meta.url)),
    pdf: await scanOf(jpeg),
  })
})

const KINDS = ['jpeg', 'jpeg with a film behind it', 'png', 'webp', 'tiff', 'heic', 'pdf']
const fileOf = (kind: string) => {
  const bytes = new Uint8Array(files[kind] ?? expect.fail(kind))
  return { bytes, type: evidenceType(bytes) ?? expect.fail(`${kind} is no evidence`) }
}

describe('a photograph that says where it was taken', () => {
  it.each(KINDS)('tells the officer: %s', (kind) => {
    const { bytes, type } = fileOf(kind)
    expect(takenAt(bytes, type)).toEqual(near)
  })

  it.each(KINDS)('tells nobody who gets a copy: %s', (kind) => {
    const { bytes, type } = fileOf(kind)
    const copy = withoutNotes(bytes, type)
    expect(evidenceType(copy)).toBe(type)
    expect(takenAt(copy, type)).toBeNull()
    expect(Buffer.from(copy).includes('+51.125')).toBe(false)
    expect(Buffer.from(copy).includes('SAMPLE') && kind !== 'tiff').toBe(false)
    expect(withoutNotes(copy, type)).toEqual(copy)
  })

  it.each(KINDS.filter((kind) => kind !== 'pdf'))('looks the same and stands upright in the copy: %s', async (kind) => {
    const { bytes, type } = fileOf(kind)
    const seen = async (b: Uint8Array) => (await openPicture(b, type)).raw().toBuffer({ resolveWithObject: true })
    const [before, after] = [await seen(bytes), await seen(withoutNotes(bytes, type))]
    expect(after.info).toEqual(before.info)
    expect(after.data.equals(before.data)).toBe(true)
  })

  it('is left as it is when it says nothing', async () => {
    for (const plain of [
      await sharp({ create: { width: 9, height: 9, channels: 3, background: '#fff' } })
        .jpeg()
        .toBuffer(),
    ])
      expect(withoutNotes(plain, 'image/jpeg')).toBe(plain)
  })
})

describe('a picture inside a PDF', () => {
  const page = (size: string) =>
    new TextEncoder().encode(
      `%PDF-1.7\n3 0 obj\n<< /Resources << /ProcSet [/ImageC] /XObject << /P 5 0 R >> >> >>\nendobj\n5 0 obj\n<< /Type /XObject /Subtype /Image ${size} /Filter /DCTDecode >>\nstream\n`,
    )
  it('that is too large to be drawn is told with its size', () => {
    expect(pictureLeftOut(page('/Width 20000 /Height 15000'))).toEqual({ width: 20_000, height: 15_000 })
    expect(pictureLeftOut(page('/Width 7000\n/Height 9900'))).toBeNull()
  })
  it('of a telephone is drawn', () => {
    expect(pictureLeftOut(fileOf('pdf').bytes)).toBeNull()
  })
})
