import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startCluster } from '../../src/registry/embedded/cluster.ts'

/** Starts the PostgreSQL of this test run; `TAMGA_TEST_POSTGRES` names one that runs already. */
export async function setup(): Promise<() => Promise<void>> {
  if (process.env.TAMGA_TEST_POSTGRES) return async () => undefined
  const folder = await mkdtemp(join(tmpdir(), 'tamga-postgres-'))
  await chmod(folder, 0o755)
  const cluster = await startCluster(folder)
  process.env.TAMGA_TEST_POSTGRES = cluster.url('postgres')
  return async () => {
    await cluster.stop()
    delete process.env.TAMGA_TEST_POSTGRES
    await rm(folder, { recursive: true, force: true })
  }
}
