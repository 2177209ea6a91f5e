import { describe, expect, it } from 'vitest'
import { docData } from '../../src/domain/rows/judge.ts'
import { KnownParts } from '../../src/domain/rows/knownParts.ts'

const part = { doc: null, findings: [] }

/** Goes through texts as a file does; answers how many had to be judged. */
function judged(parts: KnownParts, texts: Iterable<string>): number {
  let count = 0
  for (const text of texts) {
    if (parts.get(text) !== undefined) continue
    parts.set(text, part)
    count++
  }
  return count
}

function* rounds(times: number, different: number): Generator<string> {
  for (let round = 0; round < times; round++) for (let i = 0; i < different; i++) yield `declaration ${i}`
}

describe('parts that rows share', () => {
  it('are judged once where a file comes back to a few of them', () => {
    expect(judged(new KnownParts(), rounds(50, 400))).toBe(400)
  })

  it('are remembered in larger numbers once a file is seen to come back to forgotten ones', () => {
    const parts = new KnownParts()
    const first = judged(parts, rounds(20, 3000))
    expect(first).toBeGreaterThan(3000)
    expect(judged(parts, rounds(20, 3000))).toBe(0)
  })

  it('are judged again where they are too many to remember', () => {
    expect(judged(new KnownParts(), rounds(2, 20_000))).toBe(40_000)
  })
})

describe('data of a document', () => {
  it('is the JSON of what is there, in the order given', () => {
    const texts = [
      '',
      'a',
      'Ә "Ю" \\ \n',
      '\u0000\u001f \u007f\u2028',
      '😀',
      '\ud800',
      '\udfff x',
      ' ! # [ ] ',
      null,
      0,
      12,
    ]
    for (const one of texts)
      for (const other of texts) {
        const entries = [['one', one] as const, ['other', other] as const, ['none', null] as const]
        const kept = entries.filter(([, value]) => value !== null && value !== '')
        expect(docData(entries)).toBe(JSON.stringify(Object.fromEntries(kept)))
      }
  })
})
