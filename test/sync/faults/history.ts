import { expect } from 'vitest'
import type { Asking } from '../../registry/furnishedDatabase.ts'

interface DoneCommand {
  readonly id: string
  readonly kind: string
  readonly officer: string
  readonly seq: number
  readonly appeal: string
}

/** The officer who holds each appeal; null: free. */
type Model = Map<string, string | null>

/**
 * Replays what the registry says it did about these appeals, in order of the feed, on the plainest model of an appeal: free, or held by
 * one officer. Each step must be one the model allows, and the registry must stand where the model ends. `after`: the last event before
 * anybody touched these appeals.
 */
export async function expectLegalHistory(
  registry: Pick<Asking, 'query'>,
  appeals: readonly string[],
  after: number,
): Promise<void> {
  const done = await registry.query<DoneCommand>(
    `SELECT c.id, c.kind, c.officer, c.seq::int AS seq, e.doc->>'id' AS appeal FROM command c
       JOIN event e ON e.type = 'appeal-changed' AND e.doc->>'command' = c.id::text
     WHERE e.seq > $2 AND c.status = 'done' AND e.doc->>'id' = ANY($1) ORDER BY e.seq`,
    [appeals, after],
  )
  expect(new Set(done.map((c) => c.id)).size).toBe(done.length)
  const model: Model = new Map(appeals.map((id) => [id, null]))
  for (const command of done) {
    const holder = model.get(command.appeal) ?? null
    const legal = holder === command.officer || (holder === null && command.kind === 'claim-appeal')
    expect({ command, holder, legal }).toMatchObject({ legal: true })
    model.set(command.appeal, command.kind === 'claim-appeal' ? command.officer : null)
  }
  const stand = await registry.query<{ id: string; holder: string | null }>(
    'SELECT id, lease_officer AS holder FROM appeal WHERE id = ANY($1)',
    [appeals],
  )
  expect(new Map(stand.map((a) => [a.id, a.holder]))).toEqual(model)
}
