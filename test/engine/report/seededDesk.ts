import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EventDoc } from '../../../src/contract/registry.ts'
import type { BatchKind } from '../../../src/domain/batch.ts'
import { DEFAULT_POLICY } from '../../../src/domain/defaultPolicy.ts'
import type { Instant } from '../../../src/domain/fact.ts'
import type { Officer } from '../../../src/domain/officer.ts'
import { listingOf, type Policy } from '../../../src/domain/policy.ts'
import { trouble } from '../../../src/domain/problem.ts'
import { factsOfSorted } from '../../../src/engine/db/facts.ts'
import { type Home, openHome } from '../../../src/engine/db/home.ts'
import { traitsOf } from '../../../src/engine/db/listingTraits.ts'
import { putLists } from '../../../src/engine/db/listWriter.ts'
import type { ReportDesk } from '../../../src/engine/report/reportCalls.ts'
import { AppealWriter } from '../../../src/engine/sync/appealWriter.ts'
import { applyEvent, type KnownEvent, noteMoments } from '../../../src/engine/sync/applyEvent.ts'
import { STRIDES } from '../../../src/engine/sync/desk.ts'
import { Grants } from '../../../src/engine/sync/grants.ts'
import { Jobs } from '../../../src/engine/sync/jobs.ts'

const KEY = '7'.repeat(64)

/** A fact as a test writes it. */
export interface SeedFact {
  readonly imei14: number
  readonly date: string
  readonly op?: 'add' | 'remove'
  /** What the document says besides. */
  readonly data?: Readonly<Record<string, string | number>>
  /** Another IMEI of the device. */
  readonly next?: number
}

/** A desk on a real encrypted cache that a test fills event by event, as applying the feed would. */
export class SeededDesk {
  readonly folder = mkdtempSync(join(tmpdir(), 'tamga-report-'))
  readonly home: Home = openHome(join(this.folder, 'home'), KEY, [])
  readonly grants = new Grants()
  readonly jobs = new Jobs(() => undefined)
  officer: Officer | null = { id: 'approver', name: 'Sample Approver', role: 'approver' }
  #seq = 0
  #batch = 0
  #policy: Policy = DEFAULT_POLICY

