import { afterAll, beforeAll, expect, test } from 'vitest'
import { NEXT_ASSIGNED, NEXT_WAITING } from '../../src/registry/db/appeal/queries.ts'
import { DECISION_OF_APPEAL } from '../../src/registry/db/batch/queries.ts'
import { APPEALS_ABOUT, OVERDUE_PAGE } from '../../src/registry/db/blockRun/queries.ts'
import { OPEN_CASES } from '../../src/registry/db/clone/queries.ts'
import {
  CHECK_OF,
  DOCS,
  FACT_ROWS,
  FACTS_BESIDE,
  FACTS_OF,
  IMEIS_OF_BATCHES,
} from '../../src/registry/db/fact/queries.ts'
import { FACTS_OF_LISTED } from '../../src/registry/db/listing/queries.ts'
import { CANDIDATES, NOTICES_OF_ISSUE, WARNINGS_ABOUT } from '../../src/registry/db/notice/queries.ts'
import {
  HOLDERS_OF,
  SUSPICIONS_OF_OBSERVED,
  USES_ON,
  VIOLATIONS_OF_OBSERVED,
} from '../../src/registry/db/sighting/queries.ts'
import { type TestRegistry, testRegistry } from './testRegistry.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await testRegistry()
  await registry.query(
    `INSERT INTO fact SELECT 86010000000000 + i, 1 + i / 20000, 1, 0 FROM generate_series(1, 200000) i`,
  )
  await registry.query(
    `INSERT INTO doc SELECT b, n, 'add', '2025-10-01', NULL, '{}' FROM generate_series(1, 11) b, generate_series(1, 5000) n`,
  )
  await registry.query(
    `INSERT INTO batch (no, id, kind, source, content, head, segments, effect, reviewed, made_by, desk, command, state, added_seq, accepted_at)
     SELECT i, gen_random_uuid(), 'customs', 'customs', lpad(i::text, 64, '0'), '{}', '[]', '{}', '', '', '', '', 'committed', i, now() FROM generate_series(1, 400) i`,
  )
  await registry.query(
    `INSERT INTO batch (no, id, kind, source, content, head, segments, effect, reviewed, made_by, desk, command, state, added_seq, accepted_at)
     SELECT i, gen_random_uuid(), 'decision', 'ministry', lpad(i::text, 64, '0'), jsonb_build_object('letter', 'A-' || i), '[]', '{}', '', '', '', '', 'committed', i, now() FROM generate_series(401, 5000) i`,
  )
  await registry.query(
    `INSERT INTO appeal (id, version, state, due_at, received_at, doc)
     SELECT 'A-' || i, 1, CASE WHEN i % 50 = 0 THEN 'received' ELSE 'approved' END, date '2026-01-01' + i % 300, now(), '{}' FROM generate_series(1, 20000) i`,
  )
  await registry.query(
    `INSERT INTO event SELECT 1000000 + i, 'batch-committed', now(), '{}' FROM generate_series(1, 20000) i`,
  )
  await registry.query(
    `INSERT INTO listing SELECT 86010000000000 + i, CASE WHEN i % 3 = 0 THEN 'black' ELSE 'grey' END, 'not-confirmed', '2026-01-01',
       CASE WHEN i % 3 = 0 THEN NULL ELSE date '2026-02-01' + i % 300 END FROM generate_series(1, 50000) i`,
  )
  await registry.query(`INSERT INTO appeal_imei SELECT 86010000000000 + i, 'A-' || i FROM generate_series(1, 20000) i`)
  await registry.query(
    `INSERT INTO sighting SELECT 86010000000000 + i, (ARRAY['kcell', 'beeline', 'tele2'])[1 + i % 3], date '2026-01-01' + i % 30,
       'imsi ' || i, '', '', 'home', '', 1 + i / 20000 FROM generate_series(1, 100000) i`,
  )
  await registry.query(
    `INSERT INTO notice_issue SELECT i, gen_random_uuid(), 'kcell', '2026-01-01', '', now() FROM generate_series(1, 50) i`,
  )
  await registry.query(
    `INSERT INTO notice SELECT 86010000000000 + i, 1 + i % 50, 'first', '2026-02-01', 'issued' FROM generate_series(1, 50000) i`,
  )
  await registry.query(
    `INSERT INTO clone_case SELECT i, gen_random_uuid(), 86010000000000 + i, 'open', NULL, NULL, NULL, '{}', now() FROM generate_series(1, 10000) i`,
  )
  // what a transaction that takes observations has as a work table of its own
  await registry.query(
    'CREATE TABLE observed AS SELECT * FROM sighting WHERE imei14 BETWEEN 86010000000100 AND 86010000000200',
  )
  await registry.query('ANALYZE')
})
afterAll(() => registry.stop())

