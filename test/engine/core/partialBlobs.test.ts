import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { PartialBlobs } from '../../../src/engine/db/partialBlobs.ts'

const KEY = 'c3'.repeat(32)
const BLOB = Buffer.concat([Buffer.from('CLEARTEXT'), randomBytes(700_000)])
const NAME = createHash('sha256').update(BLOB).digest('hex')

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tamga-partial-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
})

/** The first `bytes` of the blob came, in pieces as a network cuts them; then the engine ended. */
function interrupted(bytes: number, piece = 60_000): void {
  const part = new PartialBlobs(folder, KEY).open(NAME, BLOB.length)
  for (let at = 0; at < bytes; at += piece) part.add(BLOB.subarray(at, Math.min(at + piece, bytes)))
  part.close()
}

describe('a blob that is being fetched', () => {
  test('goes on at the byte where it stopped, and lies on the disk in cipher only', () => {
    interrupted(654_321)
    expect(readFileSync(join(folder, NAME)).includes('CLEARTEXT')).toBe(false)
    const part = new PartialBlobs(folder, KEY).open(NAME, BLOB.length)
    expect(part.have).toBe(654_321)
    part.add(BLOB.subarray(654_321))
    part.close()
    expect(BLOB.equals(new PartialBlobs(folder, KEY).open(NAME, BLOB.length).bytes)).toBe(true)
  })

  test('whose file was cut or damaged anywhere goes on at a byte before it; what is taken over is right', () => {
    interrupted(600_000)
    const whole = readFileSync(join(folder, NAME))
    fc.assert(
      fc.property(fc.nat({ max: whole.length - 1 }), fc.constantFrom('cut', 'flipped'), (at, how) => {
        const spoilt = how === 'cut' ? whole.subarray(0, at) : Buffer.from(whole)
        if (how === 'flipped') spoilt[at] = (spoilt[at] ?? 0) ^ 1
        writeFileSync(join(folder, NAME), spoilt)
        const part = new PartialBlobs(folder, KEY).open(NAME, BLOB.length)
        expect(part.have).toBeLessThan(600_000)
        expect(BLOB.subarray(0, part.have).equals(part.bytes.subarray(0, part.have))).toBe(true)
        part.add(BLOB.subarray(part.have))
        part.close()
        const again = new PartialBlobs(folder, KEY).open(NAME, BLOB.length)
        expect(again.have).toBe(BLOB.length)
        again.close()
      }),
      { numRuns: 60 },
    )
  })

  test('of another home, another name or another size is not taken over', () => {
    interrupted(300_000)
    expect(new PartialBlobs(folder, 'd4'.repeat(32)).open(NAME, BLOB.length).have).toBe(0)
    interrupted(300_000)
    const other = 'ab'.repeat(32)
    writeFileSync(join(folder, other), readFileSync(join(folder, NAME)))
    expect(new PartialBlobs(folder, KEY).open(other, BLOB.length).have).toBe(0)
    expect(new PartialBlobs(folder, KEY).open(NAME, 1000).have).toBe(0)
  })

  test('begins anew where the registry does, and goes when it was used or nobody wanted it for a week', () => {
    interrupted(300_000)
    const partials = new PartialBlobs(folder, KEY)
    const part = partials.open(NAME, BLOB.length)
    part.restart()
    part.add(BLOB.subarray(0, 10))
    part.close()
    expect(partials.open(NAME, BLOB.length).have).toBe(10)
    const old = new Date(Date.now() - 8 * 86_400_000)
    utimesSync(join(folder, NAME), old, old)
    expect(new PartialBlobs(folder, KEY).open(NAME, BLOB.length).have).toBe(0)
    interrupted(20)
    partials.drop(NAME)
    expect(partials.open(NAME, BLOB.length).have).toBe(0)
  })
})
