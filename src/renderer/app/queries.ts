import {
  QueryClient,
  queryOptions,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
} from '@tanstack/react-query'
import type { Input, Output } from '../../contract/call.ts'
import type { EngineContract } from '../../contract/engine.ts'
import { ProblemError } from '../../domain/problem.ts'
import { openEngineLink } from './engineLink.ts'
import { putJob } from './jobs.ts'
import { type CallName, staleCalls } from './topics.ts'

/** Answers are kept until the engine says that they changed; an expected problem is an answer and is not tried again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 5 * 60_000,
      retry: (failures, error) =>
        failures < 3 && error instanceof ProblemError && error.problem.code === 'engine-restarted',
      refetchOnWindowFocus: false,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always', retry: false },
  },
})

const link = openEngineLink(
  {
    changed: ({ topics }) => {
      const stale = staleCalls(topics)
      void queryClient.invalidateQueries({ predicate: ({ queryKey }) => stale.has(String(queryKey[0])) })
    },
    status: (status) => queryClient.setQueryData(['status', {}], status),
    job: putJob,
  },
  () => void queryClient.invalidateQueries(),
)

/** One call to the engine, outside of React. Throws ProblemError. */
export const engine = link.client

/** Options of a reading call, for `useQuery`, `prefetchQuery` and `setQueryData`. */
export const reading = <K extends CallName>(name: K, input: Input<EngineContract[K]>) =>
  queryOptions<Output<EngineContract[K]>, Error, Output<EngineContract[K]>>({
    queryKey: [name, input],
    queryFn: () => engine.call(name, input),
  })

/** Reads from the engine; the answer is renewed when the engine says it changed. `null` asks nothing yet. */
export function useReading<K extends CallName>(
  name: K,
  input: Input<EngineContract[K]> | null,
): UseQueryResult<Output<EngineContract[K]>, Error> {
  return useQuery({
    ...reading(name, input ?? ({} as Input<EngineContract[K]>)),
    enabled: input !== null,
  })
}

/** A call that changes something. Its problem is the mutation's error: show it beside the button, or use `notifyProblem`. */
export function useActing<K extends CallName>(
  name: K,
): UseMutationResult<Output<EngineContract[K]>, Error, Input<EngineContract[K]>> {
  return useMutation({ mutationFn: (input: Input<EngineContract[K]>) => engine.call(name, input) })
}
