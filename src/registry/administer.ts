import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { mkdir, realpath } from 'node:fs/promises'
import { enrolmentCode, plainCode } from '../contract/enrolmentCode.ts'
import type { Officer } from '../domain/officer.ts'
import { trouble } from '../domain/problem.ts'
import { createDatabase } from './db/createDatabase.ts'
import { addEnrolment, type DeskRow, deskForUpdate, desks, revokeDesk } from './db/desk/queries.ts'
import { setOfficer } from './db/directory/queries.ts'
import { beginEpoch, readHead, record } from './db/log/queries.ts'
import { openDatabase } from './db/openDatabase.ts'
import type { Database } from './db/pool.ts'
import { transaction } from './db/transaction.ts'
import { startCluster } from './embedded/cluster.ts'

/** What whoever runs the machine may do without a desk: let the first one in, enter the first admin, end a desk. All of it is audited. */
export interface Administration {
  /** A code that lets one desk enrol within so many hours; only its hash is kept. */
  allowDesk(name: string, hours: number): Promise<{ code: string; name: string; until: string }>
  /** @throws ProblemError `desk-missing` */
  revokeDesk(desk: string, reason: string): Promise<{ desk: string; revokedAt: string }>
  desks(): Promise<DeskRow[]>
  setOfficer(officer: Officer): Promise<Officer>
  /**
   * The database is an older one again (a backup, a failover that lost something): it gets a new epoch, by which desks notice, compare
   * and offer again what the lost history had acknowledged.
   */
  restored(): Promise<{ epoch: string; before: string; head: number }>
  close(): Promise<void>
}

const NOBODY = { officer: '', desk: '' }
const HOUR_MS = 3_600_000

/** Opens a registry's database beside or without a running registry; the embedded one only while no registry runs on it. */
export async function administer(options: {
  readonly data: string
  readonly database?: string | undefined
}): Promise<Administration> {
  const opened = await open(options)
  const { db } = opened
  const now = (): string => new Date().toISOString()
  return {
    desks: () => desks(db),
    allowDesk: async (name, hours) => {
      const code = enrolmentCode(randomBytes(20))
      const hash = createHash('sha256')
        .update(plainCode(code) ?? '')
        .digest('hex')
      const until = new Date(Date.parse(now()) + hours * HOUR_MS).toISOString()
      await transaction(db, async (tx) => {
        await addEnrolment(tx, { code: hash, name, madeBy: '', until })
        await record(tx, now(), [], [{ ...NOBODY, act: 'allow-desk', subject: name }])
      })
      return { code, name, until }
    },
    revokeDesk: (id, reason) =>
      transaction(db, async (tx) => {
        const desk = await deskForUpdate(tx, id)
        if (!desk) throw trouble('desk-missing', { desk: id })
        if (desk.revokedAt) return { desk: id, revokedAt: desk.revokedAt }
        const at = now()
        await revokeDesk(tx, id, at)
        await record(tx, at, [], [{ ...NOBODY, act: 'revoke-desk', subject: `${id} ${reason}` }])
        return { desk: id, revokedAt: at }
      }),
    setOfficer: (officer) =>
      transaction(db, async (tx) => {
        await setOfficer(tx, officer)
        const audit = { ...NOBODY, act: 'set-officer', subject: officer.id }
        await record(tx, now(), [{ type: 'officer-set', doc: officer }], [audit])
        return officer
      }),
    restored: () =>
      transaction(db, async (tx) => {
        const { epoch: before, head } = await readHead(tx)
        const epoch = randomUUID()
        await beginEpoch(tx, epoch)
        await record(tx, now(), [], [{ ...NOBODY, act: 'restored', subject: `${before} ${head}` }])
        return { epoch, before, head }
      }),
    close: opened.close,
  }
}

async function open(options: {
  data: string
  database?: string | undefined
}): Promise<{ db: Database; close: () => Promise<void> }> {
  if (options.database !== undefined) {
    const db = await openDatabase(options.database, () => undefined)
    return { db, close: () => db.close() }
  }
  await mkdir(options.data, { recursive: true })
  const cluster = await startCluster(await realpath(options.data))
  try {
    await createDatabase(cluster.url('postgres'), 'tamga')
    const db = await openDatabase(cluster.url('tamga'), () => undefined)
    const close = async (): Promise<void> => {
      await db.close()
      await cluster.stop()
    }
    return { db, close }
  } catch (e) {
    await cluster.stop()
    throw e
  }
}
