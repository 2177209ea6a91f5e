import { createHash } from 'node:crypto'
import { auditHash, type HashBytes, MerkleTree, NO_ENTRY } from '../../../contract/auditChain.ts'
import type { AuditEntry, FeedEvent } from '../../../contract/registry.ts'
import type { Instant, Seq } from '../../../domain/fact.ts'
import type { Sql } from '../pool.ts'
import type { Tx } from '../transaction.ts'

const sha256: HashBytes = (data) => createHash('sha256').update(data).digest()

export interface Head {
  readonly epoch: string
  readonly head: Seq
  readonly sample: boolean
  /** Which registry this is; stays when the epoch changes. */
  readonly installation: string
  /** First event the feed still has. */
  readonly oldest: Seq
}

/** Writes the counter of a new database; an existing one stays. */
export const startCounter = (db: Sql, epoch: string): Promise<number> =>
  db.run('INSERT INTO counter (epoch, seq, audit_hash) VALUES ($1, 0, $2) ON CONFLICT DO NOTHING', [epoch, NO_ENTRY])

/** Epoch and number of the last event. */
export async function readHead(db: Sql): Promise<Head> {
  const row = await db.one<Head>('SELECT epoch, seq AS head, sample, installation, oldest FROM counter')
  if (!row) throw new Error('the registry has no counter')
  return row
}

/** From here on it is another history: whoever knows the one before compares and repairs. */
export const beginEpoch = (tx: Tx, epoch: string): Promise<number> => tx.run('UPDATE counter SET epoch = $1', [epoch])

export const setSample = (db: Sql): Promise<number> => db.run('UPDATE counter SET sample = true')

/** An event about to be told, or an act about to be noted. */
export interface NewEvent {
  readonly type: string
  readonly doc: unknown
}
export interface NewAudit {
  readonly officer: string
  readonly desk: string
  readonly act: string
  readonly subject: string
}

interface CounterRow {
  readonly seq: number
  readonly audit_entries: number
  readonly audit_hash: string
  readonly audit_peaks: string[]
}

/**
 * Takes the counter and writes events and audit entries under the next numbers. To be called last in a transaction: from here to the
 * commit everybody else's numbers wait, which makes them gapless and in order of commit. Answers the number of the first event.
 */
export async function record(
  tx: Tx,
  at: Instant,
  events: readonly NewEvent[],
  audits: readonly NewAudit[],
): Promise<Seq> {
  const counter = await tx.one<CounterRow>(
    'UPDATE counter SET seq = seq + $1 RETURNING seq, audit_entries, audit_hash, audit_peaks',
    [events.length],
  )
  if (!counter) throw new Error('the registry has no counter')
  const first = counter.seq - events.length + 1
  if (events.length > 0)
    await tx.run(
      'INSERT INTO event (seq, type, at, doc) SELECT $1::bigint + n - 1, type, $2, doc FROM unnest($3::text[], $4::jsonb[]) WITH ORDINALITY AS e(type, doc, n)',
      [first, at, events.map((e) => e.type), events.map((e) => JSON.stringify(e.doc))],
    )
  if (audits.length > 0) await appendAudit(tx, at, counter, audits)
  return first
}

async function appendAudit(tx: Tx, at: Instant, counter: CounterRow, audits: readonly NewAudit[]): Promise<void> {
  const tree = new MerkleTree(sha256, counter.audit_entries, counter.audit_peaks)
  // hashed as it will be read back: the database keeps an instant, not its spelling
  const stamp = new Date(at).toISOString()
  let previous = counter.audit_hash
  const entries: AuditEntry[] = audits.map((a) => {
    const entry = { no: tree.entries + 1, seq: counter.seq, at: stamp, ...a }
    previous = auditHash(previous, entry, sha256)
    tree.add(previous)
    return { ...entry, hash: previous }
  })
  await tx.run(
    `INSERT INTO audit (no, seq, at, officer, desk, act, subject, hash)
     SELECT no, seq, at, officer, desk, act, subject, hash FROM jsonb_to_recordset($1)
       AS e(no bigint, seq bigint, at timestamptz, officer text, desk text, act text, subject text, hash text)`,
    [JSON.stringify(entries)],
  )
  await tx.run('UPDATE counter SET audit_entries = $1, audit_hash = $2, audit_peaks = $3', [
    tree.entries,
    previous,
    tree.peaks,
  ])
}

/** Events after `after`, in order. */
export const eventsAfter = (db: Sql, after: Seq, limit: number): Promise<FeedEvent[]> =>
  db.all<FeedEvent>('SELECT seq, type, at, doc FROM event WHERE seq > $1 ORDER BY seq LIMIT $2', [after, limit])

/** When an event was told; null for one that the feed does not have. */
export const eventAt = async (db: Sql, seq: Seq): Promise<Instant | null> =>
  (await db.one<{ at: Instant }>('SELECT at FROM event WHERE seq = $1', [seq]))?.at ?? null

/** Audit entries after `after`, in order. */
export const auditAfter = (db: Sql, after: number, limit: number): Promise<AuditEntry[]> =>
  db.all<AuditEntry>(
    'SELECT no, seq, at, officer, desk, act, subject, hash FROM audit WHERE no > $1 ORDER BY no LIMIT $2',
    [after, limit],
  )

/** Number of audit entries and the Merkle root over them. */
export async function auditRoot(db: Sql): Promise<{ entries: number; root: string }> {
  const row = await db.one<CounterRow>('SELECT audit_entries, audit_peaks FROM counter')
  if (!row) throw new Error('the registry has no counter')
  return { entries: row.audit_entries, root: new MerkleTree(sha256, row.audit_entries, row.audit_peaks).root() }
}
