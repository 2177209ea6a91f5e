import { infiniteQueryOptions } from '@tanstack/react-query'
import type { Input } from '../../contract/call.ts'
import type { EngineContract } from '../../contract/engine.ts'
import { engine, queryClient } from './queries.ts'

/** What the queue asks for, besides where a page begins. */
export type AppealsAsked = Omit<Input<EngineContract['appeals']>, 'after' | 'limit'>

/** Appeals on a page of the queue. */
export const APPEALS_A_PAGE = 100

/** Appeals that are still to be decided: what the queue shows first. */
export const OPEN_APPEALS: AppealsAsked = { state: null, open: true, mine: false, due: null }

/** Place behind the last row of a page; null: the beginning. */
type After = { readonly dueAt: string; readonly id: string } | null

/** Pages of the queue by deadline, for `useInfiniteQuery` and to be fetched ahead. */
export const appealPages = (asked: AppealsAsked) =>
  infiniteQueryOptions({
    queryKey: ['appeals', 'paged', asked],
    initialPageParam: null as After,
    queryFn: ({ pageParam }) => engine.call('appeals', { ...asked, after: pageParam, limit: APPEALS_A_PAGE }),
    getNextPageParam: ({ rows }): After | undefined => {
      const last = rows.at(-1)
      return rows.length < APPEALS_A_PAGE || !last ? undefined : { dueAt: last.dueAt, id: last.id }
    },
  })

/** Fetches the page with which the queue opens, unless it is there; settles also when the engine refuses it. */
export const fetchQueueAhead = (): Promise<void> => queryClient.prefetchInfiniteQuery(appealPages(OPEN_APPEALS))
