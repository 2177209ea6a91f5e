import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { SavedView } from '../../contract/engine/grid.ts'
import { type GridFilter, zGridFilter } from '../../contract/gridFilter.ts'
import { trouble } from '../../domain/problem.ts'
import type { Desk } from '../sync/desk.ts'
import { DROP_VIEW, PUT_VIEW, VIEW_NAMED, VIEWS } from './queries.ts'

const MARK = 'tamga-view-1.'

/** Filters under names, for everybody at this desk. */
export const savedViews = (desk: Desk): SavedView[] =>
  desk.home.desk.read
    .rows<[id: string, name: string, filter: string, by: string, at: string]>(VIEWS)
    .all()
    .map(([id, name, stored, by, at]) => {
      const filter = zGridFilter.parse(JSON.parse(stored))
      return { id, name, filter, by, at, code: codeOf(name, filter) }
    })

export function saveView(desk: Desk, name: string, filter: GridFilter): { id: string } {
  const by = desk.session.officer().id
  return desk.home.desk.write((tx) => {
    tx.run(PUT_VIEW, randomUUID(), name, JSON.stringify(filter), by, desk.now())
    return { id: tx.value<string>(VIEW_NAMED, name) ?? '' }
  })
}

/** Throws `view-unusable` for a text that is no view. */
export function takeView(desk: Desk, code: string): { id: string; name: string } {
  const { name, filter } = readCode(code.trim())
  return { ...saveView(desk, name, filter), name }
}

export const dropView = (desk: Desk, id: string): void => {
  desk.session.officer()
  desk.home.desk.write((tx) => tx.run(DROP_VIEW, id))
}

/** A view as text that fits into a message to a colleague; it holds nothing but the filter and its name. */
const codeOf = (name: string, filter: GridFilter): string =>
  MARK + Buffer.from(JSON.stringify([name, filter])).toString('base64url')

function readCode(code: string): { name: string; filter: GridFilter } {
  const unusable = () => trouble('view-unusable', {})
  if (!code.startsWith(MARK)) throw unusable()
  let said: unknown
  try {
    said = JSON.parse(Buffer.from(code.slice(MARK.length), 'base64url').toString())
  } catch (error) {
    if (error instanceof SyntaxError) throw unusable()
    throw error
  }
  const [name, filter] = Array.isArray(said) ? (said as unknown[]) : []
  const parsed: z.ZodSafeParseResult<GridFilter> = zGridFilter.safeParse(filter)
  if (typeof name !== 'string' || name.trim() === '' || name.length > 100 || !parsed.success) throw unusable()
  return { name, filter: parsed.data }
}
