import type { FiguresAsk, ListFigures } from '../../contract/registry/listFigures.ts'
import { trouble } from '../../domain/problem.ts'
import { isBetween } from '../db/fact/queries.ts'
import { figuresAt, whiteFrom } from '../db/figure/queries.ts'
import { readHead } from '../db/log/queries.ts'
import type { Database } from '../db/pool.ts'
import { snapshot } from '../db/transaction.ts'

/**
 * How many IMEIs stood on the lists as of an event, from the summary that every act adds to.
 * @throws ProblemError `epoch-changed` for an event this registry has not seen, `digest-between` for one in the middle of an act,
 * `not-available` for white as of an event before white was counted
 */
export const listFigures = (db: Database, ask: FiguresAsk): Promise<ListFigures> =>
  snapshot(db, async (tx) => {
    const { head, epoch } = await readHead(tx)
    const seq = ask.seq ?? head
    if (seq > head) throw trouble('epoch-changed', { epoch, head, desk: seq })
    if (await isBetween(tx, seq)) throw trouble('digest-between', { seq })
    const known =
      ask.list === 'grey' || ask.list === 'black' || seq >= ((await whiteFrom(tx)) ?? Number.POSITIVE_INFINITY)
    if (!known) throw trouble('not-available', { command: `white, --as-of ${seq}` })
    const groups = await figuresAt(tx, seq, ask)
    return { seq, groups, total: groups.reduce((sum, { count }) => sum + count, 0) }
  })
