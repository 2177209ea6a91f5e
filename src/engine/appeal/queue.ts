import type { z } from 'zod'
import type { APPEAL_CALLS, zAppealRow } from '../../contract/engine/appeal.ts'
import type { Appeal } from '../../domain/appeal.ts'
import { addDays, businessDate } from '../../domain/businessDate.ts'
import type { SqlValue } from '../db/handle.ts'
import type { Desk } from '../sync/desk.ts'
import { toSign } from '../sync/toSign.ts'
import {
  DRAFT_COUNT,
  MINE_COUNT,
  OPEN_COUNTS,
  QUEUE_FILTERS,
  queueCount,
  queueCountFound,
  queueCountMeant,
  queueCountMine,
  queuePage,
  queuePageFound,
  queuePageMeant,
  queuePageMine,
  WAITING_APPEALS,
} from './queries.ts'
import { fewMeant, likeText, typedText } from './textSearch.ts'

type Ask = z.output<typeof APPEAL_CALLS.appeals.input>
type Row = z.input<typeof zAppealRow>

/** A page of the queue by deadline, then number. */
export function queue(desk: Desk, ask: Ask): { rows: Row[]; total: number } {
  const cache = desk.home.cache.read
  const waiting = waitingOf(desk)
  const { page, count, bound } = filterOf(desk, ask, waiting)
  const after = ask.after ?? { dueAt: '', id: '' }
  const rows = cache.rows<[string, string]>(page).all(...bound, after.dueAt, after.id, ask.limit)
  return {
    rows: rows.map(([, doc]) => rowOf(JSON.parse(doc) as Appeal, waiting)),
    total: cache.value<number>(count, ...bound) ?? 0,
  }
}

/** Statements of a page and of its count, and what both are bound to first. */
interface Filtered {
  readonly page: string
  readonly count: string
  readonly bound: readonly SqlValue[]
}

function filterOf(desk: Desk, ask: Ask, waiting: Waiting): Filtered {
  const parts: [sql: string, ...bound: SqlValue[]][] = []
  if (ask.state !== null) parts.push([QUEUE_FILTERS.state, ask.state])
  if (ask.open) parts.push([QUEUE_FILTERS.open])
  if (ask.due !== null) parts.push([QUEUE_FILTERS.due, ask.due])
  const simple = parts.length
  const { filter } = ask
  if (filter?.route) parts.push([QUEUE_FILTERS.route, filter.route])
  if (filter?.officer) parts.push([QUEUE_FILTERS.officer, filter.officer, filter.officer])
  if (filter?.complaint) parts.push([QUEUE_FILTERS.complaint])
  const typed = typedText(filter?.text ?? '')
  if (typed !== '') parts.push([QUEUE_FILTERS.text, likeText(typed)])
  const isFound = parts.length > simple
  if (parts.length === 0) parts.push(['1'])
  const where = parts.map(([sql]) => sql).join(' AND ')
  const bound = parts.flatMap(([, ...values]) => values)
  if (ask.mine) {
    const { id } = desk.session.officer()
    const claimed = [...waiting.claims].filter(([, by]) => by === id).map(([appeal]) => appeal)
    const held = [id, desk.now(), id, JSON.stringify(claimed)]
    return { page: queuePageMine(where), count: queueCountMine(where), bound: [...held, ...bound] }
  }
  const meant = fewMeant(desk.home.cache.read, typed)
  if (meant !== null) return { page: queuePageMeant(where), count: queueCountMeant(where), bound: [meant, ...bound] }
  if (isFound) return { page: queuePageFound(where), count: queueCountFound(where), bound }
  return { page: queuePage(where), count: queueCount(where), bound }
}

/** What this desk has ordered and the registry has not answered. */
interface Waiting {
  /** Appeals with a decision on its way. */
  readonly decisions: ReadonlySet<string>
  /** Appeals with a claim on its way, and who claims. */
  readonly claims: ReadonlyMap<string, string>
}

function waitingOf(desk: Desk): Waiting {
  const rows = desk.home.desk.read.rows<[kind: string, subject: string, officer: string]>(WAITING_APPEALS).all()
  return {
    decisions: new Set(rows.filter(([kind]) => kind === 'decide-appeal').map(([, subject]) => subject)),
    claims: new Map(rows.filter(([kind]) => kind === 'claim-appeal').map(([, subject, officer]) => [subject, officer])),
  }
}

const rowOf = (appeal: Appeal, waiting: Waiting): Row => ({
  id: appeal.id,
  state: appeal.state,
  imeis: [...appeal.claim.imeis],
  route: appeal.route,
  receivedAt: appeal.receivedAt,
  dueAt: appeal.dueAt,
  claimedBy: waiting.claims.get(appeal.id) ?? appeal.lease?.officer ?? null,
  leaseUntil: appeal.lease?.until ?? null,
  applicant: appeal.applicant.name,
  model: [appeal.claim.brand, appeal.claim.model].filter(Boolean).join(' ') || null,
  version: appeal.version,
  assignedTo: appeal.assignedTo ?? null,
  complaint: appeal.complaint != null,
  hearingAt: appeal.hearingAt,
  pending: waiting.decisions.has(appeal.id),
})

const WEEK_DAYS = 7

export function appealCounts(desk: Desk) {
  const cache = desk.home.cache.read
  const today = businessDate(desk.now())
  const officer = desk.session.officerOrNull()
  const [open, overdue, dueThisWeek] = cache
    .rows<[number, number, number]>(OPEN_COUNTS)
    .get(today, addDays(today, WEEK_DAYS - 1)) ?? [0, 0, 0]
  return {
    open,
    overdue,
    dueThisWeek,
    mine: officer ? (cache.value<number>(MINE_COUNT, officer.id, desk.now()) ?? 0) : 0,
    drafts: officer ? (desk.home.desk.read.value<number>(DRAFT_COUNT, officer.id) ?? 0) : 0,
    awaitingMySignature: officer ? toSign(desk, officer).length : 0,
  }
}
