/**
 * Reading papers by machine, and finding pictures that look alike.
 *   node bench/papers.ts [--appeals 30] [--pictures 1000000]
 * Hit rates over the sample's papers as drawn, as hurried photographs and as bad ones; seconds a page against the limit of 3 s; a search
 * over the looks of so many pictures against its limit of 200 ms.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { openHome } from '../src/engine/db/home.ts'
import { Looks } from '../src/engine/evidence/looks.ts'
import { ReadingThread } from '../src/engine/evidence/machine/readingThread.ts'
import { SAMPLE_SEED } from '../src/sample/sampleSeed.ts'
import { PHOTOGRAPHS, writePapers } from '../src/sample/writePapers.ts'

const PAGE_LIMIT_MS = 3000
const SEARCH_LIMIT_MS = 200

const { values } = parseArgs({
  options: { appeals: { type: 'string', default: '30' }, pictures: { type: 'string', default: '1000000' } },
})
const folder = mkdtempSync(join(tmpdir(), 'tamga-papers-bench-'))
try {
  await readPapers(Number(values.appeals))
  await searchLooks(Number(values.pictures))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function readPapers(appeals: number): Promise<void> {
  for (const photograph of PHOTOGRAPHS) {
    const into = join(folder, photograph)
    const papers = await writePapers(into, { seed: SAMPLE_SEED, today: '2025-11-20', photograph, appeals })
    const hits = { imei: [0, 0], date: [0, 0] } as Record<'imei' | 'date', [number, number]>
    const times: number[] = []
    const thread = new ReadingThread()
    for (const { file, fields } of papers) {
      const started = performance.now()
      const { findings } = await thread.ask<'read'>({ do: 'read', bytes: readFileSync(join(into, file)) })
      times.push(performance.now() - started)
      for (const [name, value] of Object.entries(fields)) {
        const kind = /^imei\d/.test(name) ? 'imei' : ['date', 'exit', 'entry'].includes(name) ? 'date' : null
        if (kind === null) continue
        hits[kind][1]++
        if (findings.some((f) => f.kind === kind && f.value === value)) hits[kind][0]++
      }
    }
    await thread.close()
    times.sort((a, b) => a - b)
    const [median, most] = [times[times.length >> 1] ?? 0, times.at(-1) ?? 0]
    const rate = ([found, all]: [number, number]): string => `${found}/${all}`
    console.log(
      `${photograph.padEnd(6)} ${papers.length} papers: IMEIs ${rate(hits.imei)}, dates ${rate(hits.date)}; ` +
        `median ${Math.round(median)} ms, slowest ${Math.round(most)} ms = ${(most / PAGE_LIMIT_MS).toFixed(2)} of the limit`,
    )
  }
}

/** Looks drawn at random, ten thousand appeals of a few pictures each beside the one that is asked about. */
async function searchLooks(count: number): Promise<void> {
  const home = openHome(join(folder, 'home'), 'ab'.repeat(32), [])
  try {
    let state = 1
    const random = (): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return state
    }
    const hash = (): string => random().toString(16).padStart(8, '0') + random().toString(16).padStart(8, '0')
    home.cache.write((tx) => {
      for (let i = 0; i < count; i++)
        tx.run(
          'INSERT INTO evidence_look(sha256, appeal, look) VALUES (?, ?, ?)',
          i.toString(16).padStart(64, '0'),
          `A-${Math.floor(i / 4)}`,
          Array.from({ length: 10 }, hash).join(''),
        )
    })
    const looks = new Looks()
    const first = performance.now()
    await looks.near(home.cache.read, 'A-7')
    const loaded = performance.now()
    await looks.near(home.cache.read, 'A-8')
    const searched = performance.now() - loaded
    console.log(
      `look-alikes of 4 pictures among ${count}: ${searched.toFixed(1)} ms = ${(searched / SEARCH_LIMIT_MS).toFixed(2)} of the limit; ` +
        `the first search of a desk, which reads all looks: ${Math.round(loaded - first)} ms`,
    )
  } finally {
    home.close()
  }
}
