// Type-checks every process by its own tsconfig (so that the domain sees no DOM and the window no Node).
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { NODE24, ROOT } from './checkout.mjs'
import { inPairs, printTable } from './steps.mjs'

const compiler = join(ROOT, 'node_modules/typescript7/bin/tsc')
const houses = [...readdirSync(join(ROOT, 'src')).map((house) => `src/${house}`), 'test', 'scripts', 'bench']

/** A folder of which no source exists yet has nothing to check. */
const hasSources = (folder) =>
  existsSync(join(ROOT, folder, 'tsconfig.json')) &&
  readdirSync(join(ROOT, folder), { recursive: true }).some((file) => /\.tsx?$/.test(String(file)))

const wanted = process.argv.slice(2)
const folders = houses.filter(hasSources).filter((folder) => wanted.length === 0 || wanted.includes(folder))
const outcomes = await inPairs(
  folders.map((folder) => ({
    name: folder,
    // what was found out is kept, so that the next run checks only what changed
    command: [
      ...[NODE24, compiler, '-p', folder, '--pretty', 'false'],
      ...['--incremental', '--tsBuildInfoFile', join(ROOT, 'node_modules/.cache/types', `${folder}.json`)],
    ],
  })),
)
printTable(outcomes)
process.exit(outcomes.every((outcome) => outcome.ok) ? 0 : 1)
