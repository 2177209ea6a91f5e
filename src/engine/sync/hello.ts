import { z } from 'zod'
import { type Hello, zHello } from '../../contract/registry.ts'
import { trouble } from '../../domain/problem.ts'
import { checkAnswer, otherVersion, unreachable } from './http.ts'

/** What every registry says, whatever its version. */
const zAnyHello = z.object({ protocol: z.object({ min: z.number(), max: z.number() }), epoch: z.string() })

/**
 * The registry's first words. Something else that answers at its address (another program, the sign-in page of a network) is
 * `registry-not-tamga`; a registry whose words are of another version is `registry-version`.
 */
export async function helloOf(registry: string, ask: () => Promise<Response>): Promise<Hello> {
  const response = await ask()
  // a proxy that cannot reach the registry answers in its own words, and so does a registry in trouble
  if (response.status >= 500) await checkAnswer(registry, response)
  const said = jsonOrNull(await textOf(registry, response))
  if (!zAnyHello.safeParse(said).success) throw trouble('registry-not-tamga', { registry })
  const parsed = zHello.safeParse(said)
  if (parsed.success) return parsed.data
  throw otherVersion(parsed.error.issues.map((i) => i.path.join('.')).join(', '))
}

const textOf = async (registry: string, response: Response): Promise<string> =>
  response.text().catch((error: unknown) => {
    throw unreachable(registry, error)
  })

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null // not JSON: nothing a registry says
  }
}
