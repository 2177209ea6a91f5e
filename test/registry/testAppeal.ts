import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { CommandBody } from '../../src/contract/registry.ts'
import { type Claim, mandatoryFields, type Route } from '../../src/domain/appeal.ts'
import type { TestDesk } from './testDesk.ts'

/** Sends an appeal as the portal does; answers its number. */
export async function receive(
  desk: TestDesk,
  appeal: { imeis: string[]; route?: Route; receivedAt?: string; iin?: string; claim?: Partial<Claim> },
): Promise<string> {
  // of its own content: the same paper in two appeals is reuse
  const paper = Buffer.from(`%PDF-1.4\n% sample ${randomUUID()}\n%%EOF`)
  const sha256 = await desk.putBlob(paper)
  const evidence = (['receipt', 'certificate', 'imei-photo'] as const).map((shows) => ({
    ...{ file: `${shows}.pdf`, sha256, bytes: paper.length, type: 'application/pdf', shows },
  }))
  const answer = await desk.send('POST', '/v1/intake/appeals', {
    route: appeal.route ?? 'accompanied',
    applicant: { key: { kind: 'iin', iin: appeal.iin ?? '900101300007' }, name: 'Үлгі (sample)', language: 'kk' },
    claim: { imeis: appeal.imeis, brand: 'Samsung', model: 'A55', ...appeal.claim },
    evidence,
    ...(appeal.receivedAt ? { receivedAt: appeal.receivedAt } : {}),
  })
  expect(answer.status).toBe(200)
  return (answer.body as { id: string }).id
}

/** Body of an approval with every mandatory field seen as matching. */
export const approval = (
  appeal: string,
  version: number,
  imeis = 1,
  route: Route = 'accompanied',
): CommandBody<'decide-appeal'> => ({
  appeal,
  version,
  verdict: 'approve',
  fields: Object.fromEntries(mandatoryFields(route, imeis).map((field) => [field, 'match'])),
  reasons: [],
  note: '',
  internal: '',
})
