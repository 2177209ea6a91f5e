// The practice set: a registry with sample data and desks on it, for `npm start`, the tour and the tests of the window.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { NODE24, ROOT, toolEnvironment } from './checkout.mjs'

/** Where `npm start` keeps its registry and its desk between runs. */
export const PRACTICE_FOLDER = join(ROOT, '.tamga')

/**
 * Starts a registry on its embedded database with sample data and waits until it serves.
 * @param {{data: string, log?: (line: string) => void}} options folder of its data; where its log lines go
 * @returns {Promise<{url: string, stop: () => Promise<void>}>}
 */
export async function startRegistry({ data, log }) {
  const child = spawn(NODE24, ['src/cli/registry.ts', '--data', data, '--sample', 'small', '--port', '0'], {
    cwd: ROOT,
    env: toolEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lastWords = []
  createInterface({ input: child.stderr }).on('line', (line) => {
    lastWords.push(line)
    if (lastWords.length > 30) lastWords.shift()
    log?.(line)
  })
  const exited = new Promise((done) => child.once('exit', done))
  const { url } = await new Promise((serves, fails) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = JSON.parse(line)
      if (said.url) serves(said)
      else fails(new Error(`the registry could not start: ${line}`))
    })
    child.once('error', fails)
    child.once('exit', (code) => fails(new Error(`the registry exited with ${code}:\n${lastWords.join('\n')}`)))
  })
  const stop = async () => {
    child.kill('SIGTERM')
    const patience = setTimeout(() => child.kill('SIGKILL'), 10_000)
    await exited
    clearTimeout(patience)
  }
  return { url, stop }
}
