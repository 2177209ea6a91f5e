import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import papaparse from 'papaparse'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { REPORTS } from '../../../src/contract/engine/report.ts'
import { formatNumber } from '../../../src/contract/format.ts'
import { reportCalls } from '../../../src/engine/report/reportCalls.ts'
import { aCountry } from './aCountry.ts'
import { SeededDesk } from './seededDesk.ts'

const has = (program: string): boolean => spawnSync(program, ['--version']).error === undefined
const OFFICE = has('soffice') && has('pdftotext') && has('python3')

const PLAIN = { filters: {}, compareTo: null, rows: false, separator: ';', asOfSeq: null, by: null } as const
const YEAR = { from: '2026-01-01', to: '2026-12-31' }
const LANGUAGES = ['kk', 'ru', 'en'] as const

let seeded: SeededDesk
beforeAll(() => {
  seeded = new SeededDesk()
  aCountry(seeded)
})
afterAll(() => seeded.close())

type Written = Awaited<ReturnType<ReturnType<typeof reportCalls>['report']>> & { readonly language: 'kk' | 'ru' | 'en' }

/** Every report in one format, the languages in turn. */
const all = async (format: 'xlsx' | 'pdf' | 'csv'): Promise<Written[]> => {
  const written: Written[] = []
  for (const [i, report] of REPORTS.entries()) {
    const language = LANGUAGES[i % 3] ?? 'kk'
    const { token } = seeded.target(`${report}.${format}`)
    const calls = reportCalls(seeded.desk)
    written.push({ ...(await calls.report({ ...PLAIN, ...YEAR, report, format, language, target: token })), language })
  }
  return written
}

/** Code and figures of every row with the total last, as texts: what each program has to read back. */
const wanted = ({ table }: Written): string[][] => [
  ...table.rows.map(({ key, values }) => [key.replace(/\p{Cc}/gu, ' '), ...values.map(String)]),
  ['total', ...table.totals.map((value) => (value === null ? '' : String(value)))],
]
const found = (rows: readonly (readonly string[])[], { table }: Written): string[][] =>
  rows
    .slice(1, table.rows.length + 2)
    .map(([, code = '', ...cells]) => [
      code.replace(/^'(?=[=+@-])/, ''),
      ...cells.slice(0, table.measures.length).map(numberText),
    ])
/** 10.0, 1,010 and 1010 as another program shows them, under the C locale. */
const numberText = (cell: string): string => (cell === '' ? '' : String(Number(cell.replaceAll(',', ''))))

/** Converts files with LibreOffice under a profile of its own. */
function converted(to: string, files: readonly string[]): string {
  const out = join(seeded.folder, to.split(':')[0] ?? to)
  mkdirSync(out, { recursive: true })
  const profile = `-env:UserInstallation=${pathToFileURL(join(seeded.folder, 'office')).href}`
  execFileSync('soffice', [profile, '--headless', '--convert-to', to, '--outdir', out, ...files], {
    stdio: 'pipe',
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  })
  return out
}

/** Text CSV of the first sheet: commas, quotes, UTF-8, values rather than what is shown. */
const AS_VALUES = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false'

describe.runIf(OFFICE)('read back by programs of others, figure by figure', () => {
  test('workbooks by LibreOffice, which also draws their charts', { timeout: 180_000 }, async () => {
    const books = await all('xlsx')
    const folder = converted(
      AS_VALUES,
      books.map(({ file }) => file),
    )
    for (const book of books) {
      const text = readFileSync(join(folder, basename(book.file).replace('.xlsx', '.csv')), 'utf8')
      const { data } = papaparse.parse<string[]>(text.replace(/^\ufeff/, ''))
      expect(found(data, book), book.report).toEqual(wanted(book))
    }
    const drawn = books.filter(({ report }) => ['blocklist', 'lists', 'operators'].includes(report))
    const pages = converted(
      'pdf',
      drawn.map(({ file }) => file),
    )
    for (const book of drawn) {
      const text = printed(join(pages, basename(book.file).replace('.xlsx', '.pdf')))
      const label = (book.table.rows[0]?.label ?? '').replace(/\s/g, '')
      // once in its row, once at the chart's axis
      expect(text.split(label).length - 1, `${book.report}: ${label}`).toBeGreaterThan(1)
    }
  })

  test('papers by pdftotext', { timeout: 60_000 }, async () => {
    for (const paper of await all('pdf')) {
      const text = printed(paper.file)
      for (const { values } of paper.table.rows) {
        const row = values.map((value, i) => formatNumber(value, paper.language, paper.table.measures[i]?.decimals))
        expect(text, paper.report).toContain(row.join('').replace(/\s/g, ''))
      }
      expect(text).toContain(paper.fingerprint)
    }
  })

  test('text files by Python', { timeout: 60_000 }, async () => {
    const program = `import csv, json, sys
print(json.dumps([list(csv.reader(open(path, encoding='utf-8-sig', newline=''), delimiter=';')) for path in sys.argv[1:]]))`
    const files = await all('csv')
    const answer = execFileSync('python3', ['-c', program, ...files.map(({ file }) => file)], { encoding: 'utf8' })
    const read = JSON.parse(answer) as string[][][]
    for (const [i, file] of files.entries()) expect(found(read[i] ?? [], file), file.report).toEqual(wanted(file))
  })
})

const printed = (file: string): string =>
  execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).replace(/\s/g, '')
