import { describe, expect, test } from 'vitest'
import * as appeal from '../../../src/engine/appeal/queries.ts'
import * as blockRun from '../../../src/engine/blockRun/queries.ts'
import * as clone from '../../../src/engine/clone/queries.ts'
import { DEVICE_OF_TAC } from '../../../src/engine/db/devices.ts'
import { OF_KEYS } from '../../../src/engine/db/facts.ts'
import { NEXT_OF_FACT } from '../../../src/engine/db/siblings.ts'
import * as grid from '../../../src/engine/grid/queries.ts'
import * as ledger from '../../../src/engine/ledger/queries.ts'
import * as listing from '../../../src/engine/listing/queries.ts'
import * as notice from '../../../src/engine/notice/queries.ts'
import * as operator from '../../../src/engine/operator/queries.ts'
import { OPEN_STATES } from '../../../src/engine/report/dashboardQueries.ts'
import { FILES_HELD } from '../../../src/engine/sync/evidenceCache.ts'
import { LISTED } from '../../../src/engine/sync/listQueries.ts'
import { BATCHES_AFTER } from '../../../src/engine/sync/relist.ts'
import * as apart from '../../../src/engine/sync/relistApart.ts'
import { END_OF_STRETCH, FACTS_BETWEEN, factsOfKeysSql, LISTED_BETWEEN } from '../../../src/engine/sync/relistEach.ts'
import { testHome } from './testHome.ts'

