import { execFileSync } from 'node:child_process'
import { chmodSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** In it nothing can be made, not even by root. */
export const NOTHING_CAN_BE_MADE = '/sys/kernel'
const NOBODY = 65_534

/**
 * Makes a folder one that can only be read, until the answer is called or the test ends: mounted so where this is allowed, else by
 * its rights, and then root can become nobody meanwhile.
 */
export function onlyRead(folder: string, becoming: 'nobody' | 'himself'): () => void {
  const lift = mounted(folder) ?? byRights(folder, becoming)
  let lifted = false
  const once = (): void => {
    if (!lifted) lift()
    lifted = true
  }
  onTestFinished(once)
  return once
}

function mounted(folder: string): (() => void) | null {
  try {
    execFileSync('mount', ['--bind', folder, folder], { stdio: 'ignore' })
  } catch {
    // only root may mount, and in a container not even he
    return null
  }
  const unmount = (): void => void execFileSync('umount', [folder])
  try {
    execFileSync('mount', ['-o', 'remount,bind,ro', folder], { stdio: 'ignore' })
  } catch (error) {
    unmount()
    throw error
  }
  return unmount
}

function byRights(folder: string, becoming: 'nobody' | 'himself'): () => void {
  const files = readdirSync(folder).map((name) => join(folder, name))
  const allow = (file: number, within: number): void => {
    for (const path of files) chmodSync(path, file)
    chmodSync(folder, within)
  }
  const root = becoming === 'nobody' && process.geteuid?.() === 0
  allow(0o444, 0o555)
  if (root) process.seteuid?.(NOBODY)
  return () => {
    if (root) process.seteuid?.(0)
    allow(0o600, 0o700)
  }
}
