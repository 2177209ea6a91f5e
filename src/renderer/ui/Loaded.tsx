import { Skeleton, Stack } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { problemOf } from '../app/problems.ts'
import { ProblemCard } from './ProblemCard.tsx'

interface Props<T> {
  readonly query: UseQueryResult<T, Error>
  readonly children: (data: T) => ReactNode
  /** Lines of the skeleton. */
  readonly lines?: number
}

/** Shows the answer of a reading, its problem with a retry, or a skeleton. An older answer stays while a newer one is on its way. */
export function Loaded<T>({ query, children, lines = 4 }: Props<T>) {
  if (query.data !== undefined) return children(query.data)
  if (query.error) return <ProblemCard problem={problemOf(query.error)} retry={() => void query.refetch()} />
  return (
    <Stack gap="sm" aria-busy="true">
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike
        <Skeleton key={line} height={18} radius="sm" />
      ))}
    </Stack>
  )
}
