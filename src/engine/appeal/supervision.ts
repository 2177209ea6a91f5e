import type { z } from 'zod'
import type { APPEAL_CALLS } from '../../contract/engine/appeal.ts'
import { addDays, businessDate, endOfBusinessDate } from '../../domain/businessDate.ts'
import { calendarOf } from '../../domain/calendar.ts'
import { ProblemError, problem } from '../../domain/problem.ts'
import {
  type ApprovedFor,
  mayOversee,
  patternsIn,
  qualitySample,
  type WorkStep,
  workOf,
} from '../../domain/supervision.ts'
import { cursorOf, policyAt } from '../db/mirror.ts'
import type { Desk } from '../sync/desk.ts'
import { APPROVALS_BETWEEN, HELD_NOW, OPEN_BY_DUE, STEPS_BETWEEN } from './queries.ts'

type Ask = z.output<(typeof APPEAL_CALLS)['supervision']['input']>
type Answer = z.input<(typeof APPEAL_CALLS)['supervision']['output']>

/** The queue's ages, the officers' work of a period, a sample for quality and what is out of the ordinary. */
export function supervision(desk: Desk, { from, to }: Ask): Answer {
  const officer = desk.session.officer()
  if (!mayOversee(officer)) throw new ProblemError(problem('role-forbids', { role: officer.role, act: 'supervise' }))
  const cache = desk.home.cache.read
  const begin = endOfBusinessDate(addDays(from, -1))
  const end = endOfBusinessDate(to)
  const steps = cache.query<WorkStep>(STEPS_BETWEEN).all(begin, end)
  const work = workOf(steps, calendarOf(policyAt(cache, cursorOf(cache).seq)))
  const held = new Map(cache.rows<[string, number]>(HELD_NOW).all(desk.now()))
  const settled = steps.filter((s) => s.what === 'approved' || s.what === 'rejected')
  const patterns = patternsIn(work, cache.query<ApprovedFor>(APPROVALS_BETWEEN).all(begin, end))
  return {
    ages: agesOf(desk),
    officers: work.map((w) => ({ ...w, held: held.get(w.officer) ?? 0 })),
    sample: [...qualitySample([...new Set(settled.map((s) => s.appeal))].sort(), `${from} ${to}`)],
    patterns: patterns.map((p) => ({ ...p })),
  }
}

/** Days to the deadline in which an open appeal counts as due soon. */
const SOON_DAYS = 3
const WEEK_DAYS = 7

function agesOf(desk: Desk): Answer['ages'] {
  const today = businessDate(desk.now())
  const ages = { overdue: 0, soon: 0, week: 0, later: 0 }
  for (const [due, count] of desk.home.cache.read.rows<[string, number]>(OPEN_BY_DUE).all()) {
    if (due < today) ages.overdue += count
    else if (due <= addDays(today, SOON_DAYS)) ages.soon += count
    else if (due <= addDays(today, WEEK_DAYS)) ages.week += count
    else ages.later += count
  }
  return ages
}
