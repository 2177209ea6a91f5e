import { createHash } from 'node:crypto'
import { cp, mkdir, readdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { trouble } from '../../domain/problem.ts'
import type { Account } from './account.ts'

/** Where things go that another user must reach although the wished place is closed to him (root's home is). */
const SHARED = '/var/lib/tamga'

/** Whether the account may pass through every folder down to `path`; parts that do not exist yet will be ours to make. */
async function reachable(path: string, account: Account): Promise<boolean> {
  if (!account) return true
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    const seen = await stat(folder).catch((e: NodeJS.ErrnoException) => {
      if (e.code === 'ENOENT') return null
      throw e
    })
    if (seen?.isDirectory() && (seen.mode & passBit(seen, account)) === 0) return false
    if (folder === dirname(folder)) return true
  }
}

const passBit = (folder: { uid: number; gid: number }, account: NonNullable<Account>): number =>
  folder.uid === account.uid ? 0o100 : folder.gid === account.gid ? 0o010 : 0o001

/**
 * The folder for the cluster of a registry's data: inside it, or elsewhere under a name made of it.
 * @throws ProblemError `database-out-of-reach` when the data has a cluster that the account may not enter: a new one would be empty
 */
export async function clusterFolder(data: string, account: Account): Promise<string> {
  await mkdir(data, { recursive: true, mode: 0o755 })
  const wished = join(await realpath(data), 'postgres')
  if (await reachable(wished, account)) return wished
  await removeForsaken()
  const folder = join(SHARED, createHash('sha256').update(wished).digest('hex').slice(0, 16))
  const cluster = join(folder, 'postgres')
  if ((await isThere(join(wished, 'PG_VERSION'))) && !(await isThere(cluster)))
    throw trouble('database-out-of-reach', { folder: wished })
  await mkdir(folder, { recursive: true, mode: 0o755 })
  await writeFile(join(folder, ORIGIN), wished)
  return cluster
}

/** Names the data folder a cluster elsewhere belongs to. */
const ORIGIN = 'belongs-to'

/** Removes clusters whose data folder was a temporary one and is gone; of any other folder nobody knows that it will not come back. */
async function removeForsaken(): Promise<void> {
  const folders = await readdir(SHARED).catch(() => [])
  for (const name of folders) {
    const origin = await readFile(join(SHARED, name, ORIGIN), 'utf8').catch(() => '')
    if (!origin.startsWith(join(tmpdir(), '/')) || (await isThere(dirname(origin)))) continue
    await rm(join(SHARED, name), { recursive: true, force: true })
  }
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

/** The folder of PostgreSQL's programs; copied once when the account cannot reach the checkout. */
export async function reachablePrograms(native: string, version: string, account: Account): Promise<string> {
  if (await reachable(native, account)) return native
  const copy = join(SHARED, `postgresql-${version}`)
  if (await isThere(join(copy, 'bin/postgres'))) return copy
  const fresh = `${copy}.${process.pid}`
  await mkdir(SHARED, { recursive: true, mode: 0o755 })
  await rm(fresh, { recursive: true, force: true })
  await cp(native, fresh, { recursive: true, verbatimSymlinks: true })
  await rename(fresh, copy).catch(async (e: NodeJS.ErrnoException) => {
    // another process was faster: its copy is as good
    if (e.code !== 'ENOTEMPTY' && e.code !== 'EEXIST') throw e
    await rm(join(SHARED, basename(fresh)), { recursive: true, force: true })
  })
  return copy
}
