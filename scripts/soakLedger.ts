// docs/soak.md: what soaks found so far, one line for each suite of each run that was asked to record, and their sums.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './checkout.mjs'
import { SUITES, type Suite } from './soakSuites.ts'

const FILE = join(ROOT, 'docs/soak.md')

/** What was found, in whole numbers. */
export interface Found {
  cases: number
  lost: number
  doubled: number
  gaps: number
  halfApplied: number
  /** Rounds whose suite failed, whatever it counted. */
  failed: number
  minutes: number
}

/** What one run did of one suite. Rounds are numbered through all runs, and a round's number is its seed: no share repeats another. */
export interface Entry extends Found {
  readonly date: string
  readonly commit: string
  readonly suite: string
  first: number
  last: number
}

const COLUMNS = ['cases', 'lost', 'doubled', 'gaps', 'halfApplied', 'failed'] as const
const LINE =
  /^\| (\d{4}-\d\d-\d\d) \| (\S+) \| (\S+) \| (\d+)-(\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| ([\d.]+) \|$/

export const nothing = (): Found => ({ cases: 0, lost: 0, doubled: 0, gaps: 0, halfApplied: 0, failed: 0, minutes: 0 })

export function add(to: Found, more: Found): void {
  for (const column of [...COLUMNS, 'minutes'] as const) to[column] += more[column]
}

/** The commit that is tried; with a plus where product or tests differ from it. */
export function commitTried(): string {
  const git = (...words: string[]): string => execFileSync('git', words, { cwd: ROOT, encoding: 'utf8' }).trim()
  return git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', 'src', 'test') ? '+' : '')
}

/** All entries of the ledger. @throws Error for a line that it cannot read: nothing that was counted is passed over */
export function entries(): Entry[] {
  if (!existsSync(FILE)) return []
  const lines = readFileSync(FILE, 'utf8').split('\n')
  const found: Entry[] = []
  for (const line of lines.filter((text) => /^\| \d/.test(text))) {
    const [, date = '', commit = '', suite = '', ...numbers] = LINE.exec(line) ?? []
    if (!date) throw new Error(`docs/soak.md: ${line}`)
    const [first = 0, last = 0, cases = 0, lost = 0, doubled = 0, gaps = 0, halfApplied = 0, failed = 0, minutes = 0] =
      numbers.map(Number)
    found.push({ date, commit, suite, first, last, cases, lost, doubled, gaps, halfApplied, failed, minutes })
  }
  return found
}

/** What all entries of a suite found together. */
export function sumOf(all: readonly Entry[], suite: string): Found {
  const sum = nothing()
  for (const entry of all) if (entry.suite === suite) add(sum, entry)
  return sum
}

/** Number of the first round that no entry has. */
export const nextRound = (all: readonly Entry[], suite: string): number =>
  Math.max(0, ...all.filter((entry) => entry.suite === suite).map((entry) => entry.last)) + 1

/** Sums of all suites against what is wanted, as lines of a Markdown table. */
export function sumTable(all: readonly Entry[]): string {
  const rows = SUITES.map(({ name, wanted }) => {
    const sum = sumOf(all, name)
    return `| ${name} | ${wanted} | ${COLUMNS.map((column) => sum[column]).join(' | ')} |`
  })
  return [
    '| suite | wanted | done | lost | doubled | gaps | half-applied | failed rounds |',
    '|---|---|---|---|---|---|---|---|',
    ...rows,
  ].join('\n')
}

/** Writes the ledger anew with its sums; whole or not at all. */
export function keep(all: readonly Entry[]): void {
  const rows = all.map(
    (e) =>
      `| ${e.date} | ${e.commit} | ${e.suite} | ${e.first}-${e.last} | ${COLUMNS.map((column) => e[column]).join(' | ')} | ${e.minutes.toFixed(1)} |`,
  )
  const text = [
    '# Faults, summed up\n',
    'Written by `npm run soak -- --record`, which adds what it did to what was done before; by hand only to take out a run.',
    'A round has the seed of its number: `npm run soak -- --only mixed --from 7 --rounds 1` makes the seventh again.',
    'A plus behind a commit: the tree that was tried differed from it. Minutes are those of its rounds, several of which go on at once.\n',
    sumTable(all),
    '\n## Runs\n',
    '| date | commit | suite | rounds | cases | lost | doubled | gaps | half-applied | failed rounds | minutes |',
    '|---|---|---|---|---|---|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
  writeFileSync(`${FILE}.new`, text)
  renameSync(`${FILE}.new`, FILE)
}

/** The suite's sum against what is wanted: less is behind. */
export const progress = (suite: Suite, all: readonly Entry[]): number => sumOf(all, suite.name).cases / suite.wanted
