/**
 * How well a picture that was used before is known again by its look.
 *   node bench/paper-looks.ts [--appeals 60]
 * Hits for papers of the sample saved anew, dimmed, cut at their edges and photographed; false alarms among all pairs of different papers,
 * many of them printed from one template; what other thresholds would give; and what is told as a paper of the same form instead.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import sharp from 'sharp'
import {
  areCopies,
  hashDistance,
  isOfForm,
  lookOf,
  type PictureLook,
  sameLook,
} from '../src/domain/evidence/pictureHash.ts'
import { lookOfPicture } from '../src/registry/intake/look/lookOfPicture.ts'
import { SAMPLE_SEED } from '../src/sample/sampleSeed.ts'
import { PHOTOGRAPHS, writePapers } from '../src/sample/writePapers.ts'

const { values } = parseArgs({ options: { appeals: { type: 'string', default: '60' } } })
const folder = mkdtempSync(join(tmpdir(), 'tamga-looks-bench-'))

/** Looks of one paper: as it was filed, and after each change. */
type Looks = Map<string, PictureLook>
const papers = new Map<string, Looks>()

async function note(paper: string, change: string, bytes: Uint8Array): Promise<void> {
  const look = lookOf((await lookOfPicture(bytes)) ?? '')
  const known = papers.get(paper) ?? new Map()
  papers.set(paper, known)
  if (look) known.set(change, look)
}

try {
  for (const photograph of PHOTOGRAPHS) {
    const into = join(folder, photograph)
    const options = { seed: SAMPLE_SEED, today: '2025-11-20', photograph, appeals: Number(values.appeals) } as const
    for (const { file, type } of await writePapers(into, options)) {
      if (type === 'application/pdf') continue
      const paper = file.replace(/\.\w+$/, '')
      const bytes = new Uint8Array(readFileSync(join(into, file)))
      await note(paper, photograph === 'none' ? 'filed' : `photographed, ${photograph}`, bytes)
      if (photograph !== 'none') continue
      const { width, height } = await sharp(bytes).metadata()
      const edge = { left: Math.round(width * 0.02), top: Math.round(height * 0.02) }
      const inner = { ...edge, width: Math.round(width * 0.96), height: Math.round(height * 0.96) }
      await note(paper, 'saved anew', await sharp(bytes).resize({ width: 500 }).jpeg({ quality: 40 }).toBuffer())
      await note(
        paper,
        'dimmed',
        await sharp(bytes).modulate({ brightness: 0.8 }).blur(1).jpeg({ quality: 60 }).toBuffer(),
      )
      await note(paper, 'cut at its edges', await sharp(bytes).extract(inner).jpeg({ quality: 70 }).toBuffer())
    }
  }
  report()
  reportForms()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function report(): void {
  const changes = [...new Set([...papers.values()].flatMap((looks) => [...looks.keys()]))].filter((c) => c !== 'filed')
  const filed = [...papers.values()].flatMap((looks) => looks.get('filed') ?? [])
  const strangers = filed.flatMap((a, i) => filed.slice(i + 1).map((b) => [a, b] as const))
  const rules: Record<string, (a: PictureLook, b: PictureLook) => boolean> = {
    'as it is': (a, b) => sameLook(a, b).same,
    "copies, as a supervisor's groups take": areCopies,
  }
  for (const most of [8, 16, 24, 32]) rules[`tiles at most ${most} bits apart in all`] = (a, b) => sum(a, b) <= most
  for (const most of [2, 4, 6]) rules[`no tile over ${most} bits`] = (a, b) => Math.max(...apart(a, b)) <= most
  for (const [name, alike] of Object.entries(rules)) {
    const hits = changes.map((change) => {
      const pairs = [...papers.values()].flatMap((looks) => {
        const [before, after] = [looks.get('filed'), looks.get(change)]
        return before && after ? [[before, after] as const] : []
      })
      return `${change} ${pairs.filter(([a, b]) => alike(a, b)).length}/${pairs.length}`
    })
    const alarms = strangers.filter(([a, b]) => apart(a, b).some((bits) => bits > 0) && alike(a, b)).length
    console.log(`${name.padEnd(34)} false alarms ${alarms} of ${strangers.length} pairs; ${hits.join(', ')}`)
  }
}

/** Each picture asks about all others, as a desk does: what it is told as the same picture, and what as another paper of one form. */
function reportForms(): void {
  const filed = [...papers].flatMap(([paper, looks]) => (looks.has('filed') ? [[paper, looks] as const] : []))
  const told = (asking: PictureLook, besides: string | null) => {
    const near = filed
      .flatMap(([paper, looks]) => {
        const look = paper === besides ? undefined : looks.get('filed')
        return look ? [{ paper, ...sameLook(asking, look) }] : []
      })
      .filter(({ same }) => same)
      .toSorted((a, b) => a.apart - b.apart)
    const bits = near.map((n) => n.apart)
    return near.map(({ paper, apart: own }, at) => ({ paper, own, form: isOfForm(bits, at) }))
  }
  const strangers = filed
    .flatMap(([paper, looks]) => told(looks.get('filed') as PictureLook, paper))
    .filter(({ own }) => own > 0)
  const count = <T extends { readonly form: boolean }>(all: readonly T[]): string =>
    `${all.filter(({ form }) => !form).length} as the same picture, ${all.filter(({ form }) => form).length} as of the same form`
  console.log(`other papers, each of two asking: ${count(strangers)}`)
  for (const change of ['saved anew', 'dimmed']) {
    const asked = filed.flatMap(([paper, looks]) => {
      const look = looks.get(change)
      return look ? [{ paper, answers: told(look, null) }] : []
    })
    const own = asked.flatMap(({ paper, answers }) => answers.filter((a) => a.paper === paper))
    const beside = asked.flatMap(({ paper, answers }) => answers.filter((a) => a.paper !== paper))
    console.log(`${change}, ${asked.length} copies: ${count(own)}; other papers beside them: ${count(beside)}`)
  }
}

function apart(a: PictureLook, b: PictureLook): number[] {
  return a.tiles.map((tile, i) => hashDistance(tile, b.tiles[i] ?? ''))
}
function sum(a: PictureLook, b: PictureLook): number {
  return apart(a, b).reduce((all, bits) => all + bits, 0)
}
