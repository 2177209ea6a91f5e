import type { Handlers } from '../../contract/call.ts'
import type { EngineContract } from '../../contract/engine.ts'
import { addDays, businessDate } from '../../domain/businessDate.ts'
import { OPERATORS } from '../../domain/fact.ts'
import { cursorOf, policyAt } from '../db/mirror.ts'
import { appealFiguresComplete } from '../sync/appealFigures.ts'
import type { Desk } from '../sync/desk.ts'
import { listsAtCursor } from '../sync/listsAtCursor.ts'
import { movesAtCursor } from '../sync/moves.ts'
import { appealFlow, deadlinesUntil, filesOfOperators, openAppealStates, violationsOf } from './dashboardQueries.ts'
import { standings } from './flowReports.ts'
import { definite } from './query.ts'

const NEVER = new AbortController().signal
/** Days of deadlines ahead; a last day this near is soon. */
const DAYS_AHEAD = 30
const SOON_DAYS = 3

/** What a supervisor sees first; each figure leads to its rows. */
export function dashboardCalls(desk: Desk): Pick<Handlers<EngineContract>, 'dashboard'> {
  return {
    dashboard: async ({ days }) => {
      const store = desk.home.cache
      desk.session.officer()
      await listsAtCursor(store, NEVER)
      await movesAtCursor(store, NEVER)
      await appealFiguresComplete(store, NEVER)
      const cache = store.read
      const cursor = cursorOf(cache)
      const today = businessDate(desk.now())
      const period = { from: addDays(today, 1 - days), to: today }
      const query = definite(cache, {
        ...period,
        report: 'lists',
        by: 'day',
        filters: {},
        compareTo: null,
        asOfSeq: null,
      })
      const deadlines = deadlinesUntil(cache, addDays(today, DAYS_AHEAD))
      const states = openAppealStates(cache, today, addDays(today, SOON_DAYS))
      const sum = (pick: (s: (typeof states)[number]) => number): number => states.reduce((n, s) => n + pick(s), 0)
      return {
        asOf: { seq: cursor.seq, at: cursor.at, policy: policyAt(cache, cursor.seq).version },
        lists: [...standings(cache, query, period)].map(([day, [grey, black, white]]) => ({ day, white, grey, black })),
        deadlines: {
          overdue: deadlines.reduce((n, [day, count]) => n + (day < today ? count : 0), 0),
          days: Array.from({ length: DAYS_AHEAD + 1 }, (_, i) => addDays(today, i)).map((day) => ({
            day,
            count: deadlines.find(([at]) => at === day)?.[1] ?? 0,
          })),
        },
        backlog: {
          open: sum((s) => s.count),
          overdue: sum((s) => s.overdue),
          dueSoon: sum((s) => s.soon),
          states: states.map(({ state, count }) => ({ state, count })),
          flow: flow(period.from, days, appealFlow(cache, period.from, period.to)),
        },
        operators: operators(cache),
      }
    },
  }
}

function flow(from: string, days: number, rows: readonly [day: string, received: number, decided: number][]) {
  const known = new Map(rows.map(([day, received, decided]) => [day, { received, decided }]))
  return Array.from({ length: days }, (_, i) => addDays(from, i)).map((day) => ({
    day,
    ...(known.get(day) ?? { received: 0, decided: 0 }),
  }))
}

function operators(cache: Parameters<typeof filesOfOperators>[0]) {
  const files = filesOfOperators(cache)
  const violations = new Map(violationsOf(cache))
  return OPERATORS.map((operator) => {
    const own = files.find((f) => f.operator === operator)
    return {
      operator,
      sent: own?.sent ?? null,
      confirmed: own?.confirmed ?? null,
      missing: own?.missing ?? 0,
      violations: violations.get(operator) ?? 0,
    }
  })
}
