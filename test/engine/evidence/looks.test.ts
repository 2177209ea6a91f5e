import { expect, test } from 'vitest'
import { Looks } from '../../../src/engine/evidence/looks.ts'
import { testHome } from '../core/testHome.ts'

/** Fingerprints that are far from each other, ten of one picture. */
function picture(n: number): string {
  let state = n + 1
  const word = (): string => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state.toString(16).padStart(8, '0')
  }
  return Array.from({ length: 20 }, word).join('')
}
const sha = (n: number): string => n.toString(16).padStart(64, '0')
type Row = readonly [sha256: string, appeal: string, look: string]

function mirror() {
  const home = testHome()
  const add = (rows: readonly Row[]): void =>
    home.cache.write((tx) => {
      for (const row of rows) tx.run('INSERT INTO evidence_look(sha256, appeal, look) VALUES (?, ?, ?)', ...row)
    })
  return { home, add, read: home.cache.read }
}

test('the same picture in another appeal is found among more than are read at once, also when asked twice at a time', async () => {
  const { add, read } = mirror()
  add(Array.from({ length: 20_001 }, (_, n) => [sha(n), `A-${n}`, picture(n)] as const))
  const looks = new Looks()
  expect(await looks.near(read, 'A-1')).toEqual([])
  add([[sha(30_000), 'A-30000', picture(20_000)]])
  const found = [{ sha256: sha(30_000), appeal: 'A-20000', other: sha(20_000), tiles: 9, same: true, form: false }]
  expect(await Promise.all([looks.near(read, 'A-30000'), looks.near(read, 'A-30000')])).toEqual([found, found])
})

test('a mirror that was built anew is read from its beginning', async () => {
  const { home, add, read } = mirror()
  add([
    [sha(1), 'A-1', picture(1)],
    [sha(2), 'A-2', picture(1)],
    [sha(3), 'A-3', picture(3)],
  ])
  const looks = new Looks()
  expect(await looks.near(read, 'A-1')).toMatchObject([{ appeal: 'A-2' }])
  home.cache.empty(() => undefined)
  add([
    [sha(4), 'A-1', picture(1)],
    [sha(5), 'A-5', picture(1)],
  ])
  expect(await looks.near(read, 'A-1')).toMatchObject([{ appeal: 'A-5' }])
})

test('papers of one form are told as such, and a copy among them as the picture that it is', async () => {
  const { add, read } = mirror()
  const form = picture(1)
  /** The form with so many bits of each tile changed, at a place of its own. */
  const filled = (bits: string): string => form.replace(/(.{16})/g, (hash) => hash.slice(0, 15) + bits)
  add([
    [sha(1), 'A-1', filled('0')],
    [sha(2), 'A-2', filled('1')],
    [sha(3), 'A-3', filled('2')],
    [sha(4), 'A-4', filled('4')],
  ])
  const looks = new Looks()
  const told = async (appeal: string) =>
    (await looks.near(read, appeal)).map(({ appeal: other, form }) => [other, form])
  expect(await told('A-1')).toEqual([
    ['A-2', true],
    ['A-3', true],
    ['A-4', true],
  ])
  add([[sha(5), 'A-5', filled('0')]])
  expect(await told('A-1')).toEqual([
    ['A-5', false],
    ['A-2', true],
    ['A-3', true],
    ['A-4', true],
  ])
})

test('a picture filed three times is the same picture each time, among papers of its form too', async () => {
  const { add, read } = mirror()
  const [photograph, form] = [picture(1), picture(2)]
  /** The last bits of each tile, turned over. */
  const filled = (look: string, bits: string): string =>
    look.replace(
      /(.{16})/g,
      (hash) => hash.slice(0, 15) + (Number.parseInt(hash[15] ?? '0', 16) ^ Number.parseInt(bits, 16)).toString(16),
    )
  const savedAnew = (look: string): string => filled(look.slice(0, 16), '1') + look.slice(16)
  add([
    [sha(1), 'A-1', photograph],
    [sha(2), 'A-2', savedAnew(photograph)],
    [sha(3), 'A-3', savedAnew(photograph)],
    [sha(4), 'B-1', form],
    [sha(5), 'B-2', savedAnew(form)],
    [sha(6), 'B-3', savedAnew(form)],
    [sha(7), 'B-4', filled(form, '3')],
    [sha(8), 'B-5', filled(form, '5')],
  ])
  const told = async (appeal: string) =>
    (await new Looks().near(read, appeal)).map(({ appeal: other, form }) => `${other} ${form ? 'form' : 'same'}`)
  expect(await told('A-1')).toEqual(['A-2 same', 'A-3 same'])
  expect(await told('B-1')).toEqual(['B-2 same', 'B-3 same', 'B-4 form', 'B-5 form'])
})

test('a picture that was saved anew joins two appeals; the same file, papers of one form and blank pages do not', async () => {
  const { add, read } = mirror()
  /** Some bits of one tile, or of every tile, turned over. */
  const changed = (look: string, bits: number, tiles: readonly number[]): string =>
    look.replace(/.{16}/g, (hash: string, at: number) =>
      tiles.includes(at / 16) ? (BigInt(`0x${hash}`) ^ BigInt(bits)).toString(16).padStart(16, '0') : hash,
    )
  const [photograph, form, others, blank] = [picture(1), picture(2), picture(3), '5'.repeat(160)]
  add([
    [sha(1), 'A-1', photograph],
    [sha(2), 'A-2', changed(photograph, 3, [1, 5])],
    [sha(3), 'A-3', changed(photograph, 3, [1, 2, 9])],
    // the same file again
    [sha(1), 'A-4', photograph],
    // several papers of one form, two of them nearly alike
    [sha(5), 'A-5', form],
    [sha(6), 'A-6', changed(form, 1, [4])],
    [sha(7), 'A-7', changed(form, 7, [4, 5])],
    // a number was changed in one place
    [sha(8), 'A-8', others],
    [sha(9), 'A-9', changed(others, 7, [4])],
    [sha(10), 'A-10', blank],
    [sha(11), 'A-11', blank],
  ])
  const pairs = (await new Looks().copies(read)).map((pair) => pair.toSorted().join(' '))
  expect(pairs.toSorted()).toEqual(['A-1 A-2', 'A-1 A-3', 'A-2 A-3', 'A-2 A-4', 'A-3 A-4'])
})

test('copies are found in many more pictures than can be held against each other', async () => {
  const { add, read } = mirror()
  const common = picture(0).slice(0, 112)
  // most have the head of one form
  add(Array.from({ length: 20_000 }, (_, n) => [sha(n), `A-${n}`, common + picture(n + 1).slice(112)] as const))
  add([[sha(30_000), 'A-copy', common + picture(7_001).slice(112)]])
  expect(await new Looks().copies(read)).toEqual([['A-7000', 'A-copy']])
})
