#!/usr/bin/env node
// Sets up what a fresh machine lacks: dependencies, system packages, Electron. Runs under the system's Node before `npm ci`.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { NODE24, ROOT } from './checkout.mjs'
import { electronDist } from './electron-runtime.mjs'
import { ensureSystemPackages, hasDisplay, installReaders } from './system-packages.mjs'

const OLDEST_NODE = [20, 19]

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
    throw new Error(`Node ${OLDEST_NODE.join('.')} or newer is needed; this is ${process.versions.node}.`)
  }
}

/** Whether node_modules holds what the lock file says. npm keeps its own copy of the lock there, which it writes last. */
function isInstalled() {
  const installedLock = join(ROOT, 'node_modules/.package-lock.json')
  if (!existsSync(installedLock) || !existsSync(NODE24)) return false
  const wanted = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages
  const installed = JSON.parse(readFileSync(installedLock, 'utf8')).packages
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true
    const found = installed[path]
    return found ? found.version === version : Boolean(optional)
  })
}

/** Installs the dependencies when they are missing or the lock file changed. */
export function installDependencies() {
  checkNode()
  if (isInstalled()) return
  console.error('dependencies: npm ci')
  const npm = spawnSync(
    process.platform === 'win32' ? 'npm.cmd' : 'npm',
    ['ci', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: ROOT,
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
    },
  )
  if (npm.status !== 0 || !isInstalled()) throw new Error('npm ci failed; its messages are above')
}

/**
 * Sets the machine up. Quick when nothing is missing.
 * @param {{needsScreen?: boolean}} [wanted] whether a virtual screen is needed (by default where there is no display)
 * @returns {Promise<{electron: string}>} the dist folder of Electron
 */
export async function setUp({ needsScreen = !hasDisplay() } = {}) {
  installDependencies()
  ensureSystemPackages({ needsScreen })
  // large, and wanted by a few tests only
  if (process.env.CI) installReaders()
  return { electron: await electronDist() }
}

/** Runs a script's main part; a failure is told in one line, without a stack. @param {() => Promise<void>} main */
export async function tellFailure(main) {
  try {
    await main()
  } catch (error) {
    console.error(`\n${error.message}`)
    process.exit(1)
  }
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await tellFailure(async () => {
    const { electron } = await setUp()
    console.error(`ready; Electron is in ${electron}`)
  })
}
