import { may } from '../../domain/officer.ts'
import { ProblemError } from '../../domain/problem.ts'
import type { OwnReader } from '../db/store.ts'
import { appealFiguresComplete } from '../sync/appealFigures.ts'
import type { Desk } from '../sync/desk.ts'
import { listsAtCursor } from '../sync/listsAtCursor.ts'
import { movesAtCursor } from '../sync/moves.ts'
import type { Table } from './catalogue.ts'
import { figuresOf } from './figures.ts'
import { type Asked, definite, type ReportQuery } from './query.ts'

/** Tables kept for the preview; the same question as of the same number has the same answer for good. */
const KEPT = 40

/** Answers questions of a desk. */
export class Computer {
  readonly #desk: Desk
  readonly #kept = new Map<string, Table>()

  constructor(desk: Desk) {
    this.#desk = desk
  }

  /** Runs `work` with the figures on a connection of its own and of one moment. Every role may report; a scheduled job has no officer. */
  async with<T>(
    asked: Asked,
    signal: AbortSignal,
    work: (cache: OwnReader, query: ReportQuery, table: Table) => Promise<T> | T,
  ): Promise<T> {
    const { cache: store } = this.#desk.home
    const officer = this.#desk.session.officerOrNull()
    const role = officer === null ? null : may(officer, 'report')
    if (role?.ok === false) throw new ProblemError(role.problem)
    await listsAtCursor(store, signal)
    if (NEED_MOVES.includes(asked.report)) await movesAtCursor(store, signal)
    if (NEED_APPEALS.includes(asked.report)) await appealFiguresComplete(store, signal)
    const cache = store.openSnapshot()
    try {
      const query = definite(cache, asked)
      return await work(cache, query, await this.#figures(cache, query, signal))
    } finally {
      cache.close()
    }
  }

  async #figures(cache: OwnReader, query: ReportQuery, signal: AbortSignal): Promise<Table> {
    const { report, by, from, to, filters, compareTo, seq } = query
    const key = JSON.stringify([report, by, from, to, filters, compareTo, seq])
    const known = this.#kept.get(key)
    if (known) return known
    const table = await figuresOf(cache, query, signal)
    this.#kept.set(key, table)
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT) break
      this.#kept.delete(oldest)
    }
    return table
  }
}

const NEED_APPEALS: readonly string[] = ['appeals', 'decision-times']
const NEED_MOVES: readonly string[] = ['inflow', 'lists', 'policies']
