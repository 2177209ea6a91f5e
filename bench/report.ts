/**
 * Reports over a mirror of a country: figures, files with all rows behind them, and a printed report.
 *   node bench/report.ts [--listings 1000000] [--appeals 500000]
 * Files are given as ratios to exceljs' streaming writer and to `sqlite3 -csv` over the same rows in clear, in the same run.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type Measured, measure, printTable } from './measure.ts'
import { fillHome, openBenchHome } from './reportCache.ts'

const { values } = parseArgs({
  options: { listings: { type: 'string', default: '1000000' }, appeals: { type: 'string', default: '500000' } },
})
const listings = Number(values.listings)
const folder = mkdtempSync(join(tmpdir(), 'tamga-report-bench-'))
const jobs = fileURLToPath(new URL('./reportJobs.ts', import.meta.url))
const job = (name: string, rows = 0): Measured => measure(jobs, name, folder, rows)

/** What `sqlite3 -csv` takes for the same rows from a file that is not encrypted; null where it is not installed. */
function sqliteCsv(): Measured | null {
  if (spawnSync('sqlite3', ['-version']).status !== 0) return null
  const plain = join(folder, 'plain.db')
  const fill = `CREATE TABLE row(imei TEXT, reason TEXT, since TEXT, deadline TEXT, brand TEXT, model TEXT, operator TEXT, importer TEXT);
    WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${Math.round((listings * 7) / 8) - 1})
    INSERT INTO row SELECT printf('35%013d', i), 'растау күтілуде', '2025-03-0' || (i % 9 + 1), '2025-04-0' || (i % 9 + 1), 'Brand ' || (i % 60),
      'Brand ' || (i % 60) || ' Model ' || (i % 2000), 'Kcell', '040540000017' FROM n;`
  execFileSync('sqlite3', [plain, fill])
  const program = `import json, resource, subprocess, sys, time
start = time.time()
subprocess.run(['sqlite3', '-csv', '-header', sys.argv[1], 'SELECT * FROM row ORDER BY imei'], stdout=open(sys.argv[2], 'w'), check=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([used.ru_utime + used.ru_stime, time.time() - start, used.ru_maxrss / 1024]))`
  const answer = execFileSync('python3', ['-c', program, plain, join(folder, 'plain.csv')], { encoding: 'utf8' })
  const [cpu, wall, memory] = JSON.parse(answer) as [number, number, number]
  return { name: 'sqlite3 -csv', cpu, wall, memory, rows: listings, check: 0 }
}

try {
  const home = openBenchHome(folder)
  fillHome(home, listings, Number(values.appeals))
  home.close()
  console.log(`${listings} listings, ${values.appeals} appeals; load ${loadavg()[0]?.toFixed(1)}`)
  const figures = job('figures') as Measured & { times: Record<string, [number, number]> }
  console.log('\n| figures, encrypted cache | wall ms | CPU ms |\n|---|---|---|')
  for (const [name, [wall, cpu]] of Object.entries(figures.times))
    console.log(`| ${name} | ${Math.round(wall * 1000)} | ${Math.round(cpu * 1000)} |`)
  const pdf = job('pdf', 30) as Measured & { seconds: number }
  console.log(
    `\nPDF of 30 pages: ${pdf.seconds.toFixed(2)} s (limit 3), process ${pdf.cpu.toFixed(2)} CPU s, ${Math.round(pdf.memory)} MB`,
  )
  const sqlite = sqliteCsv()
  const measured = [job('xlsx'), job('exceljs'), job('csv'), ...(sqlite ? [sqlite] : [])]
  printTable(`Every grey IMEI with 8 columns: ${measured[0]?.rows} rows`, measured, ['exceljs', 'sqlite3 -csv'])
  console.log(`\nload at the end ${loadavg()[0]?.toFixed(1)}`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
