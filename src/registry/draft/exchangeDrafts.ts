import { type DraftExchange, draftsText, type SharedDraft } from '../../contract/registry/appealActs.ts'
import type { Instant } from '../../domain/fact.ts'
import { trouble } from '../../domain/problem.ts'
import { checkRequest } from '../auth/desks.ts'
import { draftsOf, forgetGone, putDrafts } from '../db/appeal/drafts.ts'
import { officerById } from '../db/directory/queries.ts'
import type { Database } from '../db/pool.ts'
import { transaction } from '../db/transaction.ts'

/** A desk not seen for so long asks for everything anew. */
const REMEMBER_GONE_MS = 30 * 86_400_000

/**
 * Takes an officer's drafts from a desk and gives back all he has. Drafts are no acts: they are neither in the feed nor in the audit,
 * and only his own desks see them.
 * @throws ProblemError `unknown-officer` and those of a request that is not the desk's own
 */
export async function exchangeDrafts(db: Database, ask: DraftExchange, now: Instant): Promise<SharedDraft[]> {
  const { signature, ...unsigned } = ask
  await checkRequest(db, { desk: ask.desk, at: ask.at, signature, text: draftsText(unsigned) }, now)
  if (!(await officerById(db, ask.officer))) throw trouble('unknown-officer', { officer: ask.officer })
  return transaction(db, async (tx) => {
    await putDrafts(tx, ask.officer, ask.drafts)
    await forgetGone(tx, new Date(Date.parse(now) - REMEMBER_GONE_MS).toISOString())
    return draftsOf(tx, ask.officer)
  })
}
