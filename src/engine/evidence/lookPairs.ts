import { bitsApart, TILES_A_SIDE } from '../../domain/evidence/pictureHash.ts'

const TILES = TILES_A_SIDE ** 2
/** Bits in which a half of a tile's fingerprint, and all nine halves, may differ in copies of one picture. */
const TILE_APART = 2
const ALL_APART = 8
/** More pictures with one row of tiles alike are papers of a form. */
const MOST_ALIKE = 32
/** Numbers of pictures that a sorted key can carry beside 31 bits of what is alike. */
const MOST_PICTURES = 2 ** 22

/**
 * Places of pictures that differ in few bits, each pair once: those of which a row of three tiles is alike to the bit, found by sorting
 * and not by holding each against each. A copy that was saved anew has one mostly; one of a form with many others is left out. Others are
 * answered between the rows.
 * @param tiles halves of the nine tiles' fingerprints of each picture
 */
export async function nearPairs(tiles: Int32Array, count: number): Promise<readonly (readonly [number, number])[]> {
  const pairs = new Map<number, readonly [number, number]>()
  const known = Math.min(count, MOST_PICTURES)
  const keys = new Float64Array(known)
  for (let row = 0; row < TILES_A_SIDE; row++) {
    await new Promise(setImmediate)
    for (let i = 0; i < known; i++) keys[i] = hashOfRow(tiles, i * TILES + row * TILES_A_SIDE) * MOST_PICTURES + i
    keys.sort()
    for (let from = 0, to = 0; from < known; from = to) {
      const hash = Math.floor((keys[from] as number) / MOST_PICTURES)
      while (to < known && Math.floor((keys[to] as number) / MOST_PICTURES) === hash) to++
      if (to - from > MOST_ALIKE) continue
      for (let a = from; a < to; a++)
        for (let b = a + 1; b < to; b++) {
          const [i, j] = [(keys[a] as number) % MOST_PICTURES, (keys[b] as number) % MOST_PICTURES]
          if (areNear(tiles, i, j)) pairs.set(i * MOST_PICTURES + j, [i, j])
        }
    }
  }
  return [...pairs.values()]
}

function hashOfRow(tiles: Int32Array, at: number): number {
  let hash = 0x811c9dc5
  for (let tile = 0; tile < TILES_A_SIDE; tile++) {
    hash = Math.imul(hash ^ (tiles[at + tile] as number), 0x01000193)
    hash ^= hash >>> 15
  }
  return hash >>> 1
}

function areNear(tiles: Int32Array, i: number, j: number): boolean {
  let all = 0
  for (let tile = 0; tile < TILES; tile++) {
    const bits = bitsApart(tiles[i * TILES + tile] as number, tiles[j * TILES + tile] as number)
    all += bits
    if (bits > TILE_APART || all > ALL_APART) return false
  }
  return true
}
