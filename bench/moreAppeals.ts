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
      if (event.type === 'appeal' && taken < count && (await file(registry, event.appeal))) taken++
  if (taken < count) throw new Error(`only ${taken} of ${count} appeals were taken`)
}

async function file(registry: string, told: SampleAppeal): Promise<boolean> {
  const evidence = []
  for (const { content, file, sha256, bytes, type, shows } of await drawEvidence(told)) {
    const body = new Blob([content.slice()])
    const put = await fetch(`${registry}/intake/blobs/${sha256}`, { method: 'PUT', body })
    if (!put.ok) throw new Error(`${file}: ${put.status} ${await put.text()}`)
    evidence.push({ file, sha256, bytes, type, shows })
  }
  const { route, applicant, claim, receivedAt } = told.appeal
  const answer = await fetch(`${registry}/intake/appeals`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ route, applicant, claim, evidence, receivedAt }),
  })
  if (answer.status >= 500) throw new Error(`intake: ${answer.status} ${await answer.text()}`)
  return answer.ok
}
