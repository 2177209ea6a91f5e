#!/usr/bin/env node
// `npm start`: sets up, builds what changed, starts a registry with sample data and opens the desk on it. Without a display, or with
// `--tour`, the desk walks the main job by itself and leaves files and screenshots in ./tour/. Other arguments go to the desk.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { NODE24, ROOT, toolEnvironment } from './checkout.mjs'
import { electronBinary } from './electron/official.mjs'
import { PRACTICE_FOLDER, startRegistry } from './practice.mjs'
import { setUp, tellFailure } from './setup.mjs'
import { hasDisplay, sandboxArguments } from './system-packages.mjs'

const deskArguments = process.argv.slice(2).filter((argument) => argument !== '--tour')
const tour = process.argv.includes('--tour') || !hasDisplay()

/** Runs a command to its end. @returns {Promise<number>} its exit code */
function run(command, parameters, environment = {}) {
  const child = spawn(command, parameters, { cwd: ROOT, env: toolEnvironment(environment), stdio: 'inherit' })
  const pass = (signal) => child.kill(signal)
  process.on('SIGINT', pass).on('SIGTERM', pass)
  return new Promise((done, fail) => {
    child.once('error', fail)
    child.once('exit', (code) => {
      process.off('SIGINT', pass).off('SIGTERM', pass)
      done(code ?? 1)
    })
  })
}

await tellFailure(async () => {
  const started = performance.now()
  const { electron } = await setUp()
  if ((await run(NODE24, ['scripts/build.ts'])) !== 0) throw new Error('The build failed; its messages are above.')

  if (tour) {
    const walk = [NODE24, 'scripts/tour.ts', ...deskArguments]
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    console.error(
      `ready after ${seconds} s; ${hasDisplay() ? 'touring' : 'no display, so the desk runs on a virtual screen'}`,
    )
    const [command, ...parameters] = hasDisplay() ? walk : ['xvfb-run', '-a', '-s', '-screen 0 1600x1000x24', ...walk]
    process.exitCode = await run(command, parameters, { ELECTRON_OVERRIDE_DIST_PATH: electron })
    return
  }

  const registry = await startRegistry({ data: join(PRACTICE_FOLDER, 'registry') })
  try {
    console.error(`the practice registry serves at ${registry.url}`)
    process.exitCode = await run(electronBinary(electron), [
      ...sandboxArguments(),
      ROOT,
      '--practice',
      ...['--home', join(PRACTICE_FOLDER, 'desk')],
      ...['--registry', registry.url],
      ...deskArguments,
    ])
  } finally {
    await registry.stop()
  }
})
