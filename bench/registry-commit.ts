import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { DEFAULT_POLICY } from '../src/domain/defaultPolicy.ts'
import { noEffect } from '../src/domain/effect.ts'
import { BlobStore } from '../src/registry/blob/blobStore.ts'
import { Act } from '../src/registry/commands/act.ts'
import { commitBatch } from '../src/registry/commands/commitBatch.ts'
import { undoBatch } from '../src/registry/commands/undoBatch.ts'
import { uuid7 } from '../src/registry/commands/uuid7.ts'
import { copyIn } from '../src/registry/db/copyIn.ts'
import { createDatabase } from '../src/registry/db/createDatabase.ts'
import { addPolicy } from '../src/registry/db/directory/queries.ts'
import { factsOf } from '../src/registry/db/fact/queries.ts'
import { record } from '../src/registry/db/log/queries.ts'
import { openDatabase } from '../src/registry/db/openDatabase.ts'
import type { Database } from '../src/registry/db/pool.ts'
import { transaction } from '../src/registry/db/transaction.ts'
import { startCluster } from '../src/registry/embedded/cluster.ts'
import type { BatchRows } from '../src/registry/segment/batchRows.ts'
import { contentOf } from '../src/registry/segment/contentOf.ts'
import { writeSegments } from '../src/registry/segment/writeSegments.ts'

/**
 * Promotion of a batch at the registry against a bare COPY of the same rows into an indexed table, undo of it, and lookups:
 * `node bench/registry-commit.ts [rows] [rows that lie there before]`.
 */
const rows = Number(process.argv[2] ?? 1_000_000)
const before = Number(process.argv[3] ?? 1_000_000)

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

/** Every third IMEI of a stretch, so that two stretches interleave. */
function batchRows(count: number, first: number): BatchRows {
  const imei14 = Float64Array.from({ length: count }, (_, i) => first + 3 * i)
  const doc = Float64Array.from({ length: count }, (_, i) => 1 + Math.floor(i / 500))
  const docs = new Map(
    Array.from({ length: Math.ceil(count / 500) }, (_, i) => {
      const no = i + 1
      const data = JSON.stringify({ declaration: `50000/011025/${String(no).padStart(7, '0')}`, brand: 'Sample' })
      return [no, { no, op: 'add' as const, date: '2025-10-01', network: null, data }]
    }),
  )
  return { docs, facts: { length: count, imei14, doc, next: new Float64Array(count) }, tacs: [], crossings: [] }
}

async function bareCopy(db: Database, { facts }: BatchRows): Promise<void> {
  await db.run('CREATE TABLE bare (imei14 bigint, batch bigint, doc bigint, next bigint, PRIMARY KEY (imei14, batch))')
  await transaction(db, (tx) =>
    copyIn(
      tx,
      'bare',
      ['imei14', 'batch', 'doc', 'next'],
      (function* () {
        for (let i = 0; i < facts.length; i++) yield [facts.imei14[i] ?? 0, 1, facts.doc[i] ?? 0, 0]
      })(),
    ),
  )
}

const officer = { id: 'importer', name: 'sample', role: 'importer' } as const

async function send(db: Database, blobs: BlobStore, content: BatchRows) {
  const now = new Date().toISOString()
  const id = uuid7(now)
  const kind = 'customs' as const
  const n = content.facts.length
  const counts = { rows: n, accepted: n, rejected: 0, duplicates: 0, problems: {}, imeis: n }
  const file = { name: 'bench', sha256: '0'.repeat(64) }
  const sum = await contentOf(content, { kind, source: 'customs', full: false })
  const head = {
    id,
    kind,
    source: 'customs' as const,
    letter: '',
    full: false,
    file,
    content: sum,
    counts,
    accepted: [],
  }
  const segments = await writeSegments(blobs, content, head)
  const reviewed = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
  const commit = () =>
    transaction(db, async (tx) => {
      const act = new Act(tx, blobs, { command: randomUUID(), officer, desk: 'bench', now })
      const done = await commitBatch(act, { head, segments, effect: noEffect(), reviewed })
      if (!done.ok) throw new Error(done.problem.code)
      await act.number(await record(tx, now, act.events, []))
    })
  const undo = () =>
    transaction(db, async (tx) => {
      const act = new Act(tx, blobs, { command: randomUUID(), officer, desk: 'bench', now })
      const done = await undoBatch(act, { batch: id, reason: 'bench' })
      if (!done.ok) throw new Error(done.problem.code)
      await act.number(await record(tx, now, act.events, []))
    })
  return { commit, undo }
}

const folder = await mkdtemp(join(tmpdir(), 'tamga-bench-'))
const cluster = await startCluster(folder)
try {
  await createDatabase(cluster.url('postgres'), 'bench')
  const db = await openDatabase(cluster.url('bench'), () => undefined)
  await addPolicy(db, DEFAULT_POLICY)
  const blobs = new BlobStore(folder)
  if (before > 0) await (await send(db, blobs, batchRows(before, 86_000_000_000_001))).commit()
  const content = batchRows(rows, 86_000_000_000_002)
  const bare = await seconds(() => bareCopy(db, content))
  const batch = await send(db, blobs, content)
  const promoted = await seconds(batch.commit)
  const lookups = 20_000
  const looked = await seconds(async () => {
    const one = async (from: number) => {
      for (let i = from; i < lookups; i += 12) await factsOf(db, [content.facts.imei14[(i * 7919) % rows] ?? 0])
    }
    await Promise.all(Array.from({ length: 12 }, (_, i) => one(i)))
  })
  const undone = await seconds(batch.undo)
  console.log(`\n## Registry: a batch of ${rows} IMEIs beside ${before}\n`)
  console.log('| | s | × bare COPY |\n|---|---|---|')
  const print = (name: string, s: number) => console.log(`| ${name} | ${s.toFixed(2)} | ${(s / bare).toFixed(2)} |`)
  print('bare COPY into an indexed table', bare)
  print('promotion: read, check, judge, write, listings', promoted)
  print('undo', undone)
  console.log(`\nLookups: ${Math.round(lookups / looked)} a second on one pool`)
  await db.close()
} finally {
  await cluster.stop()
  await rm(folder, { recursive: true, force: true })
}
