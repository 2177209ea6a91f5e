import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withoutNotes } from '../../src/domain/evidence/withoutNotes.ts'

/** Stands for the notes of a camera: what is in them does not matter here. */
const notes = Buffer.from('II*\0 taken in Almaty, 43.2375 76.945', 'latin1')
const segment = (marker: number, content: Buffer): Buffer => {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(content.length + 2, 2)
  return Buffer.concat([head, content])
}
const scan = Buffer.from([0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9])
const app0 = segment(0xe0, Buffer.from('JFIF\0\u0001'))
const jpeg = Buffer.concat([
  Buffer.from([0xff, 0xd8]),
  app0,
  segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), notes])),
  segment(0xed, Buffer.from('Photoshop 3.0')),
  scan,
])
const chunk = (name: string, content: Buffer): Buffer => {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  return Buffer.concat([length, Buffer.from(name, 'latin1'), content, Buffer.alloc(4)])
}
const png = Buffer.concat([
  Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'),
  chunk('IHDR', Buffer.alloc(13)),
  chunk('eXIf', notes),
  chunk('IDAT', Buffer.from([1, 2, 3])),
  chunk('IEND', Buffer.alloc(0)),
])

test.each([
  ['image/jpeg', jpeg],
  ['image/png', png],
])('%s: a copy does not say where it was taken', (type, bytes) => {
  const copy = withoutNotes(bytes, type)
  expect(Buffer.from(copy).includes('Almaty')).toBe(false)
  expect(copy.length).toBeLessThan(bytes.length)
  expect(withoutNotes(copy, type)).toEqual(copy)
})

test('of a JPEG everything else stays, byte for byte', () => {
  expect(Buffer.from(withoutNotes(jpeg, 'image/jpeg'))).toEqual(Buffer.concat([Buffer.from([0xff, 0xd8]), app0, scan]))
})

test('damaged notes say nothing and end nothing', () => {
  fc.assert(
    fc.property(fc.nat(jpeg.length - 1), fc.integer({ min: 0, max: 255 }), fc.nat(jpeg.length), (at, value, length) => {
      const hurt = Buffer.from(jpeg)
      hurt[at] = value
      const cut = hurt.subarray(0, length)
      expect(withoutNotes(cut, 'image/jpeg').length).toBeLessThanOrEqual(cut.length)
    }),
  )
})
