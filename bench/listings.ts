import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { type GridFilter, zGridFilter } from '../src/contract/gridFilter.ts'
import { imei15Text } from '../src/domain/imei.ts'
import { Brands } from '../src/engine/db/brands.ts'
import type { Writer } from '../src/engine/db/handle.ts'
import { openHome } from '../src/engine/db/home.ts'
import { FollowingIndex } from '../src/engine/grid/followingIndex.ts'
import { ListedRows } from '../src/engine/grid/listedRows.ts'
import { whitePage } from '../src/engine/grid/whitePage.ts'
import { AskedLists } from '../src/engine/listing/askedLists.ts'
import { dossierOf } from '../src/engine/listing/dossier.ts'
import { find } from '../src/engine/listing/find.ts'
import { simulate } from '../src/engine/listing/simulate.ts'
import type { DeskCore } from '../src/engine/sync/deskCore.ts'
import { Jobs } from '../src/engine/sync/jobs.ts'
import { relistChunk } from '../src/engine/sync/relist.ts'
import { nationalSample } from '../src/sample/nationalSample.ts'
import { SAMPLE_SEED } from '../src/sample/sampleSeed.ts'

/**
 * Lookup, dossier, pasted lists, the lists by any filter and a tried policy over a mirror as large as the country's: 886,003 grey, 127,682
 * black and `--white` white IMEIs, encrypted. Against their limits, and the filters against counting the same in SQLite by its best index.
 * `node bench/listings.ts [--white N] [--tries N] [--keep folder]`: a kept mirror is filled once and used again.
 */
const { values } = parseArgs({
  options: { white: { type: 'string' }, tries: { type: 'string' }, keep: { type: 'string' } },
})
const white = Number(values.white ?? 0)
const tries = Number(values.tries ?? 20)
const TODAY = '2025-11-20'
const NOW = `${TODAY}T06:00:00.000Z`

const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'tamga-bench-'))
const isFilled = values.keep !== undefined && existsSync(folder)
mkdirSync(folder, { recursive: true })
const home = openHome(join(folder, 'home'), 'e5'.repeat(32), [])
const desk = {
  home,
  now: () => NOW,
  jobs: new Jobs(() => undefined),
  link: { client: null },
} as unknown as DeskCore

const batches = nationalSample({ seed: SAMPLE_SEED, today: TODAY, white }).batches
const keys: number[] = []
if (isFilled) {
  for (const batch of batches) for (const { imei14 } of batch.rows()) if (imei14 % 97 === 0) keys.push(imei14)
} else {
  fill()
  while (relistChunk(home.cache) !== null);
}

console.log(`\n## Lists over ${(1_013_685 + white).toLocaleString('en')} IMEIs, encrypted; load ${loadNow()}\n`)
console.log('| | CPU ms | p50 ms | p95 ms | limit ms | |\n|---|---|---|---|---|---|')
await measured('lookup of one IMEI with its dossier', 50, tries * 10, (i) => {
  const imei = imei15Text(keys[(i * 7919) % keys.length] ?? 0)
  dossierOf(desk, imei, undefined)
})
await measured('100,000 pasted IMEIs, counted by list', 3000, Math.min(5, tries), async (i) => {
  const text = Array.from({ length: 100_000 }, (_, n) => imei15Text(keys[(n * 101 + i) % keys.length] ?? 0)).join('\n')
  await find(desk, new AskedLists(desk), text, undefined)
})

const following = new FollowingIndex(home.cache)
const brands = new Brands(home.cache.read)
const rows = new ListedRows(home.cache.read)
const loading = performance.now()
const index = await following.current()
const loaded = performance.now() - loading

