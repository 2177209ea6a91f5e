import type { Officer } from '../../domain/officer.ts'
import { ProblemError, trouble } from '../../domain/problem.ts'
import type { Reader } from '../db/handle.ts'
import { cursorOf } from '../db/mirror.ts'
import type { DeskCore } from '../sync/deskCore.ts'

const fromCache = (cache: Reader): Officer[] =>
  cache.query<Officer>('SELECT id, name, role FROM officer ORDER BY id').all()

/** Officers with whom the registry would let this desk sign in: its directory when it answers, else those the desk knows. */
export async function officersOf(desk: DeskCore): Promise<Officer[]> {
  if (desk.link.client) {
    try {
      await desk.link.connect()
      return await desk.link.required().officers()
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
    }
  }
  const known = new Map<string, Officer>()
  for (const officer of [...remembered(desk.home.desk.read), ...fromCache(desk.home.cache.read)])
    known.set(officer.id, officer)
  return [...known.values()].sort((a, b) => a.id.localeCompare(b.id, 'en'))
}

const remembered = (store: Reader): Officer[] =>
  store.query<Officer>('SELECT id, name, role FROM known_officer ORDER BY id').all()

/**
 * Signs an officer in. The registry says who he is; while it cannot be reached, an officer who has signed in on this desk before is
 * taken with the role he had (in a desk of sample data, any that its mirror knows).
 */
export async function signIn(desk: DeskCore, id: string): Promise<Officer> {
  const officer = (await askRegistry(desk, id)) ?? offline(desk, id)
  desk.home.desk.write((tx) =>
    tx.run(
      `INSERT INTO known_officer(id, name, role, signed_in_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role, signed_in_at = excluded.signed_in_at`,
      officer.id,
      officer.name,
      officer.role,
      desk.now(),
    ),
  )
  desk.signIn(officer)
  return officer
}

/** What answers is not the registry: as good as nobody, also for who signs in on the way. */
const NOT_REACHED: ReadonlySet<string> = new Set(['registry-unreachable', 'registry-not-tamga', 'registry-untrusted'])

async function askRegistry(desk: DeskCore, id: string): Promise<Officer | null> {
  if (!desk.link.client) return null
  try {
    await desk.link.connect()
    return await desk.link.required().signIn(id)
  } catch (error) {
    if (error instanceof ProblemError && NOT_REACHED.has(error.problem.code)) return null
    throw error
  }
}

function offline(desk: DeskCore, id: string): Officer {
  const known = remembered(desk.home.desk.read).find((o) => o.id === id)
  if (known) return known
  const { sample } = cursorOf(desk.home.cache.read)
  const cached = sample ? fromCache(desk.home.cache.read) : []
  const found = cached.find((o) => o.id === id)
  if (found) return found
  if (cached.length > 0) throw trouble('unknown-officer', { officer: id })
  throw trouble('needs-registry', { officer: id })
}
