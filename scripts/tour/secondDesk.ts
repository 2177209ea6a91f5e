import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { NODE24, ROOT } from '../checkout.mjs'

/** Runs a command of the desk on a home of its own and answers its JSON. */
export type DeskCommand = (...command: string[]) => Promise<unknown>

/** A second desk on the same registry, used by the command line. */
export const secondDesk = (home: string, registry: string): DeskCommand => deskOf(home, registry, 'reviewer2')

/** A desk of an officer, used by the command line. */
export function deskOf(home: string, registry: string, officer: string): DeskCommand {
  return async (...command) => {
    const options = ['--home', home, '--registry', registry, '--as', officer, '--json']
    const { stdout } = await promisify(execFile)(NODE24, ['src/cli/desk.ts', ...command, ...options], { cwd: ROOT })
    return JSON.parse(stdout)
  }
}
