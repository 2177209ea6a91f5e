// Runs benches one after another at small sizes: `npm run bench [-- name …]`; `npm run bench -- --list` only names them. Larger sizes:
// the benches' own arguments (README.md). Those of the window get a virtual screen where there is none.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { NODE24, ROOT, toolEnvironment } from '../scripts/checkout.mjs'
import { hasDisplay } from '../scripts/system-packages.mjs'

interface Bench {
  readonly name: string
  readonly what: string
  readonly small: readonly string[]
  readonly window?: true
}

const BENCHES: readonly Bench[] = [
  {
    name: 'desk',
    what: 'the real window: start, import of a workbook, calls of the engine; against their limits',
    small: [],
    window: true,
  },
  {
    name: 'review',
    what: 'appeals one after another in the real window: keys, the next appeal, memory; against their limits',
    small: ['--appeals', '60'],
    window: true,
  },
  {
    name: 'queue',
    what: 'the queue of many appeals in the real window: from the click until it is on the screen; against its limit',
    small: ['--appeals', '20000', '--times', '8'],
    window: true,
  },
  {
    name: 'scan',
    what: 'scans of 60 MB in the real window: until they are on the screen, the longest task; against their limits',
    small: [],
    window: true,
  },
  {
    name: 'import',
    what: 'import of a customs workbook in the engine, without a window; cancelled; of growing files',
    small: ['20000', '--all'],
  },
  { name: 'mirror', what: 'applying a large list to the encrypted mirror, and looking up in it', small: ['1'] },
  { name: 'relist', what: 'stored lists after a large batch, against applying it', small: ['--rows', '200000'] },
  {
    name: 'listings',
    what: 'lookup, pasted lists, the lists by any filter and a tried policy over a mirror as large as the country',
    small: ['--tries', '10'],
  },
  { name: 'appeals', what: 'queue of many appeals, one with its comparison, supervision', small: ['30000'] },
  {
    name: 'export',
    what: 'lists for an operator whole and as a change, each in a process of its own; the policy',
    small: ['--black', '20000', '--grey', '80000', '--dossiers', '200000'],
  },
  {
    name: 'report',
    what: 'figures and files of reports over a country',
    small: ['--listings', '60000', '--appeals', '30000'],
  },
  {
    name: 'papers',
    what: 'reading papers by machine, and finding pictures that look alike',
    small: ['--appeals', '6', '--pictures', '100000'],
  },
  { name: 'paper-looks', what: 'pictures known again by their look', small: ['--appeals', '12'] },
  { name: 'registry-commit', what: 'promotion and undo of a batch at the registry', small: ['100000', '100000'] },
  { name: 'registry-figures', what: 'figures of the lists at the registry from their summary', small: ['2'] },
  { name: 'upload', what: 'a batch over HTTP from a desk’s process to a registry’s, promoted whole', small: ['50000'] },
  { name: 'boot', what: 'boot of a new desk from the registry’s snapshot', small: ['200000'] },
  { name: 'feed', what: 'many small events of the feed to a desk', small: ['20000'] },
  { name: 'live', what: 'two desks and 48 clients: a change seen, a batch undone', small: ['50000', '20'] },
  { name: 'lookups', what: 'lookups at the registry', small: ['200000', '5000'] },
  { name: 'sheet-read', what: 'reading spreadsheets', small: ['--rows', '50000'] },
  {
    name: 'sheet-shapes',
    what: 'reading workbooks of many sheets, many columns, many strings',
    small: ['--cells', '300000'],
  },
  { name: 'sheet-write', what: 'writing spreadsheets', small: ['--rows', '50000'] },
]

const { values, positionals } = parseArgs({ options: { list: { type: 'boolean' } }, allowPositionals: true })
const unknown = positionals.filter((name) => !BENCHES.some((bench) => bench.name === name))
for (const { name, what } of BENCHES) if (values.list || unknown.length > 0) console.log(`${name.padEnd(16)} ${what}`)
if (unknown.length > 0) {
  console.error(`\nno such bench: ${unknown.join(', ')}`)
  process.exitCode = 2
} else if (!values.list) {
  for (const bench of BENCHES) if (positionals.length === 0 || positionals.includes(bench.name)) run(bench)
}

function run({ name, what, small, window }: Bench): void {
  console.log(`\n# ${name}: ${what}`)
  const bench = [NODE24, join(ROOT, 'bench', `${name}.ts`), ...small]
  const screen = window && !hasDisplay() ? ['xvfb-run', '-a', '-s', '-screen 0 1600x1000x24'] : []
  const [command = NODE24, ...parameters] = [...screen, ...bench]
  const { status } = spawnSync(command, parameters, { cwd: ROOT, env: toolEnvironment(), stdio: 'inherit' })
  if (status === 0) return
  console.error(`${name} failed`)
  process.exitCode = 1
}
