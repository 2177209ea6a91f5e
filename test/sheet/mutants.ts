/** Files damaged by chance, the same for the same seed. */

/** mulberry32: small, seeded, the same everywhere. */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

const SPICE = [
  '<',
  '>',
  '"',
  '&',
  '/',
  '=',
  "'",
  ']]>',
  '<!--',
  '<![CDATA[',
  '<v>',
  '</c>',
  '</row>',
  '<row r="2">',
  ' t="s"',
  '\0',
  '\xff',
  ';',
  '\n',
  '\r',
  '99999999999',
]

/** One to four changes: a byte, a cut, a repetition, an insertion, a swap. */
export function mutated(bytes: Buffer, random: (below: number) => number): Buffer {
  let result = Buffer.from(bytes)
  for (let changes = 1 + random(4); changes > 0 && result.length > 0; changes--) {
    const at = random(result.length)
    const length = 1 + random(Math.min(40, result.length - at))
    const cut = result.subarray(at, at + length)
    const kind = random(5)
    if (kind === 0) result[at] = random(256)
    else if (kind === 1) result = Buffer.concat([result.subarray(0, at), result.subarray(at + length)])
    else if (kind === 2) result = Buffer.concat([result.subarray(0, at), cut, result.subarray(at)])
    else if (kind === 3) {
      const spice = Buffer.from(SPICE[random(SPICE.length)] as string, 'latin1')
      result = Buffer.concat([result.subarray(0, at), spice, result.subarray(at)])
    } else result = Buffer.concat([result.subarray(0, at), Buffer.from(cut).reverse(), result.subarray(at + length)])
  }
  return result
}
