import { parseArgs } from 'node:util'
import { IMPORT_KINDS, type ImportKind } from '../domain/batch.ts'
import { isIsoDate } from '../domain/businessDate.ts'
import { FILE_LANGUAGES, type FileLanguage } from '../sample/files/headers.ts'
import { greyDevices } from '../sample/files/knownDevices.ts'
import { writeSampleFile } from '../sample/files/writeSampleFile.ts'
import { SAMPLE_SEED } from '../sample/sampleSeed.ts'
import { PHOTOGRAPHS, writePapers } from '../sample/writePapers.ts'
import { SheetError } from '../sheet/sheetError.ts'

const USAGE = `npm run -s sample -- --rows N --out FILE [--seed S] [--format xlsx|csv] [--kind ${IMPORT_KINDS.join('|')}]
  [--lang ru|kk|en] [--bad SHARE] [--titles yes|no] [--total yes|no] [--known N] [--today YYYY-MM-DD]

npm run -s sample -- --papers FOLDER [--photograph none|light|heavy] [--appeals 60] [--seed S] [--today YYYY-MM-DD]

The first writes a made-up file as officers get them and prints one JSON with the counts an import of it must show.
The same options give the same file. --known: so many devices that are grey in the small sample registry.
The second draws the papers of the sixty appeals, also as bad photographs, with what stands on them in papers.json.
`

/** Default day of the files: fixed, so that the same seed gives the same file on every day. */
const TODAY = '2025-11-20'

class UsageError extends Error {}

const OPTIONS = {
  rows: { type: 'string' },
  out: { type: 'string' },
  seed: { type: 'string', default: '1' },
  format: { type: 'string' },
  kind: { type: 'string', default: 'customs' },
  lang: { type: 'string', default: 'ru' },
  bad: { type: 'string', default: '0.05' },
  titles: { type: 'string' },
  total: { type: 'string' },
  known: { type: 'string', default: '0' },
  today: { type: 'string', default: TODAY },
  papers: { type: 'string' },
  photograph: { type: 'string', default: 'none' },
  appeals: { type: 'string', default: '60' },
} as const

const parsed = () => {
  try {
    return parseArgs({ options: OPTIONS }).values
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

const oneOf = <T extends string>(name: string, value: string | undefined, allowed: readonly T[]): T => {
  const found = allowed.find((a) => a === value)
  if (found === undefined) throw new UsageError(`--${name}: ${allowed.join(' | ')}`)
  return found
}
const whole = (name: string, value: string | undefined, most: number): number => {
  const n = Number(value)
  if (!Number.isInteger(n) || n < 0 || n > most || value === '') throw new UsageError(`--${name}: 0 … ${most}`)
  return n
}

async function main(): Promise<void> {
  const values = parsed()
  if (!isIsoDate(values.today)) throw new UsageError('--today YYYY-MM-DD')
  if (values.papers !== undefined) {
    const photograph = oneOf('photograph', values.photograph, PHOTOGRAPHS)
    const seed = whole('seed', values.seed, 2_147_483_647)
    const appeals = whole('appeals', values.appeals, 60)
    const papers = await writePapers(values.papers, { seed, today: values.today, photograph, appeals })
    process.stdout.write(`${JSON.stringify({ folder: values.papers, files: papers.length, photograph })}\n`)
    return
  }
  const out = values.out
  if (out === undefined) throw new UsageError('--out FILE')
  const format = oneOf('format', values.format ?? (out.endsWith('.csv') ? 'csv' : 'xlsx'), ['xlsx', 'csv'])
  const seed = whole('seed', values.seed, 2_147_483_647)
  const kind: ImportKind = oneOf('kind', values.kind, IMPORT_KINDS)
  const language: FileLanguage = oneOf('lang', values.lang, FILE_LANGUAGES)
  const bad = Number(values.bad)
  if (!(bad >= 0 && bad <= 1)) throw new UsageError('--bad 0 … 1')
  // some senders put titles and totals into their tables, some do not
  const customs = kind === 'customs' && format === 'xlsx'
  const titles = oneOf('titles', values.titles ?? (customs && seed % 3 !== 0 ? 'yes' : 'no'), ['yes', 'no']) === 'yes'
  const total = oneOf('total', values.total ?? (customs ? 'yes' : 'no'), ['yes', 'no']) === 'yes'
  const known = greyDevices(SAMPLE_SEED, values.today, whole('known', values.known, 200))
  const rows = whole('rows', values.rows, 2_000_000)
  const written = await writeSampleFile(out, kind, {
    ...{ rows, seed, format, language, bad, titles, total, known },
    today: values.today,
  })
  process.stdout.write(`${JSON.stringify(written)}\n`)
}

main().catch((error: unknown) => {
  const usage = error instanceof UsageError
  if (!usage && !(error instanceof SheetError)) throw error
  process.stderr.write(usage ? `${error.message}\n\n${USAGE}` : `${error.code} ${JSON.stringify(error.details)}\n`)
  process.exitCode = usage ? 2 : 1
})
