import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import type { Seen } from './fullDisk/steps.ts'

const RUN = join(import.meta.dirname, 'fullDisk/run.ts')

/** How this account may mount a file system that nobody else sees; null: not at all. */
function ownMounts(): readonly string[] | null {
  for (const words of [['--mount'], ['--map-root-user', '--mount']]) {
    try {
      execFileSync('unshare', [...words, 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' })
      return words
    } catch {
      // this one is not allowed here
    }
  }
  return null
}

async function stepsOf(command: string, words: readonly string[]): Promise<Seen[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tamga-disks-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const { stdout } = await promisify(execFile)(command, [...words, folder], { maxBuffer: 1e7 })
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Seen)
}

function expectAll(seen: readonly Seen[]): void {
  expect(seen.map(({ step, found }) => ({ step, found }))).toEqual(
    seen.map(({ step, wanted }) => ({ step, found: wanted })),
  )
  expect(seen.length).toBeGreaterThan(20)
}

const mounts = ownMounts()
const onSmallDisk = ['sh', '-c', '"$0" "$1" "$2" file-system', process.execPath, RUN]
const underQuota = ['-c', `trap '' XFSZ; exec "$0" "$1" "$2" limit`, process.execPath, RUN]
/** Where nothing may be mounted, the limit on files is what can be had. */
const DISKS: readonly (readonly [what: string, command: string, words: readonly string[]])[] = [
  ...(mounts ? [['a disk that is full', 'unshare', [...mounts, ...onSmallDisk]] as const] : []),
  ['a quota that is used up', 'sh', underQuota],
]

test.each(DISKS)(
  'with %s desk and registry stop safely, say so, and go on once there is room',
  async (...[, command, words]) => {
    expectAll(await stepsOf(command, words))
  },
)
