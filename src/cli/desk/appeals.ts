import type { z } from 'zod'
import type { zAppealRow } from '../../contract/engine/appeal.ts'
import { APPEAL_STATES } from '../../domain/appeal.ts'
import { isIsoDate } from '../../domain/businessDate.ts'
import { trouble } from '../../domain/problem.ts'
import type { Command } from './command.ts'
import { officerNames } from './officerNames.ts'
import { table } from './table.ts'

type Row = z.output<typeof zAppealRow>

const A_CALL = 1000

/** `appeals`: the queue by deadline. */
export const appeals: Command = {
  options: { state: 'one', due: 'one' },
  check: (args) => {
    args.exactly()
    args.choice('state', APPEAL_STATES)
  },
  run: async ({ args, engine, words }) => {
    const state = args.choice('state', APPEAL_STATES) ?? null
    const due = args.value('due') ?? null
    if (due !== null && !isIsoDate(due)) throw trouble('date-unusable', { value: due })
    const rows: Row[] = []
    for (let after: { dueAt: string; id: string } | null = null; ; ) {
      const page: { rows: Row[] } = await engine.call('appeals', { state, due, after, limit: A_CALL })
      rows.push(...page.rows)
      const last = page.rows.at(-1)
      if (page.rows.length < A_CALL || !last) break
      after = { dueAt: last.dueAt, id: last.id }
    }
    const nameOf = await officerNames(engine)
    const text = table(
      [
        words.say('appeal'),
        words.say('state'),
        words.say('due'),
        words.say('route'),
        words.say('received'),
        words.say('claimedBy'),
        words.say('imei'),
      ],
      rows.map((r) => [
        r.id,
        words.term('appealState', r.state),
        words.date(r.dueAt),
        words.term('route', r.route),
        words.instant(r.receivedAt),
        nameOf(r.claimedBy),
        r.imeis.join(' '),
      ]),
    )
    return {
      json: rows.map(({ id, state: s, imeis, route, receivedAt, dueAt, claimedBy }) => ({
        id,
        state: s,
        imeis,
        route,
        receivedAt,
        dueAt,
        claimedBy,
      })),
      text: rows.length === 0 ? words.say('nothing') : text,
    }
  },
}
