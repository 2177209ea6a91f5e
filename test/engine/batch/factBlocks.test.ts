import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { FactBlockWriter, factBlocks } from '../../../src/engine/batch/stage/factBlocks.ts'
import type { Reader, SqlValue } from '../../../src/engine/db/handle.ts'

const imei14 = fc.integer({ min: 1, max: 99_999_999_999_999 })

test('packed facts come back as they went in, near or far from each other', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.oneof(imei14, fc.integer({ min: 86_012_345_000_000, max: 86_012_345_999_999 })), {
        minLength: 1,
        maxLength: 40,
      }),
      fc.oneof(imei14, fc.integer({ min: 1, max: 500 })),
      fc.constantFrom(1, 65_520, 70_000),
      fc.constantFrom(1, 32),
      (keys, partner, firstDoc, moves) => {
        const stored: SqlValue[][] = []
        const writer = new FactBlockWriter((row) => stored.push(row))
        const facts = keys
          .sort((a, b) => a - b)
          .map((key, i) => [key, firstDoc + i, i % 3 === 0 ? 0 : key + partner, i % moves] as const)
        for (const fact of facts) writer.add(...fact)
        writer.end()
        const rows = stored.map(([, ...row]) => row)
        const reader = { rows: () => ({ iterate: () => rows.values() }) } as unknown as Reader
        const read = [...factBlocks(reader, -1)].flatMap(({ count, keys: k, docs, next, moves: back }) =>
          Array.from({ length: count }, (_, i) => [k[i], docs[i], next[i], back[i]]),
        )
        expect(read).toEqual(facts)
      },
    ),
  )
})