  constructor() {
    this.#event('2025-03-01T06:00:00.000Z', (tx, seq) => {
      tx.run('INSERT INTO policy(version, from_seq, doc) VALUES (1, ?, ?)', seq, JSON.stringify(DEFAULT_POLICY))
    })
  }

  get desk(): ReportDesk {
    return {
      link: null,
      home: this.home,
      keyHex: KEY,
      now: () => '2026-11-22T09:00:00.000Z',
      log: { info: () => undefined, error: () => undefined },
      commands: {
        // as a desk whose registry cannot be reached
        enqueue: () => 'waits',
        settle: () => Promise.resolve({ state: 'queued' }),
      },
      session: {
        officer: () => {
          if (!this.officer) throw trouble('not-signed-in')
          return this.officer
        },
        officerOrNull: () => this.officer,
      },
      jobs: this.jobs,
      grants: this.grants,
      strides: STRIDES,
      changed: () => undefined,
    }
  }

  get batches(): number {
    return this.#batch
  }

  get seq(): number {
    return this.#seq
  }

  /** A committed batch; answers its number. */
  batch(kind: BatchKind, at: Instant, facts: readonly SeedFact[], effect: Record<string, number> = {}): number {
    const no = ++this.#batch
    this.#event(at, (tx, seq) => {
      this.#insertBatch(tx, no, kind, at, seq, effect)
      const docOf = (f: SeedFact): string => JSON.stringify([f.op ?? 'add', f.date, JSON.stringify(f.data ?? {})])
      const docs = [...new Set(facts.map(docOf))]
      for (const [i, doc] of docs.entries())
        tx.run(
          'INSERT INTO doc(batch, no, op, date, network, data) VALUES (?, ?, ?, ?, NULL, ?)',
          no,
          i,
          ...(JSON.parse(doc) as [string, string, string]),
        )
      const sorted = facts.toSorted((a, b) => a.imei14 - b.imei14)
      tx.insertSorted(
        'fact',
        ['imei14', 'batch', 'doc', 'next'],
        sorted.map((f) => [f.imei14, no, docs.indexOf(docOf(f)), f.next ?? 0]),
      )
      for (const { imei14 } of sorted) tx.run('INSERT INTO batch_imei(batch, imei14) VALUES (?, ?)', no, imei14)
    })
    this.relist()
    return no
  }

  /** A committed batch of the TAC table. */
  tacs(at: Instant, rows: readonly (readonly [tac: number, brand: string, model: string])[]): number {
    const no = ++this.#batch
    this.#event(at, (tx, seq) => {
      this.#insertBatch(tx, no, 'tac', at, seq, {})
      for (const [tac, brand, model] of rows)
        tx.run('INSERT INTO tac(tac, batch, brand, model, data) VALUES (?, ?, ?, ?, ?)', tac, no, brand, model, '{}')
    })
    return no
  }

  undo(no: number, at: Instant, effect: Record<string, number> = {}): void {
    this.#event(at, (tx, seq) => {
      const undo = JSON.stringify({ reason: 'sent by mistake', by: 'importer', pending: false, effect: whole(effect) })
      tx.run(`UPDATE batch SET state = 'undone', ended_seq = ?, undo = ? WHERE no = ?`, seq, undo, no)
    })
    this.relist()
  }

  /** An appeal comes in, or changes: its last step is the event. */
  appeal(appeal: EventDoc<'appeal-received'>, at: Instant): void {
    this.#event(at, (tx, seq) => {
      const entry = appeal.timeline.at(-1)
      if (!entry) throw new Error('a change has a step')
      const appeals = new AppealWriter(tx)
      if (appeal.version === 1) appeals.received(seq, appeal)
      else appeals.changed(seq, { ...appeal, entry, command: '' })
      appeals.finish()
    })
  }

  /** Any other event of the feed, applied as the feed is. */
  told(e: KnownEvent extends infer E ? (E extends { type: string } ? Omit<E, 'seq'> : never) : never): void {
    const seq = ++this.#seq
    this.home.cache.write((tx) => {
      const appeals = new AppealWriter(tx)
      noteMoments(tx, [{ seq, at: e.at }])
      applyEvent(tx, appeals, { ...e, seq } as KnownEvent)
      appeals.finish()
      tx.run('UPDATE cursor SET seq = ?, head = ?, at = ? WHERE id = 1', seq, seq, e.at)
    })
  }

  /** A new version of the policy comes into force. */
  policy(at: Instant, change: Partial<Policy>): void {
    this.#event(at, (tx, seq) => {
      const version = (tx.value<number>('SELECT max(version) FROM policy') ?? 0) + 1
      this.#policy = { ...this.#policy, ...change, version }
      tx.run('INSERT INTO policy(version, from_seq, doc) VALUES (?, ?, ?)', version, seq, JSON.stringify(this.#policy))
    })
    this.relist()
  }

  /** A file the desk may write; answers its token. */
  target(name: string): { token: string; path: string } {
    const path = join(this.folder, name)
    this.grants.grant(name, path)
    return { token: name, path }
  }

  close(): void {
    this.home.close()
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** The stored lists, computed for every IMEI anew. */
  relist(): void {
    const keys = this.home.cache.read.rows<[number]>('SELECT DISTINCT imei14 FROM fact ORDER BY imei14').all()
    const rows = [
      ...factsOfSorted(
        this.home.cache.read,
        keys.map(([key]) => key),
      ),
    ].flatMap(({ imei14, facts }) => {
      const l = listingOf(facts, this.#policy)
      if ((l.list !== 'grey' && l.list !== 'black') || l.reason === null || l.since === null) return []
      const { list, reason, since, deadline } = l
      return [{ imei14, list, reason, since, deadline, ...traitsOf(this.home.cache.read, facts) }]
    })
    this.home.cache.write((tx) => putLists(tx, rows))
  }

  #insertBatch(tx: Tx, no: number, kind: BatchKind, at: Instant, seq: number, effect: Record<string, number>): void {
    const id = `00000000-0000-7000-8000-${String(no).padStart(12, '0')}`
    tx.run(
      `INSERT INTO batch(no, id, kind, source, full, letter, file, content, counts, effect, rows, segments, by, desk, command,
         signed_by, state, seq, at, added_seq) VALUES (?, ?, ?, ?, 0, '', 'sample.csv', '', '{}', ?, 0, '[]', 'importer', '', '', '[]',
         'committed', ?, ?, ?)`,
      no,
      id,
      kind,
      kind === 'stolen' ? 'police' : kind === 'operator' ? 'kcell' : 'customs',
      JSON.stringify(whole(effect)),
      seq,
      at,
      seq,
    )
  }

  #event(at: Instant, work: (tx: Tx, seq: number) => void): void {
    const seq = ++this.#seq
    this.home.cache.write((tx) => {
      tx.run('INSERT INTO moment(seq, at) VALUES (?, ?)', seq, at)
      work(tx, seq)
      tx.run('UPDATE cursor SET seq = ?, head = ?, at = ? WHERE id = 1', seq, seq, at)
    })
  }
}

type Tx = Parameters<Parameters<Home['cache']['write']>[0]>[0]

const whole = (effect: Record<string, number>) => ({
  toWhite: 0,
  toGrey: 0,
  toBlack: 0,
  toNone: 0,
  leaveBlack: 0,
  unchanged: 0,
  underAppeal: 0,
  ...effect,
})
