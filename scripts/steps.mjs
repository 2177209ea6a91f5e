import { spawn } from 'node:child_process'
import { ROOT, toolEnvironment } from './checkout.mjs'

/**
 * @typedef {{name: string, command: string[], env?: Record<string, string>, after?: (ok: boolean) => Promise<Counted> | Counted}} Step
 * @typedef {{passed: number, failed: number}} Counted
 * @typedef {{name: string, ok: boolean, seconds: number, counted?: Counted}} Outcome
 */

/** Runs one step and shows its output as it comes, or, when `quiet`, only if it fails. @param {Step} step @returns {Promise<Outcome>} */
async function runStep(step, quiet) {
  const started = performance.now()
  const [command, ...rest] = step.command
  const output = []
  const ok = await new Promise((done) => {
    const child = spawn(command, rest, {
      cwd: ROOT,
      env: toolEnvironment(step.env),
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    })
    child.stdout?.on('data', (chunk) => output.push(chunk))
    child.stderr?.on('data', (chunk) => output.push(chunk))
    child.on('error', (error) => {
      output.push(Buffer.from(`${error.message}\n`))
      done(false)
    })
    child.on('close', (code) => done(code === 0))
  })
  if (quiet && !ok) process.stdout.write(`\n--- ${step.name}\n${Buffer.concat(output)}`)
  const counted = await step.after?.(ok)
  const seconds = (performance.now() - started) / 1000
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${step.name} (${seconds.toFixed(1)} s)`)
  return { name: step.name, ok, seconds, ...(counted && { counted }) }
}

/** Runs steps one after another, all of them whatever fails. @param {Step[]} steps @returns {Promise<Outcome[]>} */
export async function inOrder(steps) {
  const outcomes = []
  for (const step of steps) {
    console.log(`\n=== ${step.name}`)
    outcomes.push(await runStep(step, false))
  }
  return outcomes
}

/** Runs steps two at a time; the output of those that fail is shown. @param {Step[]} steps @returns {Promise<Outcome[]>} */
export async function inPairs(steps) {
  const waiting = [...steps]
  const outcomes = []
  const lane = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) outcomes.push(await runStep(step, true))
  }
  await Promise.all([lane(), lane()])
  return outcomes
}

/** Prints the table of steps. @param {Outcome[]} outcomes */
export function printTable(outcomes) {
  const width = Math.max(...outcomes.map((o) => o.name.length))
  console.log(`\n${'step'.padEnd(width)}  result   seconds  tests`)
  for (const { name, ok, seconds, counted } of outcomes) {
    const tests = counted ? `${counted.passed} passed, ${counted.failed} failed` : ''
    console.log(`${name.padEnd(width)}  ${ok ? 'ok    ' : 'FAILED'}  ${seconds.toFixed(1).padStart(8)}  ${tests}`)
  }
}
