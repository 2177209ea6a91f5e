import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const EXECUTABLE = {
  win32: 'electron.exe',
  darwin: 'Electron.app/Contents/MacOS/Electron',
}

/** The Electron binary inside a dist folder. @param {string} dist */
export const electronBinary = (dist) => join(dist, EXECUTABLE[process.platform] ?? 'electron')

/** Whether a folder holds an Electron binary. @param {string | undefined} dist */
export const isUsable = (dist) => Boolean(dist) && existsSync(electronBinary(dist))

/** The dist folder that the `electron` package has already downloaded, or undefined. @param {string} root */
export function officialDist(root) {
  const pkg = join(root, 'node_modules/electron')
  const dist = join(pkg, 'dist')
  return existsSync(join(pkg, 'path.txt')) && isUsable(dist) ? dist : undefined
}

/**
 * Lets the `electron` package download its binary, where the network allows.
 * @param {string} root the checkout
 * @param {(message: string) => void} log
 * @returns {Promise<string | undefined>} the dist folder, or undefined when it is not reachable
 */
export async function downloadOfficial(root, log) {
  const install = join(root, 'node_modules/electron/install.js')
  if (!existsSync(install) || process.env.TAMGA_ELECTRON_FALLBACK === '1') return undefined
  const source = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror ?? 'https://github.com/'
  try {
    // probed first, because the download itself retries for minutes
    await fetch(source, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(5000) })
  } catch (error) {
    log(`the official download is not reachable (${error.cause?.code ?? error.name})`)
    return undefined
  }
  const node24 = join(root, 'node_modules/node/bin/node')
  const done = spawnSync(existsSync(node24) ? node24 : process.execPath, [install], {
    stdio: ['ignore', 2, 2],
    timeout: 300_000,
    env: { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: '' },
  })
  return done.status === 0 ? officialDist(root) : undefined
}
