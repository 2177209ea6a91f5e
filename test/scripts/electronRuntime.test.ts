import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { asar } from '../../scripts/electron/asar.mjs'
import { FUSE, setFuses } from '../../scripts/electron/fuses.mjs'
import { unzip } from '../../scripts/electron/zip.mjs'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tamga-runtime-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A ZIP file of deflated entries, without checksums: the reader is for an archive whose hash is pinned. */
function zipOf(entries: Record<string, string>): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, text] of Object.entries(entries)) {
    const packed = deflateRawSync(Buffer.from(text))
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(Buffer.byteLength(name), 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt16LE(Buffer.byteLength(name), 28)
    entry.writeUInt32LE((0o100755 << 16) >>> 0, 38)
    entry.writeUInt32LE(offset, 42)
    locals.push(local, Buffer.from(name), packed)
    directory.push(entry, Buffer.from(name))
    offset += 30 + Buffer.byteLength(name) + packed.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Object.keys(entries).length, 10)
  end.writeUInt32LE(Buffer.concat(directory).length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, ...directory, end])
}

describe('the archive that carries Electron', () => {
  test('gives the wanted files with their modes, and no others', async () => {
    const archive = join(folder, 'a.zip')
    writeFileSync(archive, zipOf({ 'App/run': 'binary', 'App/resources/foreign': 'no', 'other/file': 'no' }))
    const wanted: Record<string, string> = { 'App/run': 'electron' }
    await unzip(archive, join(folder, 'out'), (name: string) => wanted[name])
    expect(readFileSync(join(folder, 'out/electron'), 'utf8')).toBe('binary')
    expect(() => readFileSync(join(folder, 'out/resources/foreign'))).toThrow('ENOENT')
  })

  test('cannot write outside its folder', async () => {
    const archive = join(folder, 'a.zip')
    writeFileSync(archive, zipOf({ '../outside': 'no' }))
    await expect(unzip(archive, join(folder, 'out'), (name: string) => name)).rejects.toThrow('unsafe path')
  })

  test('that was cut off is refused', async () => {
    const archive = join(folder, 'a.zip')
    writeFileSync(archive, zipOf({ file: 'text' }).subarray(0, 40))
    await expect(unzip(archive, join(folder, 'out'), (name: string) => name)).rejects.toThrow(
      'end-of-central-directory',
    )
  })
})

describe('fuses', () => {
  const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
  const binary = (wires: number): string => {
    const file = join(folder, 'electron')
    writeFileSync(file, `before${`${SENTINEL}\u0001\u0008001110r0`.repeat(wires)}after`)
    return file
  }

  test('are set where the wire is, and nothing else changes', async () => {
    const file = binary(1)
    await setFuses(file, [
      [FUSE.runAsNode, true],
      [FUSE.nodeOptions, false],
    ])
    expect(readFileSync(file, 'utf8')).toBe(`before${SENTINEL}\u0001\u0008100110r0after`)
  })

  test('are refused in a binary without exactly one wire, and when the fuse was removed', async () => {
    await expect(setFuses(binary(0), [])).rejects.toThrow('exactly once')
    await expect(setFuses(binary(2), [])).rejects.toThrow('exactly once')
    await expect(setFuses(binary(1), [[FUSE.browserSnapshot, true]])).rejects.toThrow('absent')
  })
})

test('an asar archive lists its files and holds them one after another', () => {
  const archive = asar({ 'package.json': '{}', 'main.js': 'start()' })
  const headerBytes = archive.readUInt32LE(12)
  const header = JSON.parse(archive.toString('utf8', 16, 16 + headerBytes))
  expect(header.files).toEqual({ 'package.json': { size: 2, offset: '0' }, 'main.js': { size: 7, offset: '2' } })
  const body = archive.readUInt32LE(4) + 8
  expect(archive.toString('utf8', body)).toBe('{}start()')
})
