import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

type Aimed = 'desk' | 'registry'

/** Says at which of its moments (see moments.ts) a desk or a registry is stopped or killed. Made before the processes are started. */
export class Aim {
  readonly #folder: string

  /** @param folder an empty one; processes that this one starts from now on count their moments there */
  constructor(folder: string) {
    this.#folder = folder
    const preload = `--import=${pathToFileURL(join(import.meta.dirname, 'moments.ts')).href}`
    process.env.NODE_OPTIONS = [process.env.NODE_OPTIONS ?? '', preload].join(' ').trim()
    process.env.TAMGA_MOMENTS = folder
    for (const who of ['desk', 'registry'] as const) this.at(who, [])
  }

  /** Counts from 0 again, and stops at each of these moments but the last, which kills where `kills`. */
  at(who: Aimed, moments: readonly number[], kills = true): void {
    const last = moments.length - 1
    writeFileSync(
      join(this.#folder, `${who}.aims`),
      moments.map((m, i) => `${i === last && kills ? 'k' : 's'}${m}`).join(' '),
    )
    writeFileSync(join(this.#folder, `${who}.count`), '')
  }

  /** Moments since then. */
  passed(who: Aimed): number {
    return statSync(join(this.#folder, `${who}.count`)).size
  }
}

/** Whether a process stands still: each of its threads was stopped. */
export function isStopped(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.charAt(stat.lastIndexOf(')') + 2) === 'T'
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return false
    throw error
  }
}
