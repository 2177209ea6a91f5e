import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** User that owns and runs the database; null: the user we are (PostgreSQL only refuses root). */
export type Account = { readonly uid: number; readonly gid: number } | null

const idOf = async (flag: '-u' | '-g'): Promise<number> => Number((await run('id', [flag, 'postgres'])).stdout)

/** As root, the system user `postgres`, made when missing; otherwise null. */
export async function databaseAccount(): Promise<Account> {
  if (process.getuid?.() !== 0) return null
  try {
    return { uid: await idOf('-u'), gid: await idOf('-g') }
  } catch {
    // `id` fails for a user that does not exist
    await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'])
    return { uid: await idOf('-u'), gid: await idOf('-g') }
  }
}
