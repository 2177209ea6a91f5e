import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** What Electron and its screen need of the system; each with the names that Debian and Ubuntu releases give the package. */
const NEEDS = [
  { library: 'libgtk-3.so.0', packages: ['libgtk-3-0', 'libgtk-3-0t64'] },
  { library: 'libnss3.so', packages: ['libnss3'] },
  { library: 'libgbm.so.1', packages: ['libgbm1'] },
  { library: 'libasound.so.2', packages: ['libasound2', 'libasound2t64'] },
  { file: '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf', packages: ['fonts-dejavu-core'] },
]
const SCREEN_NEEDS = [
  { binary: 'Xvfb', packages: ['xvfb'] },
  { binary: 'xauth', packages: ['xauth'] },
]

/** Programs of others that tests read the desk's files with; without them those tests do not run. */
const READERS = [
  { binary: 'soffice', packages: ['libreoffice-calc-nogui', 'libreoffice-calc'] },
  { binary: 'pdftotext', packages: ['poppler-utils'] },
  { binary: 'python3', packages: ['python3-minimal', 'python3'] },
]

const isDebian = () => existsSync('/etc/debian_version')
const isRoot = () => process.getuid?.() === 0

/** Whether windows have a screen to open on. */
export const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const onPath = (binary) =>
  [...(process.env.PATH ?? '').split(delimiter), '/usr/bin'].some((folder) => isExecutable(join(folder, binary)))

function installedLibraries() {
  const listed = spawnSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' })
  return listed.status === 0 ? listed.stdout : ''
}

function missingNeeds(needsScreen) {
  const libraries = installedLibraries()
  return [...NEEDS, ...(needsScreen ? SCREEN_NEEDS : [])].filter((need) => {
    if (need.library) return !libraries.includes(need.library)
    if (need.binary) return !onPath(need.binary)
    return !existsSync(need.file)
  })
}

/** Of a package's names the one that this release of Debian or Ubuntu can install. */
function installableName(names) {
  const known = names.find((name) => {
    const policy = spawnSync('apt-cache', ['policy', name], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } })
    return /Candidate: (?!\(none\))\S/.test(policy.stdout ?? '')
  })
  return known ?? names[0]
}

function apt(...parts) {
  const done = spawnSync('apt-get', ['-o', 'Acquire::Retries=3', '-o', 'DPkg::Lock::Timeout=120', ...parts], {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  return done.status === 0
}

/**
 * Installs the missing system packages on Debian when run as root; otherwise says exactly what to run.
 * @param {{needsScreen: boolean}} wanted whether a virtual screen is needed too
 * @throws with the apt line when something is missing and cannot be installed from here
 */
export function ensureSystemPackages({ needsScreen }) {
  if (process.platform !== 'linux') return
  const missing = missingNeeds(needsScreen)
  if (missing.length === 0) return
  if (!isDebian()) {
    const names = missing.map((need) => need.library ?? need.binary ?? need.file).join(', ')
    throw new Error(`This system lacks: ${names}. Install them with its package manager and start again.`)
  }
  if (isRoot()) {
    console.error(`system: installing ${missing.map((need) => need.packages[0]).join(' ')}`)
    const updated = apt('update', '-q')
    const names = missing.map((need) => installableName(need.packages))
    if (!apt('install', '-y', '-q', '--no-install-recommends', ...names)) {
      throw new Error(`apt-get could not install ${names.join(' ')}${updated ? '' : ' (apt-get update failed too)'}`)
    }
    return
  }
  const names = missing.map((need) => installableName(need.packages))
  throw new Error(`Missing system packages. Run this and start again:\n  sudo apt-get install -y ${names.join(' ')}`)
}

/** Installs the programs that tests read files with, on Debian as root; where that fails it only says which are missing. */
export function installReaders() {
  const missing = READERS.filter((need) => !onPath(need.binary))
  if (missing.length === 0) return
  if (process.platform === 'linux' && isDebian() && isRoot()) {
    apt('update', '-q')
    if (apt('install', '-y', '-q', '--no-install-recommends', ...missing.map((need) => installableName(need.packages))))
      return
  }
  console.error(
    `system: without ${missing.map((need) => need.binary).join(', ')} some files are not read back by others`,
  )
}

/**
 * Chromium's sandbox does not work for root, nor where the kernel gives users no namespaces of their own (many containers);
 * everywhere else it stays on.
 * @returns {string[]} arguments for Electron
 */
export function sandboxArguments() {
  if (process.platform !== 'linux') return []
  if (isRoot()) return ['--no-sandbox']
  const limit = '/proc/sys/kernel/apparmor_restrict_unprivileged_userns'
  const restricted = existsSync(limit) && readFileSync(limit, 'utf8').trim() === '1'
  const works =
    !restricted && spawnSync('unshare', ['--user', '--map-root-user', 'true'], { stdio: 'ignore' }).status === 0
  if (works) return []
  console.error('electron: this system gives users no namespaces, so Chromium runs without its sandbox here')
  return ['--no-sandbox']
}