const FILTERS: Readonly<Record<string, Partial<GridFilter>>> = {
  'no filter': {},
  reason: { list: 'black', reason: 'stolen' },
  operator: { operator: 'tele2' },
  'first digits': { prefix: '869801' },
  brand: { brand: 'Xiaomi' },
  dates: { sinceFrom: '2025-10-20', sinceTo: '2025-10-25' },
  'operator, brand and dates': { operator: 'kcell', brand: 'vivo', sinceFrom: '2025-11-01' },
  'nothing matches': { operator: 'kcell', deadlineTo: '2001-01-01' },
}
for (const [name, some] of Object.entries(FILTERS)) {
  const filter = zGridFilter.parse({ list: 'grey', ...some })
  const tacs = filter.brand === null ? null : brands.tacsOf(filter.brand)
  let after = -1
  await measured(`page by ${name}`, 100, tries, () => {
    const page = index.page(filter, tacs, after, 200)
    rows.of(page)
    after = page.at(-1) ?? -1
  })
  await measured(`count by ${name}, with what there is to choose`, 100, tries, () => {
    index.counts(filter, tacs)
  })
}
await measured('the same count of operator and dates in SQLite (peer)', null, Math.min(5, tries), () => {
  home.cache.read.value(
    `SELECT count(*) FROM listing WHERE list = 'grey' AND operator = 'kcell' AND since >= '2025-11-01'`,
  )
})
if (white > 0) {
  const filter = zGridFilter.parse({ list: 'white', prefix: '8698' })
  let after: number = -1
  await measured('page of white by first digits', 100, tries, async () => {
    const page = await whitePage(desk, filter, after, 200)
    after = page.next === null ? -1 : Number(page.next)
  })
}
const job = desk.jobs.start({ id: 'bench', kind: 'simulate', subject: '', unit: 'imeis' })
await measured('tried policy: 60 days of grace over grey and black', 5000, 3, async () => {
  const ask = { from: null, to: null, set: [{ key: 'graceDays', value: '60' }], today: '2025-11-20' }
  await simulate(home.cache.read, ask, job)
})
console.log(
  `\nindex read in ${(loaded / 1000).toFixed(2)} s, once after the start, and then follows; ${Math.round(process.memoryUsage().rss / 1e6)} MB`,
)
home.close()
if (values.keep === undefined) rmSync(folder, { recursive: true, force: true })

/** Puts the sample's batches into the mirror as the feed would have left them. */
function fill(): void {
  batches.forEach((batch, i) => {
    const no = i + 1
    home.cache.write((tx) => head(tx, no, batch))
    let block: number[][] = []
    const flush = (): void => {
      home.cache.write((tx) => tx.insertSorted('fact', ['imei14', 'batch', 'doc', 'next'], block))
      block = []
    }
    for (const { imei14, doc } of batch.rows()) {
      block.push([imei14, no, doc, 0])
      if (imei14 % 97 === 0) keys.push(imei14)
      if (block.length === 100_000) flush()
    }
    flush()
    home.cache.write((tx) => tx.run('INSERT INTO relist(seq, batch, after) VALUES (?, ?, -1)', no, no))
  })
  home.cache.write((tx) => tx.run('UPDATE cursor SET seq = ?, head = ?', batches.length, batches.length))
}

function head(tx: Writer, no: number, batch: (typeof batches)[number]): void {
  const h = batch
  tx.run('INSERT INTO moment(seq, at) VALUES (?, ?)', no, h.at)
  tx.run(
    `INSERT INTO batch(no, id, kind, source, full, letter, file, content, counts, effect, rows, segments, by, desk, command, signed_by,
       state, seq, at, added_seq) VALUES (?, ?, ?, ?, 0, '', '', '', '{}', '{}', ?, '[]', 'bench', '', '', '[]', 'committed', ?, ?, ?)`,
    no,
    `00000000-0000-7000-8000-${String(no).padStart(12, '0')}`,
    h.kind,
    h.source,
    batch.count,
    no,
    h.at,
    no,
  )
  tx.insertSorted(
    'doc',
    ['batch', 'no', 'op', 'date', 'network', 'data'],
    batch.docs.map((d, i) => [no, i, d.op, d.date, d.network, JSON.stringify(d.data)]),
  )
  tx.insertSorted(
    'tac',
    ['tac', 'batch', 'brand', 'model', 'data'],
    (batch.tacs ?? []).map((t) => [t.tac, no, t.brand, t.model, '{}']),
  )
  if (batch.count <= 50_000)
    tx.insertSorted(
      'batch_imei',
      ['batch', 'imei14'],
      [...batch.rows()].map(({ imei14 }) => [no, imei14]),
    )
}

/** Wall times, and CPU time a call, which a busy machine does not change; the limit is held against the CPU time. */
async function measured(
  name: string,
  limit: number | null,
  times: number,
  work: (i: number) => unknown,
): Promise<void> {
  const took: number[] = []
  const before = process.cpuUsage()
  for (let i = 0; i < times; i++) {
    const start = performance.now()
    await work(i)
    took.push(performance.now() - start)
  }
  const { user, system } = process.cpuUsage(before)
  const cpu = (user + system) / 1000 / times
  took.sort((a, b) => a - b)
  const at = (share: number): number => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0
  const verdict = limit === null ? 'peer' : cpu <= limit ? 'within' : 'ABOVE'
  const figures = [cpu, at(0.5), at(0.95)].map((ms) => ms.toFixed(1)).join(' | ')
  console.log(`| ${name} | ${figures} | ${limit ?? '–'} | ${verdict} |`)
}

function loadNow(): string {
  return execFileSync('cut', ['-d', ' ', '-f1', '/proc/loadavg'], { encoding: 'utf8' }).trim()
}
