import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { REPORTS } from '../../src/contract/engine/report.ts'
import { type RunningRegistry, startRegistry } from '../../src/registry/start.ts'
import { customsCsv, desk, imei, temporaryFolder } from './deskProcess.ts'

const folder = temporaryFolder()
const at = (name: string): string => join(folder.path, name)
let registry: RunningRegistry
beforeAll(async () => {
  registry = await startRegistry({ data: at('registry'), port: 0, sample: 'small', log: 'silent' })
})
afterAll(async () => {
  await registry.stop()
  folder.remove()
})
const on = (home: string, officer: string, words: readonly string[]) =>
  desk([...words, '--home', at(home), '--registry', registry.url, '--as', officer, '--json'])
const online = (...words: string[]) => on('home', 'auditor', words)

const EVER = ['--from', '2020-01-01', '--to', '2030-12-31']

test('every report of the catalogue is written without a window, and its file is genuine', async () => {
  for (const [i, report] of REPORTS.entries()) {
    const format = ['csv', 'xlsx', 'pdf'][i % 3] ?? 'csv'
    const out = at(`${report}.${format}`)
    const { code, json } = await online('report', report, ...EVER, '--format', format, '--out', out, '--lang', 'kk')
    expect({ report, code }).toEqual({ report, code: 0 })
    expect(json.table.measures.length, report).toBeGreaterThan(0)
    const verdict = (await online('verify-report', out)).json
    expect(verdict).toMatchObject({ genuine: true, report, seq: json.seq, signature: 'own', sameFigures: true })
  }
}, 240_000)

test('the registry counts the same from its own summary, as of every number', async () => {
  const write = (report: string, by: string, ...more: string[]) =>
    online('report', report, ...EVER, '--by', by, '--check-registry', '--format', 'csv', '--out', at('r.csv'), ...more)
  for (const [report, by] of [
    ['blocklist', 'reason'],
    ['blocklist', 'month'],
    ['grey-clocks', 'clock'],
  ] as const) {
    const { json } = await write(report, by)
    expect(json.figures.total).toBeGreaterThan(50)
    expect(json.registry).toMatchObject({ agrees: true, total: json.figures.total })
  }
  const then = (await write('grey-clocks', 'reason')).json
  const file = customsCsv(at('customs.csv'), [imei(1), imei(2)])
  await on('importer', 'importer', ['import', file, '--kind', 'customs'])
  const again = (await write('grey-clocks', 'reason', '--as-of', String(then.seq))).json
  expect(again.figures).toEqual(then.figures)
  expect(again.registry).toEqual(then.registry)
  expect((await write('blocklist', 'brand')).json.problem.code).toBe('report-unknown')
}, 120_000)

test('a report is kept, run again, shared with another desk and dropped by its name', async () => {
  expect((await online('reports')).json).toEqual([])
  const question = ['blocklist', ...EVER, '--by', 'month', '--filter', 'reason=stolen']
  expect((await online('reports', 'save', 'Stolen by month', ...question)).json).toMatchObject({ state: 'saved' })
  expect((await online('reports')).json).toMatchObject([{ name: 'Stolen by month', shared: false, by: 'auditor' }])

  const out = at('saved.csv')
  const run = (await online('reports', 'run', 'Stolen by month', '--format', 'csv', '--out', out)).json
  const asked = (await online('report', ...question, '--format', 'csv', '--out', at('asked.csv'))).json
  expect(run.figures).toEqual(asked.figures)
  expect(run.figures.total).toBeGreaterThan(0)

  expect((await online('reports', 'share', 'Stolen by month')).json).toMatchObject({ state: 'shared' })
  const there = () => on('other', 'approver', ['reports'])
  await on('other', 'approver', ['sync'])
  expect((await there()).json).toMatchObject([{ name: 'Stolen by month', shared: true, by: 'auditor' }])
  expect((await online('reports', 'drop', 'Stolen by month')).json).toMatchObject({ state: 'dropped' })
  await on('other', 'approver', ['sync'])
  expect((await there()).json).toEqual([])
  expect((await online('reports', 'run', 'Stolen by month', '--format', 'csv', '--out', out)).json.problem.code).toBe(
    'report-unknown',
  )
}, 120_000)

test('verify-report names the row that was changed', async () => {
  const out = at('changed.csv')
  const { json } = await online('report', 'blocklist', ...EVER, '--format', 'csv', '--out', out, '--lang', 'ru')
  const [largest] = json.table.rows
  const text = readFileSync(out, 'utf8')
  writeFileSync(out, text.replace(`,${largest.key},${largest.values[0]},`, `,${largest.key},1,`))
  const verdict = (await online('verify-report', out)).json
  expect(verdict).toMatchObject({ genuine: false, unchanged: false, signature: 'own', report: 'blocklist' })
  expect(verdict.differences).toEqual([
    expect.objectContaining({
      place: expect.stringContaining(largest.label),
      written: String(largest.values[0]),
      found: '1',
    }),
  ])
  const shown = await desk(['verify-report', out, '--home', at('home'), '--registry', registry.url, '--lang', 'ru'])
  expect(shown.stdout).toContain(largest.label)
}, 120_000)

test.each([
  [['reports', 'save', 'Name only']],
  [['reports', 'run', 'x', '--format', 'docx', '--out', 'x']],
  [['reports', 'burn', 'x']],
  [['report', 'blocklist', ...EVER, '--format', 'csv', '--out', 'x', '--filter', 'reason']],
  [['report', 'blocklist', ...EVER, '--format', 'csv', '--out', 'x', '--compare', '2025-01-01']],
  [['verify-report']],
])('wrong usage %j: exit 2', async (words) => {
  expect((await desk([...words, '--home', at('untouched')])).code).toBe(2)
})
