import { buffer } from 'node:stream/consumers'
import { crc32, deflateSync } from 'node:zlib'
import PDFDocument from 'pdfkit'
import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import { lookOf, sameLook } from '../../../src/domain/evidence/pictureHash.ts'
import { findPassport } from '../../../src/engine/evidence/machine/passportLines.ts'
import { ReadingThread } from '../../../src/engine/evidence/machine/readingThread.ts'
import { lookOfPicture } from '../../../src/registry/intake/look/lookOfPicture.ts'
import { drawEvidence } from '../../../src/sample/drawEvidence.ts'
import { distort, drawDistortion } from '../../../src/sample/evidence/distort.ts'
import { Random } from '../../../src/sample/random.ts'
import { smallSample } from '../../../src/sample/smallSample.ts'

/** Papers of the sample, drawn, with what stands on them. */
const appeals = smallSample({ seed: 7, today: '2025-11-20' }).history.flatMap((e) =>
  e.type === 'appeal' ? [e.appeal] : [],
)

async function paperOf(form: string) {
  for (const appeal of appeals) {
    const at = appeal.papers.findIndex((paper) => paper.form === form)
    const paper = appeal.papers[at]
    const file = paper && (await drawEvidence(appeal))[at]
    if (paper && file) return { fields: paper.fields, bytes: new Uint8Array(file.content) }
  }
  throw new Error(`the sample has no ${form}`)
}

const thread = new ReadingThread()
afterAll(() => thread.close())
const read = (bytes: Uint8Array) => thread.ask<'read'>({ do: 'read', bytes })
const draw = (
  bytes: Uint8Array,
  longest = 1000,
  region: null | { x: number; y: number; width: number; height: number } = null,
) => thread.ask<'draw'>({ do: 'draw', bytes, page: 0, longest, region })

describe('reading papers by machine', () => {
  it('reads the IMEIs of a photographed screen by their barcodes, with their place', async () => {
    const { fields, bytes } = await paperOf('phone-photo')
    const imeis = (await read(bytes)).findings.filter(({ kind }) => kind === 'imei')
    expect(imeis.map(({ value }) => value)).toContain(fields.imei1)
    expect(imeis.every(({ by, box }) => by === 'barcode' && box.width > 0.3 && box.y > 0 && box.y < 1)).toBe(true)
  })

  it('reads them also from a hurried photograph of it', async () => {
    const { fields, bytes } = await paperOf('phone-photo')
    const photograph = await distort(bytes, drawDistortion('light', new Random(3, 'hurried')))
    const { findings } = await read(new Uint8Array(photograph))
    expect(findings.map(({ value }) => value)).toContain(fields.imei1)
  })

  it('reads both also from a bad one: at an angle, blurred, dark, in a shadow, a poor JPEG', async () => {
    const { fields, bytes } = await paperOf('phone-photo')
    const photograph = await distort(bytes, drawDistortion('heavy', new Random(3, 'bad')))
    const { findings } = await read(new Uint8Array(photograph))
    const imeis = findings.filter(({ kind }) => kind === 'imei').map(({ value }) => value)
    expect(imeis.toSorted()).toEqual([fields.imei1, fields.imei2].toSorted())
  })

  it('reads number, date and IMEI of a receipt in Russian and Kazakh', async () => {
    const { fields, bytes } = await paperOf('web-receipt')
    const { findings, lines } = await read(bytes)
    expect(findings.map(({ value }) => value)).toEqual(expect.arrayContaining([fields.date, fields.imei1]))
    const text = lines[0]?.flatMap((line) => line.words.map((word) => word.text)).join(' ')
    expect(text).toMatch(/Барлығы/)
  })

  it('takes the text of a PDF as it is, without reading a picture of it', async () => {
    const { fields, bytes } = await paperOf('crossing-certificate')
    const { type, findings } = await read(bytes)
    expect(type).toBe('application/pdf')
    expect(findings.filter(({ kind }) => kind === 'date').map(({ value }) => value)).toEqual(
      expect.arrayContaining([fields.exit, fields.entry]),
    )
    expect(findings.every(({ sure }) => sure === 1)).toBe(true)
  })

  it('reads the zone of a passport with its check digits', () => {
    // the specimen of ICAO 9303 part 4
    const zone = ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10']
    const lines = zone.map((text, i) => ({
      words: [{ text, sure: 1, box: { x: 0, y: 0.8 + i * 0.1, width: 1, height: 0.05 } }],
    }))
    expect(findPassport(lines, 0)).toMatchObject([
      { kind: 'passport', value: 'UTO:L898902C3', by: 'mrz' },
      { kind: 'person', value: 'ERIKSSON ANNA MARIA' },
    ])
    const wrong = lines.map((l) => ({
      words: l.words.map((w) => ({ ...w, text: w.text.replace('L898902C36', 'L898902C37') })),
    }))
    expect(findPassport(wrong, 0)).toEqual([])
  })
})

