import { existsSync, readFileSync } from 'node:fs'
import type { ElectronApplication } from '@playwright/test'

/** Highest resident memory of the desk's engine process so far, MB; NaN where the system does not tell (only Linux does). */
export async function enginePeak(app: ElectronApplication): Promise<number> {
  const main = await app.evaluate(() => process.pid)
  const children = `/proc/${main}/task/${main}/children`
  if (!existsSync(children)) return Number.NaN
  const engine = readFileSync(children, 'utf8')
    .trim()
    .split(' ')
    .find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('engine/index.js'))
  if (!engine) return Number.NaN
  const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${engine}/status`, 'utf8')) ?? []
  return Number(kilobytes) / 1024
}