/** Statements that run for every key, row or click: what their plan may read from end to end, and whether it sorts the few rows found. */
const HOT: Readonly<Record<string, { sql: string; scans?: readonly string[]; sorts?: boolean }>> = {
  'facts of many IMEIs': { sql: OF_KEYS, scans: ['k VIRTUAL TABLE'] },
  'device of a TAC': { sql: DEVICE_OF_TAC },
  'next IMEI of a device': { sql: NEXT_OF_FACT },
  'page of a list or a reason': { sql: listing.LISTINGS },
  'count of a list in a range': { sql: listing.COUNT_IN_RANGE },
  'counts of the lists': { sql: listing.COUNTS, scans: ['listing_entry USING INDEX listing_entry_said'] },
  'overdue by now': { sql: listing.OVERDUE, scans: ['listing_entry'] },
  'facts of the IMEIs of a small batch': { sql: factsOfKeysSql('small'), scans: ['k'] },
  'facts of the IMEIs of a large batch': { sql: factsOfKeysSql('large'), scans: ['k'] },
  'facts of the listed IMEIs': { sql: factsOfKeysSql('listed'), scans: ['k'] },
  'facts of all IMEIs': { sql: factsOfKeysSql('all'), scans: ['k'] },
  'how the IMEIs of a large batch lie': { sql: BATCHES_AFTER, scans: ['(subquery'] },
  'a stretch of a large batch': { sql: apart.STRETCH },
  'any listing in a stretch': { sql: apart.ANY_LISTED },
  'end of a stretch': { sql: END_OF_STRETCH },
  'facts in a stretch': { sql: FACTS_BETWEEN },
  'listings in a stretch': { sql: LISTED_BETWEEN },
  'a stored list whole': { sql: LISTED, scans: ['l'] },
  'appeals of an IMEI': { sql: listing.APPEALS_OF_IMEI },
  'lists for the index': { sql: grid.ALL_ROWS },
  'rows of some IMEIs': { sql: grid.ROWS_OF_KEYS, scans: ['k VIRTUAL TABLE'] },
  'changes of the lists': { sql: grid.LOG_AFTER, sorts: true },
  'IMEIs of a range': { sql: grid.KEYS_IN_RANGE },
  'documents of a declaration': { sql: listing.DOCS_OF_DECLARATION, sorts: true },
  'documents of an importer': { sql: listing.DOCS_OF_BIN, sorts: true },
  'IMEIs of a document of a small batch': { sql: listing.IMEIS_OF_DOC },
  'appeals of a person': { sql: listing.APPEALS_OF_IIN, sorts: true },
  'appeals that name a declaration': { sql: listing.APPEALS_OF_DECLARATION, sorts: true },
  'what happened to an IMEI': { sql: listing.LIFE_OF_FACTS, sorts: true },
  'warnings about an IMEI': { sql: listing.LIFE_IN_NOTICES, sorts: true },
  'receipts about an IMEI': { sql: listing.LIFE_IN_RECEIPTS, sorts: true },
  'violations of an IMEI': { sql: listing.LIFE_IN_VIOLATIONS },
  'clone cases of an IMEI': { sql: listing.LIFE_IN_CLONES },
  'documents of appeals of an IMEI': { sql: listing.APPEAL_DOCS_OF_IMEI },
  'page of the open queue': { sql: appeal.queuePage(appeal.QUEUE_FILTERS.open) },
  'page of a state': { sql: appeal.queuePage(appeal.QUEUE_FILTERS.state) },
  'page of a filtered queue': { sql: appeal.queuePageFound(appeal.QUEUE_FILTERS.text), sorts: true },
  'appeals that may be meant by a text': {
    sql: appeal.COUNT_MEANT,
    scans: ['appeal_gram VIRTUAL TABLE INDEX 0:M', '(subquery'],
  },
  'page of a text of few appeals': {
    sql: appeal.queuePageMeant(`${appeal.QUEUE_FILTERS.open} AND ${appeal.QUEUE_FILTERS.text}`),
    scans: ['g VIRTUAL TABLE INDEX 0:M'],
    sorts: true,
  },
  'count of a text of few appeals': {
    sql: appeal.queueCountMeant(`${appeal.QUEUE_FILTERS.open} AND ${appeal.QUEUE_FILTERS.text}`),
    scans: ['g VIRTUAL TABLE INDEX 0:M'],
  },
  'page of what an officer holds': {
    sql: appeal.queuePageMine(appeal.QUEUE_FILTERS.open),
    scans: ['json_each VIRTUAL TABLE', 'm'],
    sorts: true,
  },
  'count of what an officer holds': {
    sql: appeal.queueCountMine(appeal.QUEUE_FILTERS.open),
    scans: ['json_each VIRTUAL TABLE', 'm'],
    sorts: true,
  },
  'papers of what somebody holds': {
    sql: FILES_HELD,
    scans: ['json_each VIRTUAL TABLE', 'h', 'e VIRTUAL TABLE'],
    sorts: true,
  },
  'open appeals by state': { sql: OPEN_STATES, scans: ['json_each VIRTUAL TABLE'] },
  'steps of a period': { sql: appeal.STEPS_BETWEEN, sorts: true },
  'approvals of a period': { sql: appeal.APPROVALS_BETWEEN, sorts: true },
  'count of a filtered queue': {
    sql: appeal.queueCountFound(appeal.QUEUE_FILTERS.route),
    scans: ['appeal USING COVERING INDEX'],
  },
  'the batch of an approval': { sql: appeal.DECISION_OF },
  'lines of a declaration': { sql: appeal.DECLARED_LINES },
  'claims on a declaration': { sql: appeal.CLAIMS_ON_DECLARATION },
  'IMEIs of documents of a list': { sql: appeal.IMEIS_OF_DOCS, scans: ['json_each VIRTUAL TABLE'] },
  'journeys by a document': { sql: appeal.CROSSINGS_OF_DOCUMENT, sorts: true },
  'open counts': { sql: appeal.OPEN_COUNTS },
  'next free appeal': { sql: appeal.NEXT_FREE },
  'next appeal of an officer': { sql: appeal.NEXT_ASSIGNED },
  'appeals a person filed before': { sql: appeal.FILED_BEFORE },
  'journeys of a person': { sql: appeal.CROSSINGS_OF_PERSON, sorts: true },
  'appeals with the same paper': { sql: appeal.APPEALS_WITH_KEY },
  'appeals with the same IMEI': { sql: appeal.APPEALS_WITH_IMEI },
  'overdue in order of deadline': { sql: blockRun.OVERDUE_KEYS, scans: ['l'], sorts: true },
  'overdue of a filter': {
    sql: blockRun.OVERDUE_KEYS_OF_ENTRIES,
    scans: ['l', 'json_each VIRTUAL TABLE'],
    sorts: true,
  },
  'appeals of many IMEIs': { sql: blockRun.APPEALS_OF_KEYS, scans: ['k VIRTUAL TABLE'] },
  'IMEIs of a block run': { sql: blockRun.IMEIS_OF_RUN },
  'page of a part of a block run': { sql: blockRun.PART_OF_RUN },
  'what holds the IMEIs of a block run': { sql: blockRun.HOLDERS_OF_RUN },
  'complaints among appeals': { sql: blockRun.COMPLAINTS_AMONG, scans: ['k VIRTUAL TABLE'] },
  'warnings about many IMEIs': { sql: blockRun.WARNINGS_OF_KEYS, scans: ['k VIRTUAL TABLE'] },
  'deadlines by day': { sql: blockRun.DUE_BY_DAY, scans: ['listing_entry'], sorts: true },
  'latest operator files': { sql: operator.LATEST_FILES, scans: ['f'] },
  'operator file of a name': { sql: operator.FILE_NAMED },
  'violations with most days': { sql: operator.ALL_VIOLATIONS, scans: ['violation USING INDEX violation_days'] },
  'violations of an operator with most days': { sql: operator.VIOLATIONS_OF_OPERATOR },
  'page of a receipt': { sql: operator.RECEIPT_IMEIS },
  'grey with warnings': { sql: notice.GREY_WITH_NOTICES, scans: ['json_each VIRTUAL TABLE'] },
  'page of clone cases': { sql: clone.CASES },
  'page of clone cases of a state': { sql: clone.CASES_OF_STATE },
  'ledger: documents of a declaration': { sql: ledger.DOCS_OF_DECLARATION },
  'ledger: facts of a small batch': { sql: ledger.FACTS_OF_SMALL_BATCH, scans: ['json_each VIRTUAL TABLE'] },
  'ledger: facts of documents in a stretch': { sql: ledger.FACTS_IN_STRETCH, scans: ['json_each VIRTUAL TABLE'] },
  'ledger: end of a stretch': { sql: ledger.END_OF_STRETCH },
  'ledger: documents in a stretch': { sql: ledger.DOCS_IN_STRETCH, scans: ['json_each VIRTUAL TABLE'], sorts: true },
  'ledger: which were seen': { sql: ledger.COUNT_SEEN, scans: ['k VIRTUAL TABLE'] },
}

describe('hot statements search by an index and sort nothing large', () => {
  const cache = testHomeOnce()
  for (const [name, { sql, scans = [], sorts = false }] of Object.entries(HOT))
    test(name, () => {
      const plan = cache()
        .query<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .all(...nulls(sql))
      const details = plan.map((p) => p.detail)
      expect(details.filter((d) => d.startsWith('SCAN ')).map((d) => d.slice(5).replace(/:$/, ''))).toEqual(
        scans.map((s) => expect.stringContaining(s)),
      )
      expect(details.some((d) => d.includes('TEMP B-TREE'))).toBe(sorts)
      expect(details.some((d) => d.includes('SEARCH') || d.includes('SCAN'))).toBe(true)
    })
})

function testHomeOnce() {
  return () => testHome().cache.read
}

const nulls = (sql: string): null[] => {
  const numbered = [...sql.matchAll(/\?(\d+)/g)].map((m) => Number(m[1]))
  const count = numbered.length > 0 ? Math.max(...numbered) : (sql.match(/\?/g) ?? []).length
  return Array.from({ length: count }, () => null)
}