describe('drawing papers for the eye', () => {
  it('draws a TIFF, which no window can, and a region of it at full size', async () => {
    const tiff = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#336699' } })
      .tiff()
      .toBuffer()
    expect(await draw(new Uint8Array(tiff))).toMatchObject({ type: 'image/jpeg', width: 900, height: 600 })
    const part = await draw(new Uint8Array(tiff), 1000, { x: 0.5, y: 0.5, width: 0.25, height: 0.5 })
    expect(part).toMatchObject({ width: 225, height: 300, full: { width: 900, height: 600 } })
  })

  it('turns a photograph upright as its camera says', async () => {
    const lying = await sharp({ create: { width: 80, height: 40, channels: 3, background: '#fff' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer()
    expect(await draw(new Uint8Array(lying))).toMatchObject({ width: 40, height: 80, full: { width: 40, height: 80 } })
  })

  it('says of a program called scan.jpg that it is no picture', async () => {
    await expect(draw(new TextEncoder().encode('MZ not a picture'))).rejects.toMatchObject({
      problem: { code: 'picture-unreadable' },
    })
    expect(await read(new TextEncoder().encode('MZ not a picture'))).toMatchObject({ type: null, findings: [] })
  })

  it('draws a page of a PDF that is too large for the window, and says how many there are', async () => {
    const { bytes } = await paperOf('passenger-declaration')
    expect(await draw(bytes, 900)).toMatchObject({ type: 'image/jpeg', height: 900, pages: 1 })
    await expect(thread.ask<'draw'>({ do: 'draw', bytes, page: 1, longest: 900, region: null })).rejects.toMatchObject({
      problem: { code: 'picture-unreadable' },
    })
  })

  it('draws a region of a scan in a PDF from all the pixels that it has', async () => {
    // lines one pixel wide: drawn smaller they are grey
    const lines = Buffer.alloc(3000 * 3000)
    for (let i = 0; i < lines.length; i++) lines[i] = i % 2 === 0 ? 0 : 255
    const scan = await sharp(lines, { raw: { width: 3000, height: 3000, channels: 1 } })
      .png()
      .toBuffer()
    const pdf = new PDFDocument({ size: [300, 300], margin: 0 })
    pdf.image(scan, 0, 0, { width: 300 }).end()
    const bytes = new Uint8Array(await buffer(pdf))
    const part = await draw(bytes, 1500, { x: 0.25, y: 0.5, width: 0.1, height: 0.1 })
    expect(part).toMatchObject({ width: 1000, height: 1000, pages: 1 })
    const { channels } = await sharp(part.bytes).greyscale().stats()
    expect(channels[0]?.stdev).toBeGreaterThan(100)
    expect((await draw(bytes, 1500)).width).toBe(1500)
  })

  it('says of a damaged picture and a damaged PDF that they cannot be opened, and goes on', async () => {
    const jpeg = await sharp({ create: { width: 400, height: 400, channels: 3, background: '#fff' } })
      .jpeg()
      .toBuffer()
    const unreadable = { problem: { code: 'picture-unreadable' } }
    await expect(draw(new Uint8Array(jpeg.subarray(0, 200)))).rejects.toMatchObject(unreadable)
    await expect(read(new TextEncoder().encode('%PDF-1.7 and nothing more'))).rejects.toMatchObject(unreadable)
    expect(await draw(new Uint8Array(jpeg))).toMatchObject({ width: 400 })
  })

  it('refuses a picture that unpacks to more than 400 million pixels before unpacking it', async () => {
    const bomb = bombHeader(30_000, 30_000)
    await expect(draw(bomb)).rejects.toMatchObject({ problem: { code: 'picture-too-large' } })
  })
})

describe('pictures of the same paper', () => {
  it('look alike when one is the other made smaller and saved anew; other papers do not', async () => {
    const receipt = await paperOf('till-receipt')
    const screen = await paperOf('phone-photo')
    const smaller = await sharp(receipt.bytes).resize({ width: 500 }).jpeg({ quality: 40 }).toBuffer()
    const [one, again, other] = await Promise.all([
      lookOfPicture(receipt.bytes),
      lookOfPicture(new Uint8Array(smaller)),
      lookOfPicture(screen.bytes),
    ])
    const look = (text: string | undefined) => lookOf(text ?? '') ?? expect.fail('no look')
    expect(sameLook(look(one), look(again)).same).toBe(true)
    expect(sameLook(look(one), look(other)).same).toBe(false)
  })

  it('have no look when they cannot be opened', async () => {
    expect(await lookOfPicture(new TextEncoder().encode('MZ'))).toBeUndefined()
  })
})

/** A PNG that says it has this size, with hardly any data behind its head. */
function bombHeader(width: number, height: number): Uint8Array {
  const size = Buffer.alloc(13)
  size.writeUInt32BE(width, 0)
  size.writeUInt32BE(height, 4)
  size[8] = 8
  const mark = Buffer.from('89504e470d0a1a0a', 'hex')
  return new Uint8Array(
    Buffer.concat([
      mark,
      chunk('IHDR', size),
      chunk('IDAT', deflateSync(Buffer.alloc(64))),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  )
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}
