import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PRACTICE_KEY_FILE } from '../../../src/contract/host.ts'
import { openHome } from '../../../src/engine/db/home.ts'
import { FEATURE_MIGRATIONS } from '../../../src/engine/featureMigrations.ts'

/**
 * Run under Node 24 as `ageMirror.ts HOME SECONDS` while the desk is closed: the registry last answered so long ago.
 */
const [home = '', seconds = ''] = process.argv.slice(2)
const keyHex = readFileSync(join(home, PRACTICE_KEY_FILE), 'utf8').trim()
const opened = openHome(home, keyHex, FEATURE_MIGRATIONS)
const synced = new Date(Date.now() - Number(seconds) * 1000).toISOString()
opened.cache.write((tx) => tx.run('UPDATE cursor SET synced_at = ?', synced))
opened.close()
