import { openHome } from '../../../src/engine/db/home.ts'
import { FEATURE_MIGRATIONS } from '../../../src/engine/featureMigrations.ts'
import { PROCESS_KEY } from '../deskProcess.ts'
import type { DeskAtWork, Taken } from './deskAtWork.ts'
import type { Outcome } from './size.ts'

type Query = <R extends object>(text: string, values?: unknown[]) => Promise<R[]>
interface Reckoned extends Omit<Outcome, 'fault' | 'count'> {
  /** What is known of each loss. */
  readonly losses: readonly string[]
}

interface OutboxState {
  readonly id: string
  readonly kind: string
  readonly subject: string
  readonly state: string
  readonly problem: string | null
  readonly result: string | null
}

/** Holds what desks were told against what their files and the registry's database say. The desks are stopped and had nothing left to send. */
export async function reckon(query: Query, desks: readonly DeskAtWork[]): Promise<Reckoned & { answered: number }> {
  const losses: string[] = []
  let halfApplied = 0
  let gaps = await logGaps(query)
  let answered = 0
  const commands = new Map(
    (await query<{ id: string; status: string }>('SELECT id, status FROM command')).map((c) => [c.id, c.status]),
  )
  const facts = new Map(
    (
      await query<{ id: string; facts: string }>(
        'SELECT b.id, count(f.imei14) AS facts FROM batch b LEFT JOIN fact f ON f.batch = b.no GROUP BY b.id',
      )
    ).map((b) => [b.id, Number(b.facts)]),
  )
  for (const desk of desks) {
    const { outbox, moments, seq, halves } = read(desk.home)
    gaps += seq - moments
    halfApplied += halves
    answered += outbox.length
    losses.push(...missing(desk.taken, outbox).map((act) => `${act} was taken, the outbox does not know of it`))
    for (const row of outbox) {
      const there = commands.get(row.id)
      if (there !== row.state)
        losses.push(`${row.kind} ${row.subject} is ${row.state} here and ${there} there: ${row.problem} ${row.result}`)
    }
    for (const [batch, rows] of desk.rows) {
      const refused = outbox.some((o) => o.subject === batch && o.kind === 'commit-batch' && o.state === 'refused')
      const there = facts.get(batch) ?? 0
      if (there > 0 && there < rows) halfApplied++
      if (there === 0 && !refused) {
        const acts = outbox.filter((o) => o.subject === batch)
        losses.push(`${batch} of ${rows} rows has no fact there: ${JSON.stringify(acts)}`)
      }
    }
  }
  return { lost: losses.length, losses, doubled: await doubled(query), gaps, halfApplied, answered }
}

/** Acts that were taken and of which the outbox knows nothing. */
function missing(taken: readonly Taken[], outbox: readonly OutboxState[]): string[] {
  const left = new Map<string, number>()
  for (const { kind, subject } of outbox) {
    const key = `${kind} ${subject}`
    left.set(key, (left.get(key) ?? 0) + 1)
  }
  const gone: string[] = []
  for (const { kind, subject } of taken) {
    const key = `${kind} ${subject}`
    const there = left.get(key) ?? 0
    if (there === 0) gone.push(key)
    else left.set(key, there - 1)
  }
  return gone
}

function read(folder: string): { outbox: OutboxState[]; moments: number; seq: number; halves: number } {
  const home = openHome(folder, PROCESS_KEY, FEATURE_MIGRATIONS)
  try {
    const cache = home.cache.read
    return {
      outbox: home.desk.read.query<OutboxState>('SELECT id, kind, subject, state, problem, result FROM outbox').all(),
      moments: cache.value<number>('SELECT count(*) FROM moment') ?? 0,
      seq: cache.value<number>('SELECT seq FROM cursor') ?? 0,
      halves:
        cache.value<number>(
          // facts are in the order of their IMEIs: all are counted in one go, not once for each batch
          `SELECT count(*) FROM batch b LEFT JOIN (SELECT batch, count(*) AS there FROM fact GROUP BY batch) f ON f.batch = b.no
           WHERE b.added_seq IS NOT NULL AND b.kind = 'customs' AND b.rows <> coalesce(f.there, 0)`,
        ) ?? 0,
    }
  } finally {
    home.close()
  }
}

/** Holes in the numbers of events and of the audit, and numbers beyond the counter. */
async function logGaps(query: Query): Promise<number> {
  const [row] = await query<{ gaps: string }>(
    `SELECT abs(c.seq - (SELECT count(*) FROM event)) + abs(c.seq - (SELECT coalesce(max(seq), 0) FROM event))
          + abs(c.audit_entries - (SELECT count(*) FROM audit)) AS gaps FROM counter c`,
  )
  return Number(row?.gaps)
}

/** Effects that a command or a row had twice. */
async function doubled(query: Query): Promise<number> {
  const [row] = await query<{ n: string }>(
    `SELECT (SELECT count(*) FROM (SELECT 1 FROM event WHERE doc ? 'command' GROUP BY type, doc->>'command' HAVING count(*) > 1) a)
          + (SELECT count(*) FROM (SELECT 1 FROM event WHERE type = 'batch-undone' GROUP BY doc->>'no' HAVING count(*) > 1) b)
          + (SELECT count(*) FROM (SELECT 1 FROM fact f JOIN batch b ON b.no = f.batch WHERE b.kind = 'customs'
               GROUP BY f.imei14 HAVING count(*) > 1) c) AS n`,
  )
  return Number(row?.n)
}
