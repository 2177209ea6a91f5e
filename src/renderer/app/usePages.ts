import { useInfiniteQuery } from '@tanstack/react-query'
import type { Input, Output } from '../../contract/call.ts'
import type { EngineContract } from '../../contract/engine.ts'
import { engine } from './queries.ts'
import type { CallName } from './topics.ts'

export interface Pages<T> {
  readonly all: readonly T[]
  readonly loading: boolean
  readonly error: Error | null
  /** Loads the next page; undefined when there is none. */
  readonly more: (() => void) | undefined
}

/**
 * Pages of a reading call by keyset: `ask` makes the input after a key, `nextKey` takes the key of the following page from an answer,
 * null at the end. `depends` starts over when it changes.
 */
export function usePages<K extends CallName, Key>(
  name: K,
  ask: (after: Key | null) => Input<EngineContract[K]>,
  nextKey: (page: Output<EngineContract[K]>) => Key | null,
  depends: readonly unknown[],
): Pages<Output<EngineContract[K]>> {
  const query = useInfiniteQuery({
    queryKey: [name, 'pages', ...depends],
    queryFn: ({ pageParam }) => engine.call(name, ask(pageParam as Key | null)),
    initialPageParam: null as Key | null,
    getNextPageParam: (page: Output<EngineContract[K]>) => nextKey(page),
  })
  return {
    all: query.data?.pages ?? [],
    loading: query.isFetching,
    error: query.error,
    more: query.hasNextPage ? () => void query.fetchNextPage() : undefined,
  }
}
