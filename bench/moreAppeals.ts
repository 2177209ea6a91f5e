import { createHash } from 'node:crypto'
import type { Intake } from '../src/contract/registry.ts'
import type { EvidenceFile } from '../src/domain/appeal.ts'
import { drawEvidence } from '../src/sample/drawEvidence.ts'
import type { SampleAppeal } from '../src/sample/shape.ts'
import { smallSample } from '../src/sample/smallSample.ts'

/** Samples after that of the registry; each has other people, devices and papers. */
const FIRST_SEED = 101
const MOST_SEEDS = 20

/**
 * Files appeals of further samples with a registry that holds sample data, as a portal does, until so many were taken. A few are refused
 * for what the samples have in common (a tracking number used up) and are left out.
 */
export async function fileMoreAppeals(registry: string, count: number, today: string): Promise<void> {
  let taken = 0
  for (let seed = FIRST_SEED; taken < count && seed < FIRST_SEED + MOST_SEEDS; seed++)
    for (const event of smallSample({ seed, today }).history)
      if (event.type === 'appeal' && taken < count && (await fileSample(registry, event.appeal))) taken++
  if (taken < count) throw new Error(`only ${taken} of ${count} appeals were taken`)
}

/** An appeal as a portal sends it, with its files. */
interface Filed extends Omit<Intake, 'evidence'> {
  readonly evidence: readonly (Pick<EvidenceFile, 'file' | 'type' | 'shows'> & {
    readonly bytes: Uint8Array<ArrayBuffer>
  })[]
}

/** Files an appeal with a registry of sample data; false when it was refused. */
export async function fileAppeal(registry: string, { evidence, ...appeal }: Filed): Promise<boolean> {
  const files = []
  for (const { bytes, ...file } of evidence) {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const put = await fetch(`${registry}/intake/blobs/${sha256}`, { method: 'PUT', body: new Blob([bytes]) })
    if (!put.ok) throw new Error(`${file.file}: ${put.status} ${await put.text()}`)
    files.push({ ...file, sha256, bytes: bytes.length })
  }
  const answer = await fetch(`${registry}/intake/appeals`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...appeal, evidence: files }),
  })
  if (answer.status >= 500) throw new Error(`intake: ${answer.status} ${await answer.text()}`)
  return answer.ok
}

async function fileSample(registry: string, told: SampleAppeal): Promise<boolean> {
  const { route, applicant, claim, receivedAt } = told.appeal
  const drawn = await drawEvidence(told)
  const evidence = drawn.map(({ file, type, shows, content }) => ({
    file,
    type,
    shows,
    bytes: new Uint8Array(content),
  }))
  return fileAppeal(registry, { route, applicant, claim: { ...claim, imeis: [...claim.imeis] }, receivedAt, evidence })
}
