// `npm run model`: has Spin walk every state of docs/model/sync.pml within its bounds, and shows that each mutant is caught.
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from './checkout.mjs'

const BOUNDS = [
  { commands: 1, faults: 2, restores: 0 },
  { commands: 2, faults: 1, restores: 0 },
  { commands: 1, faults: 1, restores: 1 },
]
/** A mutant and the smallest bounds that show it. */
const MUTANTS = [
  { name: 'NUMBER_EARLY', commands: 1, faults: 1, restores: 0 },
  { name: 'NO_COMMAND_ROW', commands: 1, faults: 1, restores: 0 },
  { name: 'CURSOR_FIRST', commands: 1, faults: 1, restores: 0 },
  { name: 'FORGET_SENDING', commands: 1, faults: 2, restores: 0 },
  { name: 'NO_OFFER_AGAIN', commands: 1, faults: 0, restores: 1 },
  { name: 'ANSWER_NAMES_NO_EPOCH', commands: 1, faults: 2, restores: 1 },
]
const LIMIT_MS = 300_000

for (const program of ['spin', 'gcc'])
  if (spawnSync('which', [program]).status !== 0) {
    console.error(`${program} is missing: apt-get install spin gcc libc6-dev`)
    process.exit(2)
  }

const folder = mkdtempSync(join(tmpdir(), 'tamga-model-'))
copyFileSync(join(ROOT, 'docs/model/sync.pml'), join(folder, 'sync.pml'))

function run(program, args) {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, encoding: 'utf8', timeout: LIMIT_MS })
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stdout}${stderr}`)
  return stdout
}

/** Number of states, and the violation that was found, if any. */
function check({ name, commands, faults, restores }) {
  const defines = [`-DEACH=${commands}`, `-DFAULTS=${faults}`, `-DRESTORES=${restores}`, ...(name ? [`-D${name}`] : [])]
  run('spin', [...defines, '-a', 'sync.pml'])
  run('gcc', ['-O2', '-w', '-DSAFETY', '-DCOLLAPSE', '-o', 'pan', 'pan.c'])
  const text = run('./pan', ['-m100000'])
  if (/max search depth too small|out of memory/.test(text)) throw new Error(text)
  return {
    states: Number(/([\d.e+]+) states, stored/.exec(text)?.[1]),
    found: /pan:1: (.*?) \(at depth/.exec(text)?.[1] ?? null,
  }
}

let wrong = 0
console.log('variant                 commands  faults  restores     states  seconds  found')
for (const variant of [...BOUNDS, ...MUTANTS]) {
  const begun = performance.now()
  const { states, found } = check(variant)
  const seconds = ((performance.now() - begun) / 1000).toFixed(1)
  const ok = variant.name ? found !== null : found === null
  if (!ok) wrong++
  const cells = [
    (variant.name ?? 'as built').padEnd(22),
    String(variant.commands * 2).padStart(9),
    String(variant.faults).padStart(7),
    String(variant.restores).padStart(9),
    String(states).padStart(10),
    seconds.padStart(8),
    ` ${found ?? 'nothing'}${ok ? '' : '   <-- WRONG'}`,
  ]
  console.log(cells.join(' '))
}
rmSync(folder, { recursive: true, force: true })
console.log(wrong === 0 ? '\nthe model holds, every mutant is caught' : `\n${wrong} wrong`)
process.exit(wrong === 0 ? 0 : 1)
