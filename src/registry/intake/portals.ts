import { createHash, timingSafeEqual } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { trouble } from '../../domain/problem.ts'

/** Portals that may file appeals: `portals.json` in the registry's folder, each with the hash of its token. */
const zPortals = z.array(z.object({ name: z.string(), tokenSha256: z.string().regex(/^[0-9a-f]{64}$/) }))

/**
 * Lets a portal in by `Authorization: Bearer <token>`. Where only sample data lie, requests without the header pass too; a wrong one
 * never does.
 * @throws ProblemError `portal-unknown`
 */
export async function checkPortal(folder: string, authorization: string | undefined, sample: boolean): Promise<void> {
  if (authorization === undefined && sample) return
  const [, token] = /^Bearer ([\w.~+/-]{16,400}=*)$/.exec(authorization ?? '') ?? []
  if (!token) throw trouble('portal-unknown', {})
  const hash = createHash('sha256').update(token).digest()
  const known = (await portals(folder)).some((p) => timingSafeEqual(Buffer.from(p.tokenSha256, 'hex'), hash))
  if (!known) throw trouble('portal-unknown', {})
}

async function portals(folder: string): Promise<z.infer<typeof zPortals>> {
  try {
    return zPortals.parse(JSON.parse(await readFile(join(folder, 'portals.json'), 'utf8')))
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw e
  }
}
