import { queryClient } from '../app/queries.ts'

/** Answers about so many appeals stay in memory; who goes further back waits some milliseconds. */
const KEPT = 12
const recent = new Set<string>()

/** Notes that an appeal is on the screen, and forgets the answers about those shown long before. */
export function noteShown(id: string): void {
  recent.delete(id)
  recent.add(id)
  for (const old of recent) {
    if (recent.size <= KEPT) return
    recent.delete(old)
    queryClient.removeQueries({ type: 'inactive', predicate: ({ queryKey: [, input] }) => isAbout(input, old) })
  }
}

const isAbout = (input: unknown, appeal: string): boolean =>
  typeof input === 'object' && input !== null && 'id' in input && input.id === appeal
