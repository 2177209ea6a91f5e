import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { startRegistry } from '../../../scripts/practice.mjs'

/** One registry with sample data serves all tests of the window; each test has a desk of its own. */
export default async function registrySetup(): Promise<() => Promise<void>> {
  // not the system's temporary folder: as root, PostgreSQL runs as another user and must reach its data
  const data = mkdtempSync(join('/var/tmp', 'tamga-e2e-'))
  chmodSync(data, 0o755)
  const registry = await startRegistry({ data: join(data, 'registry') })
  process.env.TAMGA_TEST_REGISTRY = registry.url
  return async () => {
    await registry.stop()
    rmSync(data, { recursive: true, force: true })
  }
}
