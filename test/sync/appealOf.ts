import type { Intake } from '../../src/contract/registry.ts'
import { imei15Text } from '../../src/domain/imei.ts'
import type { TestDesk } from '../registry/testDesk.ts'

export interface Filed {
  readonly id: string
  readonly sha256: string
}

/** An appeal of a sample applicant about one IMEI with one receipt, filed at the portal. */
export async function fileAppeal(wire: TestDesk, imei14: number, over: Partial<Intake> = {}): Promise<Filed> {
  const evidence = over.evidence ?? (await papersOf(wire, imei14))
  const intake: Intake = {
    route: 'second-imei',
    applicant: { key: { kind: 'iin', iin: '900101300007' }, name: 'Айгүл Үлгі (SAMPLE)', language: 'kk' },
    claim: { imeis: [imei15Text(imei14)], brand: 'Xiaomi', model: 'Note 14', receiptNo: `R-${imei14}` },
    ...over,
    evidence,
  }
  const answer = await wire.send('POST', '/v1/intake/appeals', intake)
  if (answer.status !== 200) throw new Error(`intake: ${answer.status} ${JSON.stringify(answer.body)}`)
  return { id: (answer.body as { id: string }).id, sha256: evidence[0]?.sha256 ?? '' }
}

/** A receipt and a photograph that lie at the registry. */
async function papersOf(wire: TestDesk, imei14: number): Promise<Intake['evidence']> {
  const receipt = Buffer.from(`%PDF-1.7 SAMPLE receipt for ${imei14}`)
  const photo = Buffer.from(`%PDF-1.7 SAMPLE photo of ${imei14}`)
  const type = 'application/pdf'
  return [
    { file: 'receipt.pdf', sha256: await wire.putBlob(receipt), bytes: receipt.length, type, shows: 'receipt' },
    { file: 'imei.pdf', sha256: await wire.putBlob(photo), bytes: photo.length, type, shows: 'imei-photo' },
  ]
}

/** Verdicts that an approval of `fileAppeal` needs. */
export const ALL_MATCH = { imei1: 'match', model: 'match' } as const
