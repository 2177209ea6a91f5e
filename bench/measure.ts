import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'

export interface Measured {
  readonly name: string
  readonly cpu: number
  readonly wall: number
  /** Highest resident memory of the process, MB. */
  readonly memory: number
  readonly rows: number
  readonly check: number
}

/** Runs one job of a module in a process of its own and takes the whole of its CPU time, start-up included. */
export function measure(module: string, name: string, path: string, rows: number): Measured {
  const script = fileURLToPath(import.meta.url)
  const output = execFileSync(
    process.execPath,
    ['--max-old-space-size=16384', script, module, name, path, String(rows)],
    {
      encoding: 'utf8',
      maxBuffer: 1 << 26,
      // What is shipped needs no types stripped at every start.
      env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'bench-compile-cache') },
    },
  )
  return { name, ...(JSON.parse(output.trim().split('\n').at(-1) as string) as Omit<Measured, 'name'>) }
}

/** The same for a Python program, measured by itself. */
export function measurePython(name: string, program: string, path: string): Measured {
  const measured = `
import resource, time, json, sys
start = time.time()
${program}
usage = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({'cpu': usage.ru_utime + usage.ru_stime, 'wall': time.time() - start, 'memory': usage.ru_maxrss / 1024, 'rows': rows, 'check': check}))
`
  return {
    name,
    ...(JSON.parse(execFileSync('python3', ['-c', measured, path], { encoding: 'utf8' })) as Omit<Measured, 'name'>),
  }
}

/** The same for another program, with what stands on its standard input; Python only takes its time. */
export function measureCommand(name: string, command: readonly string[], input: string, rows: number): Measured {
  const measured = `
import json, resource, subprocess, sys, time
start = time.time()
subprocess.run(${JSON.stringify(command)}, input=sys.stdin.read(), text=True, check=True)
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({'cpu': usage.ru_utime + usage.ru_stime, 'wall': time.time() - start, 'memory': usage.ru_maxrss / 1024}))
`
  const output = execFileSync('python3', ['-c', measured], { encoding: 'utf8', input })
  return { name, rows, check: 0, ...(JSON.parse(output.trim().split('\n').at(-1) as string) as object) } as Measured
}

/** Prints measurements as a table, each as a ratio to the named ones. */
export function printTable(title: string, measured: readonly Measured[], against: readonly string[]): void {
  console.log(`\n## ${title}\n`)
  console.log(`| | CPU s | wall s | MB | ${against.map((name) => `× ${name}`).join(' | ')} |`)
  console.log(`|---|---|---|---|${against.map(() => '---').join('|')}|`)
  for (const { name, cpu, wall, memory } of measured) {
    const ratios = against.map((base) => {
      const other = measured.find((one) => one.name === base)
      return other === undefined ? '–' : (cpu / other.cpu).toFixed(2)
    })
    console.log(`| ${name} | ${cpu.toFixed(2)} | ${wall.toFixed(2)} | ${Math.round(memory)} | ${ratios.join(' | ')} |`)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [module, name, path, rows] = process.argv.slice(2) as [string, string, string, string]
  const { JOBS } = (await import(module)) as { JOBS: Record<string, (path: string, rows: number) => Promise<object>> }
  const start = performance.now()
  const found = await (JOBS[name] as (path: string, rows: number) => Promise<object>)(path, Number(rows))
  const wall = (performance.now() - start) / 1000
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  console.log(JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1e6, wall, memory: maxRSS / 1024, ...found }))
}
