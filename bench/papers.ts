/**
 * Reading papers by machine, and finding pictures that look alike.
 *   node bench/papers.ts [--appeals 30] [--pictures 1000000] [--photograph heavy]
 * Hit rates over the sample's papers as drawn, as hurried photographs and as bad ones; seconds a page against the limit of 3 s; a search
 * over the looks of so many pictures against its limit of 200 ms. For one kind of photograph it also tells which forms, and how badly taken
 * ones, were not read.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { openHome } from '../src/engine/db/home.ts'
import { Looks } from '../src/engine/evidence/looks.ts'
import { ReadingThread } from '../src/engine/evidence/machine/readingThread.ts'
import type { Distortion } from '../src/sample/evidence/distort.ts'
import { Random } from '../src/sample/random.ts'
import { SAMPLE_SEED } from '../src/sample/sampleSeed.ts'
import { PHOTOGRAPHS, writePapers } from '../src/sample/writePapers.ts'

const PAGE_LIMIT_MS = 3000
const SEARCH_LIMIT_MS = 200
/** Two fifths of the pictures are of so many printed forms: they look nearly alike, as receipts of one shop do. */
const FORMS = 30

const { values } = parseArgs({
  options: {
    appeals: { type: 'string', default: '30' },
    pictures: { type: 'string', default: '1000000' },
    photograph: { type: 'string' },
  },
})
const folder = mkdtempSync(join(tmpdir(), 'tamga-papers-bench-'))
try {
  if (Number(values.appeals) > 0) await readPapers(Number(values.appeals))
  if (Number(values.pictures) > 0) await searchLooks(Number(values.pictures))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function readPapers(appeals: number): Promise<void> {
  for (const photograph of PHOTOGRAPHS) {
    if (values.photograph !== undefined && values.photograph !== photograph) continue
    const into = join(folder, photograph)
    const papers = await writePapers(into, { seed: SAMPLE_SEED, today: '2025-11-20', photograph, appeals })
    const hits = { imei: [0, 0], date: [0, 0] } as Record<'imei' | 'date', [number, number]>
    const times: number[] = []
    const told: Told[] = []
    let unfit = 0
    const thread = new ReadingThread()
    const begun = performance.now()
    // a desk does this while its officer looks at his work
    await thread.ask<'warm'>({ do: 'warm' })
    const ready = performance.now() - begun
    for (const { file, form, distortion, fields } of papers) {
      const started = performance.now()
      const { findings } = await thread.ask<'read'>({ do: 'read', bytes: readFileSync(join(into, file)) })
      times.push(performance.now() - started)
      for (const [name, value] of Object.entries(fields)) {
        const kind = /^imei\d/.test(name) ? 'imei' : ['date', 'exit', 'entry'].includes(name) ? 'date' : null
        if (kind === null) continue
        hits[kind][1]++
        const found = findings.some((f) => f.kind === kind && f.value === value)
        if (found) hits[kind][0]++
        if (distortion) told.push({ kind, form, distortion, found })
      }
      const printed = Object.values(fields)
      unfit += findings.filter(({ kind, value }) => kind === 'imei' && !printed.includes(value)).length
    }
    await thread.close()
    times.sort((a, b) => a - b)
    const [median, most] = [times[times.length >> 1] ?? 0, times.at(-1) ?? 0]
    const rate = ([found, all]: [number, number]): string => `${found}/${all}`
    console.log(
      `${photograph.padEnd(6)} ${papers.length} papers: IMEIs ${rate(hits.imei)} and ${unfit} that stand on none, dates ${rate(hits.date)}; ` +
        `median ${Math.round(median)} ms, slowest ${Math.round(most)} ms = ${(most / PAGE_LIMIT_MS).toFixed(2)} of the limit; reader ready in ${Math.round(ready)} ms`,
    )
    if (values.photograph !== undefined) tellMisses(told)
  }
}

/** A value on a photograph, and whether it was read. */
interface Told {
  readonly kind: 'imei' | 'date'
  readonly form: string
  readonly distortion: Distortion
  readonly found: boolean
}

/** Which forms were read worst, and how much worse the photographs of what was missed are. */
function tellMisses(told: readonly Told[]): void {
  const rate = (some: readonly Told[]): string => `${some.filter(({ found }) => found).length}/${some.length}`
  for (const [what, some] of Map.groupBy(told, ({ kind, form }) => `${kind} on ${form}`))
    console.log(`  ${what.padEnd(32)} ${rate(some)}`)
  for (const [name, of] of Object.entries({
    blur: (d: Distortion) => d.blur,
    light: (d: Distortion) => d.light,
    shadow: (d: Distortion) => d.shadow,
    quality: (d: Distortion) => d.quality,
    skew: (d: Distortion) => Math.max(...d.corners.flat()),
  })) {
    const sorted = told.toSorted((a, b) => of(a.distortion) - of(b.distortion))
    const parts = [0, 1, 2].map((third) =>
      sorted.slice(Math.round((third * told.length) / 3), Math.round(((third + 1) * told.length) / 3)),
    )
    const words = parts.map((part) => {
      const [first, last] = [part.at(0), part.at(-1)]
      return first && last ? `${of(first.distortion)}-${of(last.distortion)}: ${rate(part)}` : ''
    })
    console.log(`  by ${name.padEnd(8)} ${words.join(', ')}`)
  }
}

/** Looks of four pictures an appeal, of printed forms and of what is like nothing else. */
async function searchLooks(count: number): Promise<void> {
  const home = openHome(join(folder, 'home'), 'ab'.repeat(32), [])
  try {
    const random = new Random(SAMPLE_SEED, 'looks')
    const word = (): number => random.next()
    const drawn = (): Uint32Array => Uint32Array.from({ length: 20 }, word)
    const forms = Array.from({ length: FORMS }, drawn)
    const filled = (form: Uint32Array): Uint32Array => form.map((bits) => bits ^ flips(random))
    const text = (look: Uint32Array): string => Array.from(look, (bits) => bits.toString(16).padStart(8, '0')).join('')
    home.cache.write((tx) => {
      for (let i = 0; i < count; i++) {
        const form = i % 5 < 2 ? random.pick(forms) : undefined
        tx.run(
          'INSERT INTO evidence_look(sha256, appeal, look) VALUES (?, ?, ?)',
          i.toString(16).padStart(64, '0'),
          `A-${Math.floor(i / 4)}`,
          text(form ? filled(form) : drawn()),
        )
      }
    })
    const looks = new Looks()
    const first = performance.now()
    await looks.follow(home.cache.read)
    const loaded = performance.now()
    const times: number[] = []
    let told = 0
    for (let appeal = 7; appeal < 27; appeal++) {
      const begun = performance.now()
      told += (await looks.near(home.cache.read, `A-${appeal}`)).length
      times.push(performance.now() - begun)
    }
    const before = performance.now()
    const copies = (await looks.copies(home.cache.read)).length
    console.log(
      `copies among all of them, for the supervisor: ${Math.round(performance.now() - before)} ms, ${copies} told`,
    )
    times.sort((a, b) => a - b)
    const [median, most] = [times[times.length >> 1] ?? 0, times.at(-1) ?? 0]
    console.log(
      `look-alikes of 4 pictures among ${count}: median ${median.toFixed(1)} ms, slowest ${most.toFixed(1)} ms = ` +
        `${(most / SEARCH_LIMIT_MS).toFixed(2)} of the limit; ${told} told of 20 appeals; all looks read in ${Math.round(loaded - first)} ms`,
    )
  } finally {
    home.close()
  }
}

/** One to three bits of a word. */
function flips(random: Random): number {
  let bits = 0
  for (let n = random.below(4); n > 0; n--) bits |= 1 << random.below(32)
  return bits
}
