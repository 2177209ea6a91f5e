import { createHash } from 'node:crypto'
import { plainCode } from '../../contract/enrolmentCode.ts'
import { sessionText } from '../../contract/registry.ts'
import type { Instant } from '../../domain/fact.ts'
import type { Officer } from '../../domain/officer.ts'
import { trouble } from '../../domain/problem.ts'
import { spendCode } from '../db/desk/queries.ts'
import { addDesk, type Desk, deskById, officerById } from '../db/directory/queries.ts'
import { readHead, record } from '../db/log/queries.ts'
import type { Database, Sql } from '../db/pool.ts'
import { type Tx, transaction } from '../db/transaction.ts'
import { isSigned, publicKeyOf } from './signature.ts'

/** A desk's clock may be hours off; a captured request is of use no longer than this. */
const CLOCK_TOLERANCE_MS = 24 * 3_600_000

/**
 * Enrols a desk with its key; the same key again changes nothing. It needs a code that an admin made for one desk; only a registry with
 * sample data lets desks enrol by themselves.
 * @throws ProblemError `enrolment-needed`, `enrolment-code-wrong` (unknown, used or too old), `signature-wrong` (another key), `desk-revoked`
 */
export async function enrolDesk(
  db: Database,
  desk: { desk: string; publicKey: string; name: string; code?: string | undefined },
  now: Instant,
): Promise<void> {
  publicKeyOf(desk.publicKey)
  const known = await deskById(db, desk.desk)
  if (known) {
    if (known.revokedAt) throw trouble('desk-revoked', { desk: desk.desk })
    if (known.publicKey !== desk.publicKey) throw trouble('signature-wrong', { desk: desk.desk })
    return
  }
  const { sample } = await readHead(db)
  if (!sample && desk.code === undefined) throw trouble('enrolment-needed', { desk: desk.desk })
  await transaction(db, async (tx) => {
    const name = desk.code === undefined ? desk.name : await nameOfCode(tx, desk.code, desk.desk, now)
    const added = await addDesk(tx, { id: desk.desk, publicKey: desk.publicKey, name, at: now })
    if (added > 0) await record(tx, now, [], [{ officer: '', desk: desk.desk, act: 'enrol', subject: desk.desk }])
  })
}

async function nameOfCode(tx: Tx, code: string, desk: string, now: Instant): Promise<string> {
  const plain = plainCode(code)
  const hash = plain && createHash('sha256').update(plain).digest('hex')
  const name = hash ? await spendCode(tx, hash, desk, now) : null
  if (name === null) throw trouble('enrolment-code-wrong', { desk })
  return name
}

/**
 * The desk that signed `text`.
 * @throws ProblemError `desk-unknown`, `desk-revoked`, `signature-wrong`
 */
export async function signingDesk(db: Sql, deskId: string, text: string, signature: string): Promise<Desk> {
  const desk = await deskById(db, deskId)
  if (!desk) throw trouble('desk-unknown', { desk: deskId })
  if (desk.revokedAt) throw trouble('desk-revoked', { desk: deskId })
  if (!isSigned(text, signature, desk.publicKey)) throw trouble('signature-wrong', { desk: deskId })
  return desk
}

/** Checks that a request of `at` is signed by the desk and not long past. */
export async function checkRequest(
  db: Sql,
  r: { desk: string; at: Instant; signature: string; text: string },
  now: Instant,
): Promise<void> {
  await signingDesk(db, r.desk, r.text, r.signature)
  if (Math.abs(Date.parse(r.at) - Date.parse(now)) > CLOCK_TOLERANCE_MS)
    throw trouble('clock-wrong', { desk: r.at, registry: now })
}

/**
 * Signs an officer in at a desk: the name of the directory, vouched for by the desk's key (a registry with sample data).
 * @throws ProblemError `unknown-officer` and those of `checkRequest`
 */
export async function signIn(
  db: Database,
  r: { desk: string; officer: string; at: Instant; signature: string },
  now: Instant,
): Promise<Officer> {
  await checkRequest(db, { ...r, text: sessionText(r) }, now)
  const officer = await officerById(db, r.officer)
  if (!officer) throw trouble('unknown-officer', { officer: r.officer })
  await transaction(db, (tx) =>
    record(tx, now, [], [{ officer: officer.id, desk: r.desk, act: 'sign-in', subject: officer.id }]),
  )
  return officer
}
