import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { openWorkbook } from '../../src/sheet/openWorkbook.ts'
import { writeXlsx } from '../../src/sheet/write/writeXlsx.ts'
import { zipOf } from './handmade.ts'
import { file, place, problemOf, read, readSheet } from './reading.ts'

const LINES = `imei;күні\n${'490154203237518;2025-11-03\n'.repeat(5000)}`
const packed = gzipSync(LINES)

describe('a text file packed by itself', () => {
  it('is one sheet with its encoding and separator, whatever its name', async () => {
    const book = await openWorkbook(file(packed, 'kcell_20251103.csv.gz'))
    expect(book).toMatchObject({ kind: 'gzip', delimiter: ';', encoding: { encoding: 'utf-8' } })
    expect(book.sheets).toHaveLength(1)
    expect(await readSheet(book)).toMatchObject({ rows: 5001, columns: 2 })
    await book.close()
  })
  it('may come in several pieces', async () => {
    const two = Buffer.concat([gzipSync('imei\n1\n'), gzipSync('2\n')])
    expect((await read(two)).texts).toEqual([['imei'], ['1'], ['2']])
  })
  it('of many pieces reads as it does unpacked, also in a zip, whose pieces are lent and end inside letters', async () => {
    const lines = Array.from({ length: 60_000 }, (_, i) => `${i};ТОО «Ұлы дала ${'ә'.repeat(i % 7)}»`).join('\n')
    const plain = (await read(lines)).texts
    expect(plain).toHaveLength(60_000)
    expect((await read(gzipSync(lines))).texts).toEqual(plain)
    expect((await read(zipOf([{ name: 'list.csv', data: lines }]))).texts).toEqual(plain)
    const stored = await read(zipOf([{ name: 'list.csv', data: lines, stored: true }]))
    expect(stored.texts).toEqual(plain)
  })
  it('may be a workbook of many pieces', async () => {
    const path = place('long.xlsx')
    const row = (i: number) => [`${i}`, createHash('sha256').update(`${i}`).digest('hex')]
    const columns = ['a', 'b'].map((header) => ({ header, type: 'text' as const }))
    await writeXlsx(path, [{ name: 'a', columns, rows: Array.from({ length: 30_000 }, (_, i) => row(i)) }])
    const bytes = readFileSync(path)
    expect(bytes.length).toBeGreaterThan(1_200_000)
    expect((await read(gzipSync(bytes))).texts).toEqual((await read(bytes)).texts)
  })
  it('may be a workbook', async () => {
    const bytes = readFileSync(new URL('fixtures/openpyxl.xlsx', import.meta.url))
    expect((await read(gzipSync(bytes))).rows).toBe(4)
  })
})

describe('a packed file that is damaged or meant to hurt', () => {
  it('cut off at any place is a problem, never fewer rows', async () => {
    for (let length = 0; length < packed.length; length += 7) {
      const { code } = await problemOf(read(packed.subarray(0, length)))
      expect(['sheet-broken-zip', 'sheet-crc', 'sheet-not-spreadsheet', 'sheet-empty-file']).toContain(code)
    }
  })
  it('with a changed checksum or size', async () => {
    for (const at of [packed.length - 8, packed.length - 4]) {
      const bytes = Buffer.from(packed)
      bytes[at] = (bytes[at] as number) ^ 1
      expect(await problemOf(read(bytes))).toMatchObject({ code: 'sheet-crc' })
    }
  })
  it('with something behind its end', async () => {
    expect(await problemOf(read(Buffer.concat([packed, Buffer.from('more')])))).toMatchObject({
      code: 'sheet-broken-zip',
    })
  })
  it('that unpacks to more than 200 times its size', async () => {
    const bomb = gzipSync(Buffer.alloc(64 << 20, '1;2\n'))
    expect(await problemOf(read(bomb))).toMatchObject({ code: 'sheet-bomb' })
  })
})
