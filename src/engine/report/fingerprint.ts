import { createHash } from 'node:crypto'
import type { Table } from './catalogue.ts'
import type { ReportQuery } from './query.ts'

/** Who answers for a report: the officer signed in (none on a machine without a screen) and the desk whose key signs. */
export interface Signer {
  readonly officer: string
  readonly desk: string
  /** Raw Ed25519 key of the desk, base64url. */
  readonly publicKey: string
}

/** The parts of a question that enter the fingerprint. */
export type AskedParts = Pick<ReportQuery, 'report' | 'by' | 'from' | 'to' | 'filters' | 'compareTo' | 'seq'> & {
  readonly policy: { readonly version: number }
}

/** SHA-256 over question, figures and signer, the same for every format and language (docs/formats/report.md). */
export function fingerprintOf(query: AskedParts, table: Table, signer: Signer): string {
  const { report, by, from, to, filters, compareTo, seq, policy } = query
  const text = JSON.stringify([
    'tamga-report-2',
    report,
    by,
    from,
    to,
    Object.entries(filters),
    compareTo && [compareTo.from, compareTo.to],
    seq,
    policy.version,
    table.measures.map(({ name }) => name),
    table.totals,
    table.rows.map(({ key, values }) => [key, values]),
    signer.officer,
    signer.desk,
    signer.publicKey,
  ])
  return createHash('sha256').update(text).digest('hex')
}

/** The text of the QR code before its signature: what was asked, the first total and the fingerprint. */
export const proofText = (query: AskedParts, table: Table, signer: Signer, fingerprint: string): string =>
  [
    'tamga-report-2',
    query.report,
    query.by,
    query.from,
    query.to,
    query.seq,
    table.totals[0] ?? '-',
    fingerprint,
    signer.officer || '-',
    signer.desk,
  ].join(' ')

/** The text a desk signs for a file: its fingerprint and the hash of what the file shows (`ContentHash`, or the bytes of a PDF). */
export const sealText = (fingerprint: string, content: string): string =>
  ['tamga-report-file-2', fingerprint, content].join(' ')
