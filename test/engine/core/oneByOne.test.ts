import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { EventDoc } from '../../../src/contract/registry.ts'
import type { AppealStep } from '../../../src/domain/appeal.ts'
import type { Home } from '../../../src/engine/db/home.ts'
import { AppealWriter } from '../../../src/engine/sync/appealWriter.ts'
import { applyEvent, knownEvent } from '../../../src/engine/sync/applyEvent.ts'
import { contents } from '../../sync/mirrorContents.ts'
import { catchUp } from './catchUp.ts'
import { RecordedFeed } from './recordedFeed.ts'
import { KEY, testHome } from './testHome.ts'

const FIRST = 86_000_000_000_000
const timeOf = (n: number): string => new Date(Date.parse('2026-01-10T06:00:00.000Z') + n * 3_600_000).toISOString()
const idOf = (n: number): string => `A-2026-${String(n).padStart(6, '0')}`

const paper = fc.nat(3).map((n) => ({
  ...{ file: `${n}.jpg`, sha256: String(n).repeat(64), bytes: 10, type: 'image/jpeg', shows: 'receipt' as const },
  ...(n > 1 ? { look: String(n).repeat(160) } : {}),
}))
const papers = fc.uniqueArray(paper, { maxLength: 3, selector: ({ sha256 }) => sha256 })
const officer = fc.constantFrom('reviewer', 'reviewer2')

const received = fc.record({
  do: fc.constant('receive' as const),
  imeis: fc.uniqueArray(fc.nat(5), { minLength: 1, maxLength: 2 }),
  declarationNo: fc.constantFrom(undefined, '50001/010226/0000123', '50001/010226/0000123/2'),
  iin: fc.constantFrom('900101300007', '900101300018'),
  papers,
})
/** What an event may leave of an appeal: the step and the state behind it. */
const outcome = fc.constantFrom<[AppealStep, EventDoc<'appeal-changed'>['state']]>(
  ['claimed', 'claimed'],
  ['returned', 'received'],
  ['asked', 'asked'],
  ['proposed', 'awaiting-signature'],
  ['approved', 'approved'],
  ['rejected', 'rejected'],
  ['revoked', 'received'],
)
const changed = fc.record({
  do: fc.constant('change' as const),
  appeal: fc.nat(5),
  outcome,
  officer,
  // told once more: the mirror has that version
  again: fc.constantFrom(false, false, false, true),
  more: fc.oneof(
    fc.constant({}),
    fc.record({ evidence: papers }),
    fc.constantFrom('2026-02-10', '2026-03-01').map((dueAt) => ({ dueAt })),
    fc.option(officer).map((assignedTo) => ({ assignedTo })),
    fc.constant({ complaint: { at: timeOf(0), text: 'I bought it', against: 'rejected' as const } }),
  ),
})
const committed = fc.record({ do: fc.constant('commit' as const), imei: fc.nat(5) })
const step = fc.oneof({ weight: 2, arbitrary: received }, { weight: 6, arbitrary: changed }, committed)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

/** The feed of a history; a change of an appeal that never came in is left out. */
function told(steps: readonly Step[]): RecordedFeed {
  const feed = new RecordedFeed()
  const versions: number[] = []
  for (const [at, s] of steps.map((one, i) => [timeOf(i), one] as const)) {
    if (s.do === 'commit') {
      feed.commit({ kind: 'stolen', source: 'police', rows: [{ imei14: FIRST + s.imei }], at })
    } else if (s.do === 'receive') {
      versions.push(1)
      const { declarationNo } = s
      feed.add(
        'appeal-received',
        {
          ...{ id: idOf(versions.length - 1), state: 'received', version: 1, route: 'accompanied', receivedAt: at },
          ...{ dueAt: '2026-02-01', lease: null, hearingAt: null, proposal: null, evidence: s.papers },
          applicant: { key: { kind: 'iin', iin: s.iin }, name: 'Үлгі (sample)', language: 'kk' },
          claim: { imeis: s.imeis.map((n) => `${FIRST + n}0`), seller: 'Sample', receiptNo: '17', declarationNo },
          timeline: [{ at, what: 'received' }],
        },
        at,
      )
    } else if (versions[s.appeal] !== undefined) {
      const [what, state] = s.outcome
      const version = (versions[s.appeal] ?? 0) + (s.again ? 0 : 1)
      versions[s.appeal] = version
      const lease = state === 'claimed' ? { officer: s.officer, desk: 'x', until: at, token: version } : null
      const doc = {
        id: idOf(s.appeal),
        version,
        state,
        lease,
        hearingAt: null,
        proposal: null,
        command: 'x',
        ...s.more,
      }
      feed.add('appeal-changed', { ...doc, entry: { at, what, officer: s.officer, reasons: ['R01'] } }, at)
    }
  }
  return feed
}

/** All of the mirror, also what stands in for texts and pictures by number: where all came in the same order, numbers agree. */
function mirrorOf(home: Home): Record<string, unknown> {
  const numbered = ['SELECT * FROM appeal_brief', 'SELECT no, id FROM appeal_figure']
  const found = `SELECT group_concat(rowid) FROM appeal_gram WHERE appeal_gram MATCH '"000"'`
  return {
    ...contents(home.folder, KEY),
    ...Object.fromEntries(numbered.map((sql) => [sql, home.cache.read.query(sql).all()])),
    found: home.cache.read.value(found),
  }
}

test('a history applied in one stretch leaves every table as it is when each event is applied by itself', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30, size: 'max' }), async (steps) => {
      const feed = told(steps)
      const [slow, quick] = [testHome(), testHome()]
      const growing = new RecordedFeed()
      for (const [sha256, bytes] of feed.blobs) growing.blobs.set(sha256, bytes)
      for (const event of feed.events) {
        growing.events.push(event)
        expect(await catchUp(slow, growing)).toBe(1)
      }
      await catchUp(quick, feed)
      expect(mirrorOf(quick)).toEqual(mirrorOf(slow))
      for (const home of [slow, quick]) home.close()
    }),
    { numRuns: 25 },
  )
})

test('more appeals than are held at once are written in between, and an appeal that comes in anew begins anew', () => {
  const incoming: Step = {
    ...{ do: 'receive', imeis: [1], declarationNo: undefined, iin: '900101300007', papers: [] },
  }
  const claim = (appeal: number): Step => ({
    ...{ do: 'change', appeal, outcome: ['claimed', 'claimed'], officer: 'reviewer', again: false, more: {} },
  })
  const { events } = told([incoming, incoming, incoming, ...[0, 1, 2, 0, 1, 2].map(claim)])
  const again = [...events, { ...events[0], seq: events.length + 1 }, { ...events[3], seq: events.length + 2 }]
  const mirrors = [1, 2, 8].map((most) => {
    const { cache, folder } = testHome()
    cache.write((tx) => {
      const appeals = new AppealWriter(tx, most)
      for (const event of again) applyEvent(tx, appeals, knownEvent(event as (typeof events)[number]))
      appeals.finish()
    })
    return contents(folder, KEY)
  })
  expect(mirrors[0]?.appeal_step).toHaveLength(8)
  for (const mirror of mirrors) expect(mirror).toEqual(mirrors[0])
})
