import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { IsoDate } from '../domain/fact.ts'
import { drawEvidence } from './drawEvidence.ts'
import { DISTORTIONS, type Distortion, distort, drawDistortion } from './evidence/distort.ts'
import { Random } from './random.ts'
import type { Paper } from './shape.ts'
import { smallSample } from './smallSample.ts'

export const PHOTOGRAPHS = ['none', ...DISTORTIONS] as const
export type Photograph = (typeof PHOTOGRAPHS)[number]

/** One written file and what stands on it: the truth that a reader of papers is measured by. */
export interface WrittenPaper {
  readonly file: string
  readonly appeal: string
  readonly form: Paper['form']
  readonly type: string
  readonly photograph: Photograph
  /** How badly it was photographed; null as drawn. */
  readonly distortion: Distortion | null
  readonly fields: Paper['fields']
}

/**
 * Writes the papers of the sample's appeals into a folder, with `papers.json` beside them. With a photograph the pictures are distorted
 * (PDFs are left out, since nobody photographs those).
 */
export async function writePapers(
  folder: string,
  options: {
    readonly seed: number
    readonly today: IsoDate
    readonly photograph: Photograph
    /** Only the first so many appeals. */
    readonly appeals: number
  },
): Promise<readonly WrittenPaper[]> {
  await mkdir(folder, { recursive: true })
  const written: WrittenPaper[] = []
  const { photograph } = options
  const told = smallSample(options).history.flatMap((e) => (e.type === 'appeal' ? [e.appeal] : []))
  for (const one of told.slice(0, options.appeals)) {
    const { appeal, papers } = one
    const files = await drawEvidence(one)
    for (const [i, paper] of papers.entries()) {
      const drawn = files[i]
      if (!drawn) throw new Error(`${paper.file} was not drawn`)
      if (photograph !== 'none' && paper.type === 'application/pdf') continue
      const random = new Random(paper.seed, `photograph ${appeal.id}`)
      const distortion = photograph === 'none' ? null : drawDistortion(photograph, random)
      const content = distortion === null ? drawn.content : await distort(drawn.content, distortion)
      const file = `${appeal.id}_${photograph === 'none' ? paper.file : paper.file.replace(/\.\w+$/, '.jpg')}`
      await writeFile(join(folder, file), content)
      const type = photograph === 'none' ? paper.type : 'image/jpeg'
      written.push({ file, appeal: appeal.id, form: paper.form, type, photograph, distortion, fields: paper.fields })
    }
  }
  await writeFile(join(folder, 'papers.json'), `${JSON.stringify(written, null, 1)}\n`)
  return written
}
