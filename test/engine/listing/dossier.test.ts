import { describe, expect, test } from 'vitest'
import { DEFAULT_POLICY } from '../../../src/domain/defaultPolicy.ts'
import { imei15Text } from '../../../src/domain/imei.ts'
import { dossierOf, fingerprintOf } from '../../../src/engine/listing/dossier.ts'
import { dossierPaper } from '../../../src/engine/listing/dossierPaper.ts'
import type { Desk } from '../../../src/engine/sync/desk.ts'
import { catchUp, NOW } from '../core/catchUp.ts'
import { RecordedFeed } from '../core/recordedFeed.ts'
import { testHome } from '../core/testHome.ts'

const KEY = 86_012_304_000_001

/** Grey since December, stolen in January by a list that was withdrawn, then declared. */
async function desk(): Promise<Desk> {
  const home = testHome()
  const feed = new RecordedFeed()
  feed.commit({
    kind: 'operator',
    source: 'kcell',
    rows: [{ imei14: KEY, date: '2025-12-01', network: 'home' }],
    at: '2025-12-02T05:00:00.000Z',
  })
  const theft = feed.commit({
    kind: 'stolen',
    source: 'police',
    rows: [{ imei14: KEY, date: '2026-01-02' }],
    at: '2026-01-03T05:00:00.000Z',
  })
  feed.undo(theft, '2026-01-04T05:00:00.000Z')
  feed.commit({
    kind: 'customs',
    source: 'customs',
    rows: [{ imei14: KEY, date: '2025-11-20' }],
    at: '2026-01-05T05:00:00.000Z',
  })
  await catchUp(home, feed)
  return { home, now: () => NOW } as Desk
}

describe('a dossier', () => {
  test('tells in order what happened and to which list it led', async () => {
    const { life } = dossierOf(await desk(), imei15Text(KEY), undefined)
    expect(life.map(({ what, code, listing }) => [what, code, listing?.list ?? null])).toEqual([
      ['reported', 'seen', 'grey'],
      ['reported', 'stolen', 'black'],
      ['undone', 'stolen', 'grey'],
      ['reported', 'customs-declared', 'white'],
    ])
    expect(life[1]).toMatchObject({ at: '2026-01-03T05:00:00.000Z', seq: 2, listing: { reason: 'stolen' } })
  })

  test('as of an earlier day knows nothing of what came later', async () => {
    const on = await desk()
    const then = dossierOf(on, imei15Text(KEY), '2026-01-03')
    expect(then.explained).toMatchObject({ list: 'black', reason: 'stolen' })
    expect(then.life.map(({ code }) => code)).toEqual(['seen', 'stolen'])
    expect(fingerprintOf(then)).toBe(fingerprintOf(dossierOf(on, imei15Text(KEY), '2026-01-03')))
    expect(fingerprintOf(then)).not.toBe(fingerprintOf(dossierOf(on, imei15Text(KEY), '2026-01-04')))
  })

  test.each(['kk', 'ru', 'en'] as const)(
    'is a document for print in %s, the same bytes for the same dossier',
    async (language) => {
      const dossier = dossierOf(await desk(), imei15Text(KEY), undefined)
      const print = () =>
        dossierPaper({
          dossier,
          proved: null,
          policy: DEFAULT_POLICY,
          fingerprint: fingerprintOf(dossier),
          language,
          drawnUp: NOW,
          lastSync: NOW,
          officer: (id) => id,
        }).bytes()
      const bytes = await print()
      expect(Buffer.from(bytes.subarray(0, 5)).toString()).toBe('%PDF-')
      expect(Buffer.from(await print()).equals(Buffer.from(bytes))).toBe(true)
    },
  )
})
