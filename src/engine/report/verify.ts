import { createPublicKey, verify } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Output } from '../../contract/call.ts'
import type { EngineContract } from '../../contract/engine.ts'
import { parseReportProof } from '../../contract/registry/reportProof.ts'
import { ProblemError } from '../../domain/problem.ts'
import { asProblem } from '../sheetProblem.ts'
import type { Desk } from '../sync/desk.ts'
import { identityOf } from '../sync/identity.ts'
import type { RegistryClient } from '../sync/registryClient.ts'
import type { Computer } from './compute.ts'
import { contentOf, type ReportContent } from './content.ts'
import { fingerprintOf } from './fingerprint.ts'
import { type FoundReport, readReportFile } from './readReportFile.ts'
import { aboutRows, figureHeader, figureRows, MARKS } from './reportFile.ts'
import { neutralised } from './writeReportCsv.ts'

export type Verdict = Output<EngineContract['verify-report']>
type Difference = Verdict['differences'][number]

/** Differences that are named. */
const MOST_NAMED = 50

const NONE: Verdict = {
  genuine: false,
  report: null,
  asOf: null,
  seq: null,
  signer: null,
  fingerprint: null,
  signature: 'none',
  unchanged: false,
  sameFigures: null,
  differences: [],
}

/**
 * Whether a file is a report of this registry and shows what was signed: the content against the seal, the seal against the desk's key,
 * the key against the registry, and the figures against the same question asked again.
 */
export async function verifyReport(
  desk: Desk,
  client: RegistryClient | null,
  computer: Computer,
  path: string,
  signal: AbortSignal,
): Promise<Verdict> {
  const found = await readReportFile(path, signal).catch((error: unknown) => {
    throw asProblem(error)
  })
  if (!found) return NONE
  const { record, fingerprint } = found
  const signature = await signatureOf(desk, client, found)
  const again = await askAgain(computer, found, signal)
  const isSigned = signature !== 'wrong' && signature !== 'none'
  const unchanged = isSigned && found.contentAsSealed
  const sameFigures = again && again.fingerprint === fingerprint
  return {
    genuine: unchanged && (signature === 'own' || signature === 'enrolled') && sameFigures !== false,
    report: record.report,
    asOf: record.at,
    seq: record.seq,
    signer: { officer: record.officer, desk: record.desk },
    fingerprint,
    signature,
    unchanged,
    sameFigures,
    differences: unchanged || !again ? [] : await differencesOf(found, again.content, path),
  }
}

/** Whose signature the seal and the proof bear. */
async function signatureOf(
  desk: Desk,
  client: RegistryClient | null,
  found: FoundReport,
): Promise<Verdict['signature']> {
  const { record, proof, sealed, signature } = found
  const parsed = parseReportProof(proof)
  if (!parsed) return 'none'
  const { desk: maker, fingerprint, officer } = parsed.proof
  const agrees =
    maker === record.desk && fingerprint === found.fingerprint && (officer === '-' ? '' : officer) === record.officer
  if (!agrees || !isSigned(sealed, signature, record.publicKey)) return 'wrong'
  if (!isSigned(parsed.signed, parsed.signature, record.publicKey)) return 'wrong'
  const own = identityOf(desk.home.desk)
  if (record.desk === own.desk) return record.publicKey === own.publicKey ? 'own' : 'wrong'
  if (!client) return 'unchecked'
  try {
    return (await client.reportProof(proof)).genuine ? 'enrolled' : 'refused'
  } catch (error) {
    if (error instanceof ProblemError) return 'unchecked'
    throw error
  }
}

/** DER header of an Ed25519 public key (RFC 8410); the 32 raw bytes follow. */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')

function isSigned(text: string, signature: string, rawKey: string): boolean {
  const key = Buffer.from(rawKey, 'base64url')
  if (key.length !== 32) return false
  const publicKey = createPublicKey({ key: Buffer.concat([SPKI, key]), format: 'der', type: 'spki' })
  return verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64url'))
}

/** The same question as of the same number, with what a file of it would show; null where this desk cannot ask it. */
async function askAgain(
  computer: Computer,
  { record }: FoundReport,
  signal: AbortSignal,
): Promise<{ fingerprint: string; content: ReportContent } | null> {
  try {
    return await computer.with({ ...record, asOfSeq: record.seq }, signal, (cache, query, table) => {
      const fingerprint = fingerprintOf(query, table, record)
      // the words are compared, not the signatures in them
      const signing = { ...record, sign: () => '' }
      return { fingerprint, content: contentOf(cache, query, table, signing, record.language) }
    })
  } catch (error) {
    // a question of a later version, or as of a number this desk has not pulled yet
    if (error instanceof ProblemError && ['needs-registry', 'report-unknown'].includes(error.problem.code)) return null
    throw error
  }
}

async function differencesOf(found: FoundReport, content: ReportContent, path: string): Promise<Difference[]> {
  return found.kind === 'pdf' ? differencesOfPdf(content, path) : differencesOfRows(found.rows, content)
}

/** Row by row: figures by their code, what stands about them by its label. */
function differencesOfRows(rows: readonly (readonly string[])[], content: ReportContent): Difference[] {
  const differences: Difference[] = []
  const header = figureHeader(content)
  const compare = (place: string, written: readonly string[], found: readonly string[] | undefined): void => {
    for (let i = 0; i < Math.max(written.length, found?.length ?? 0); i++)
      if ((written[i] ?? '') !== (found?.[i] ?? ''))
        differences.push({
          place: `${place} · ${header[i] ?? i + 1}`,
          written: written[i] ?? '',
          found: found?.[i] ?? '',
        })
  }
  const isCsv = rows.some(([first = '']) => first === `# ${MARKS.seal}`)
  const texts = (row: readonly (string | number | null)[]): string[] =>
    row.map((cell) => String((isCsv ? neutralised(cell) : cell) ?? ''))
  const figures = [...figureRows(content)].map(texts)
  const end = rows.findIndex((row) => row[1] === 'total')
  const byCode = new Map(rows.slice(0, end < 0 ? undefined : end + 1).map((row) => [row[1] ?? '', row]))
  for (const row of figures) {
    compare(row[0] ?? '', row, byCode.get(row[1] ?? ''))
    byCode.delete(row[1] ?? '')
  }
  byCode.delete(header[1] ?? '')
  for (const row of byCode.values()) compare(row[0] ?? '', [], row)
  const about = new Map(rows.map((row) => [(row[0] ?? '').replace(/^# /, ''), row[1] ?? '']))
  for (const [label, value] of aboutRows(content))
    if (label !== MARKS.proof && label !== MARKS.record && about.get(label) !== value)
      differences.push({ place: label, written: value, found: about.get(label) ?? '' })
  return differences.slice(0, MOST_NAMED)
}

/** Rows of the printed table that no page shows any more. */
async function differencesOfPdf(content: ReportContent, path: string): Promise<Difference[]> {
  const { printedRows } = await import('./writeReportPdf.ts')
  const { textOfPdf } = await import('./pdfText.ts')
  const text = (await textOfPdf(await readFile(path))).replace(/\s+/g, '')
  return printedRows(content)
    .filter((row) => !text.includes(row.join('').replace(/\s+/g, '')))
    .map((row) => ({ place: row[0] ?? '', written: row.slice(1).join(' ').trim(), found: '' }))
    .slice(0, MOST_NAMED)
}
