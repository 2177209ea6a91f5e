import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { kindOf } from '../../src/sheet/kindOf.ts'
import { openSource, openWorkbook, unlocked } from '../../src/sheet/openWorkbook.ts'
import { openFile } from '../../src/sheet/source.ts'
import { readDirectory } from '../../src/sheet/zip/directory.ts'
import { readEntry } from '../../src/sheet/zip/entryStream.ts'
import { zipOf } from './handmade.ts'
import { file, problemOf, readSheet } from './reading.ts'

const PASSWORD = 'Үлгі-2024'
const path = (name: string): string => new URL(`fixtures/${name}`, import.meta.url).pathname

/** Each with what it was made of. */
const LOCKED: readonly (readonly [name: string, open: string])[] = [
  ['encrypted-agile.xlsx', 'openpyxl.xlsx'],
  ['encrypted-standard.xlsx', 'openpyxl.xlsx'],
  ['encrypted.xls', 'libreoffice.xls'],
  ['encrypted-poi.xls', 'poi.xls'],
  ['encrypted.ods', 'libreoffice.ods'],
]

describe.each(LOCKED)('%s', (name, opened) => {
  it('is told by its content and asks for its password', async () => {
    expect(['encrypted', 'xls', 'ods']).toContain(await kindOf(path(name)))
    expect(await problemOf(openWorkbook(path(name)))).toMatchObject({ code: 'sheet-encrypted', file: name })
  })

  it('opens with it, and reads like the workbook it was made of', async () => {
    const [locked, open] = await Promise.all([
      openWorkbook(path(name), { password: PASSWORD }),
      openWorkbook(path(opened)),
    ])
    expect(locked.kind).toBe(opened.split('.')[1])
    expect(locked.sheets).toEqual(open.sheets)
    expect(await readSheet(locked)).toEqual(await readSheet(open))
    await Promise.all([locked.close(), open.close()])
  })

  it('without its lock is a file like any other', async () => {
    const source = await openFile(path(name))
    const clear = await unlocked(source, PASSWORD)
    const [bare, open] = await Promise.all([openSource(clear), openWorkbook(path(opened))])
    expect(bare.sheets).toEqual(open.sheets)
    expect(await readSheet(bare)).toEqual(await readSheet(open))
    await Promise.all([source.close(), bare.close(), open.close()])
  })

  it('stays shut for another one', async () => {
    expect(await problemOf(openWorkbook(path(name), { password: 'үлгі-2024' }))).toMatchObject({
      code: 'sheet-wrong-password',
    })
    expect(await problemOf(openWorkbook(path(name), { password: '' }))).toMatchObject({ code: 'sheet-wrong-password' })
  })

  it('is asked for inside a zip too', async () => {
    const archive = file(zipOf([{ name, data: readFileSync(path(name)) }]))
    expect(await problemOf(openWorkbook(archive))).toMatchObject({ code: 'sheet-encrypted', part: name })
    const book = await openWorkbook(archive, { password: PASSWORD })
    expect((await readSheet(book)).rows).toBe(4)
    await book.close()
  })
})

it('a changed byte of an agile package is found before anything is read', async () => {
  const bytes = readFileSync(path('encrypted-agile.xlsx'))
  const clearSize = readFileSync(path('openpyxl.xlsx')).length
  const package_ = bytes.indexOf(Buffer.from(BigUint64Array.of(BigInt(clearSize)).buffer))
  bytes[package_ + 100] = (bytes[package_ + 100] as number) ^ 1
  expect(await problemOf(openWorkbook(file(bytes), { password: PASSWORD }))).toMatchObject({
    code: 'sheet-crc',
    part: 'EncryptedPackage',
  })
})

describe('a lock that no password opens here', () => {
  it('of an .xls (XOR, as Excel 95 did) is told before a password is asked for', async () => {
    const bytes = readFileSync(path('encrypted.xls'))
    // the record of the password: 1 for RC4, 0 for XOR
    const at = bytes.indexOf(Buffer.from([0x2f, 0x00, 0x36, 0x00, 0x01, 0x00]))
    expect(at).toBeGreaterThan(0)
    bytes.writeUInt16LE(0, at + 4)
    for (const options of [{}, { password: PASSWORD }])
      expect(await problemOf(openWorkbook(file(bytes), options))).toMatchObject({
        code: 'sheet-old-lock',
        found: 'XOR',
      })
  })

  it('of an .ods (Blowfish, as OpenOffice 3 did) too', async () => {
    const source = await openFile(path('encrypted.ods'))
    const { entries } = await readDirectory(source)
    const parts = []
    for (const entry of entries.values()) {
      const data = await readEntry(source, entry, 1 << 24)
      const blowfish = data.toString('utf8').replaceAll(/[^"]*#aes256-cbc/g, 'Blowfish CFB')
      parts.push({ name: entry.name, data: entry.name === 'META-INF/manifest.xml' ? Buffer.from(blowfish) : data })
    }
    await source.close()
    for (const options of [{}, { password: PASSWORD }])
      expect(await problemOf(openWorkbook(file(zipOf(parts)), options))).toMatchObject({
        code: 'sheet-old-lock',
        found: 'blowfish cfb',
      })
  })
})
