import type { z } from 'zod'
import type { zHolders } from '../../contract/registry/clones.ts'
import { trouble } from '../../domain/problem.ts'
import type { DeskCore } from '../sync/deskCore.ts'

/** Everybody who used the IMEI of a case. Raw observations are at the registry only; throws `needs-registry` without one. */
export async function rivalsOf(desk: DeskCore, id: string): Promise<z.infer<typeof zHolders>> {
  const { client } = desk.link
  if (!client) throw trouble('needs-registry', {})
  return client.rivals(id)
}
