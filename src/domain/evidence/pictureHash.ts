/**
 * Fingerprints of how a picture looks: two scans or photographs of the same paper have fingerprints few bits apart, other papers about
 * half of them. Hash over the low frequencies of a discrete cosine transform, each bit telling whether one lies above their median.
 */

/** Samples a side of the small grey picture a fingerprint is made of. */
export const HASH_SIDE = 32
/** Low frequencies a side: 64 bits. */
const LOW = 8

/** 64 bits as 16 hexadecimal digits. */
export type PictureHash = string

const COSINES = Float64Array.from({ length: LOW * HASH_SIDE }, (_, i) => {
  const [u, x] = [Math.floor(i / HASH_SIDE), i % HASH_SIDE]
  return Math.cos(((2 * x + 1) * u * Math.PI) / (2 * HASH_SIDE))
})

/** Fingerprint of a grey picture of HASH_SIDE × HASH_SIDE samples, 0 to 255, row by row. */
export function pictureHash(grey: Uint8Array): PictureHash {
  if (grey.length !== HASH_SIDE * HASH_SIDE)
    throw new Error(`a fingerprint is made of ${HASH_SIDE} x ${HASH_SIDE} samples`)
  const rows = new Float64Array(LOW * HASH_SIDE)
  for (let u = 0; u < LOW; u++)
    for (let y = 0; y < HASH_SIDE; y++) {
      let sum = 0
      for (let x = 0; x < HASH_SIDE; x++) sum += at(grey, y * HASH_SIDE + x) * at(COSINES, u * HASH_SIDE + x)
      rows[u * HASH_SIDE + y] = sum
    }
  const low = new Float64Array(LOW * LOW)
  for (let v = 0; v < LOW; v++)
    for (let u = 0; u < LOW; u++) {
      let sum = 0
      for (let y = 0; y < HASH_SIDE; y++) sum += at(rows, u * HASH_SIDE + y) * at(COSINES, v * HASH_SIDE + y)
      low[v * LOW + u] = sum
    }
  // the first is the brightness of the whole, which says nothing of what is shown
  const median = at(low.slice(1).sort(), (LOW * LOW) >> 1)
  let hash = ''
  for (let i = 0; i < LOW * LOW; i += 4) {
    let nibble = 0
    for (let bit = 0; bit < 4; bit++) nibble = (nibble << 1) | (at(low, i + bit) > median ? 1 : 0)
    hash += nibble.toString(16)
  }
  return hash
}

const at = (samples: Float64Array | Uint8Array, i: number): number => samples[i] as number

/** Number of bits in which two halves of fingerprints differ. */
export function bitsApart(a: number, b: number): number {
  let v = a ^ b
  v -= (v >>> 1) & 0x55555555
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333)
  return (((v + (v >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}

/** Upper and lower 32 bits of a fingerprint. */
const halves = (hash: PictureHash): readonly [number, number] => [
  Number.parseInt(hash.slice(0, 8), 16) | 0,
  Number.parseInt(hash.slice(8), 16) | 0,
]

/** Number of bits in which two fingerprints differ, 0 to 64. */
export function hashDistance(a: PictureHash, b: PictureHash): number {
  const [a1, a2] = halves(a)
  const [b1, b2] = halves(b)
  return bitsApart(a1, b1) + bitsApart(a2, b2)
}

/** A picture's look: of the whole, and of its nine tiles row by row, so that a paper of which a part was changed still shows. */
export interface PictureLook {
  readonly whole: PictureHash
  readonly tiles: readonly PictureHash[]
}
export const TILES_A_SIDE = 3

/** Looks written as one text: the whole, then the tiles. */
export const lookText = (look: PictureLook): string => look.whole + look.tiles.join('')

/** The look behind a text of `lookText`; null for a text of another length. */
export function lookOf(text: string): PictureLook | null {
  if (!/^([0-9a-f]{16}){10}$/.test(text)) return null
  const hashes = text.match(/.{16}/g) ?? []
  return { whole: hashes[0] ?? '', tiles: hashes.slice(1) }
}

/** Up to so many bits apart a whole picture is worth comparing by tiles. */
export const WHOLE_NEAR = 4
export const TILE_NEAR = 4
/** So many of the nine tiles alike make the same picture: fewer, and receipts printed from one template are taken for each other. */
const TILES_ALIKE = 8
/** So many tiles may differ in the same picture. */
export const TILES_UNLIKE = TILES_A_SIDE ** 2 - TILES_ALIKE

/** How two pictures compare. */
export interface LooksCompared {
  readonly same: boolean
  /** How many tiles look alike. */
  readonly tiles: number
  /** Bits that differ in all. */
  readonly apart: number
}

/** The same picture, when at least eight of nine tiles look alike and the whole is near. */
export function sameLook(a: PictureLook, b: PictureLook): LooksCompared {
  const bits = a.tiles.map((tile, i) => hashDistance(tile, b.tiles[i] ?? ''))
  const tiles = bits.filter((apart) => apart <= TILE_NEAR).length
  const whole = hashDistance(a.whole, b.whole)
  const apart = bits.reduce((sum, tile) => sum + tile, whole)
  return { same: tiles >= TILES_ALIKE && whole <= WHOLE_NEAR, tiles, apart }
}

/** In copies that were only saved anew no tile differs in more bits, nor all together (`bench/paper-looks.ts`): no two other papers were as near. */
const COPY_TILE = 2
const COPY_APART = 8
/** A page that is blank for the most part has the same tiles all over and looks like every other. */
const COPY_TILES = 6

/** Whether two pictures are copies of one beyond the doubt that a paper of the same form leaves. */
export function areCopies(a: PictureLook, b: PictureLook): boolean {
  if (new Set(a.tiles).size < COPY_TILES) return false
  const bits = a.tiles.map((tile, i) => hashDistance(tile, b.tiles[i] ?? ''))
  return Math.max(...bits) <= COPY_TILE && sameLook(a, b).apart <= COPY_APART
}

/** A copy among papers of its own form is nearer than the next of them by so much (`bench/paper-looks.ts`). */
const COPY_NEARER = 0.67

/**
 * Whether the look-alike at a place is no more than another paper printed from the same form, as receipts of one shop are: several look
 * alike, none much more than the others.
 * @param apart bits in which each look-alike differs, the nearest first
 */
export function isOfForm(apart: readonly number[], at: number): boolean {
  const [first, second] = apart
  if (first === undefined || second === undefined) return false
  return at > 0 || first > COPY_NEARER * second
}