/** The plan's text with a parameter's value in its place. */
const plan = async (sql: string, ...values: unknown[]) =>
  (await registry.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${sql}`, values)).map((r) => r['QUERY PLAN']).join('\n')

test.each([
  [
    'lookup of a few IMEIs',
    FACTS_OF,
    [[86_010_000_000_500, 86_010_000_100_000]],
    ['fact_pkey'],
    ['Seq Scan on fact', 'Seq Scan on doc f'],
  ],
  [
    'the public question about an IMEI',
    CHECK_OF,
    [[86_010_000_000_500]],
    ['fact_pkey', 'doc_pkey', 'batch_pkey'],
    ['Seq Scan on fact', 'Seq Scan on doc f'],
  ],
  [
    'candidates of a block run',
    OVERDUE_PAGE,
    ['2026-11-01', '2026-02-02', 0, 500],
    ['listing_overdue'],
    ['Seq Scan', 'Sort'],
  ],
  [
    'appeals about some IMEIs',
    APPEALS_ABOUT,
    [[86_010_000_000_500, 86_010_000_010_000]],
    ['appeal_imei_pkey', 'appeal_pkey'],
    ['Seq Scan'],
  ],
  ['next appeal', NEXT_WAITING, ['2026-02-01', '2026-02-01', 'x'], ['appeal_waiting'], ['Seq Scan', 'Sort']],
  ['the batch of an approval', DECISION_OF_APPEAL, ['A-777'], ['batch_decision'], ['Seq Scan']],
  ['next assigned appeal', NEXT_ASSIGNED, ['2026-02-01', '2026-02-01', 'x'], ['appeal_assigned'], ['Seq Scan']],
  [
    'feed',
    'SELECT seq FROM event WHERE seq > $1 ORDER BY seq LIMIT $2',
    [1_019_000, 1000],
    ['event_pkey'],
    ['Seq Scan', 'Sort'],
  ],
  [
    'same content',
    "SELECT id FROM batch WHERE content = $1 AND state IN ('committed', 'awaiting-signature')",
    ['7'.padStart(64, '0')],
    ['batch_content'],
    ['Seq Scan'],
  ],
  [
    'facts that a chunk of a batch meets',
    FACT_ROWS,
    [Array.from({ length: 1000 }, (_, i) => 86_010_000_000_500 + 3 * i)],
    ['fact_pkey'],
    ['Seq Scan'],
  ],
  [
    'what their documents say',
    DOCS,
    [
      [1, 2, 3],
      [7, 8, 9],
    ],
    ['doc_pkey'],
    ['Seq Scan on doc'],
  ],
  [
    'subscribers to warn',
    CANDIDATES,
    ['kcell', 86_010_000_000_500, 500],
    ['sighting_pkey', 'notice_pkey'],
    ['Seq Scan on sighting', 'Seq Scan on notice'],
  ],
  [
    'warnings of an issue',
    NOTICES_OF_ISSUE,
    [7, 'kcell', 86_010_000_000_500, 500],
    ['notice_issue_imei', 'sighting_pkey'],
    ['Seq Scan'],
  ],
  [
    'warnings about some IMEIs',
    WARNINGS_ABOUT,
    [[86_010_000_000_500, 86_010_000_010_000]],
    ['notice_pkey'],
    ['Seq Scan'],
  ],
  [
    'open clone cases of some IMEIs',
    OPEN_CASES,
    [[86_010_000_000_500, 86_010_000_001_000]],
    ['clone_case_open'],
    ['Seq Scan'],
  ],
  ['holders of an IMEI', HOLDERS_OF, [86_010_000_000_500], ['sighting_pkey'], ['Seq Scan']],
  [
    'blocked, yet observed',
    VIOLATIONS_OF_OBSERVED,
    ['kcell', 3],
    ['sighting_pkey', 'listing_pkey'],
    ['Seq Scan on sighting', 'Seq Scan on listing'],
  ],
  ['suspected clones among the observed', SUSPICIONS_OF_OBSERVED, [5], ['sighting_pkey'], ['Seq Scan on sighting']],
  ['facts of the lists', FACTS_OF_LISTED, [], ['fact_pkey'], ['Seq Scan on fact', 'Hash Join', 'Sort']],
  [
    'uses of codes on days',
    USES_ON,
    [[86_010_000_000_500], ['2026-01-05']],
    ['sighting_pkey'],
    ['Seq Scan on sighting'],
  ],
  ['IMEIs of a batch', IMEIS_OF_BATCHES, [[3]], ['fact_batch'], ['Seq Scan on fact']],
  ['facts of the IMEIs of a batch', FACTS_BESIDE, [[3]], ['fact_batch'], []],
] as const)('%s goes by its index', async (_, sql, values, uses, never) => {
  const text = await plan(sql, ...values)
  for (const index of uses) expect(text).toContain(index)
  for (const scan of never) expect(text).not.toContain(scan)
})
