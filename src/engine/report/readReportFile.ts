import { createHash } from 'node:crypto'
import { open, readFile } from 'node:fs/promises'
import { openWorkbook } from '../../sheet/openWorkbook.ts'
import type { RowBatch } from '../../sheet/rowBatch.ts'
import type { Delimiter } from '../../sheet/workbook.ts'
import { ContentHash } from './contentHash.ts'
import { sealText } from './fingerprint.ts'
import { type ReportRecord, zReportRecord } from './record.ts'
import { MARKS } from './reportFile.ts'

/** What a file says of itself, and what it shows. */
export interface FoundReport {
  readonly kind: 'tabular' | 'pdf'
  readonly record: ReportRecord
  readonly proof: string
  readonly fingerprint: string
  /** Text the desk is said to have signed for this content, and the signature in the file. */
  readonly sealed: string
  readonly signature: string
  /** The content is the one that was signed, if the signature is good. */
  readonly contentAsSealed: boolean
  /** Rows of figures and of what stands about them, as texts; of a PDF none. */
  readonly rows: readonly (readonly string[])[]
}

/** Rows of a file that are kept for telling what differs. */
const ROWS_KEPT = 20_000

/** Reads a report back; null when the file is none, or its record or seal is gone. Throws what the reader of spreadsheets throws. */
export async function readReportFile(path: string, signal: AbortSignal): Promise<FoundReport | null> {
  const file = await open(path)
  const start = Buffer.alloc(5)
  await file.read(start, 0, 5, 0).finally(() => file.close())
  if (start.toString('latin1') === '%PDF-') return readPdf(await readFile(path))
  for (const delimiter of [undefined, ',', ';', '\t'] as const) {
    const found = await readTabular(path, delimiter, signal)
    if (found) return found
  }
  return null
}

function readPdf(bytes: Buffer): FoundReport | null {
  const at = bytes.lastIndexOf(`\n%${MARKS.seal} `) + 1
  if (at === 0) return null
  const [record, proof] = [MARKS.record, MARKS.proof].map((mark) => lineAfter(bytes, `\n%${mark} `))
  const seal = bytes
    .subarray(at + MARKS.seal.length + 2)
    .toString('latin1')
    .trimEnd()
  return foundOf({
    kind: 'pdf',
    record: record ?? '',
    proof: proof ?? '',
    seal,
    // whatever stands behind the seal's line was not signed
    content: /[\r\n]/.test(seal) ? '' : createHash('sha256').update(bytes.subarray(0, at)).digest('hex'),
    rows: [],
  })
}

function lineAfter(bytes: Buffer, mark: string): string | null {
  const at = bytes.lastIndexOf(mark)
  if (at < 0) return null
  const end = bytes.indexOf('\n', at + mark.length)
  return bytes.subarray(at + mark.length, end < 0 ? undefined : end).toString('utf8')
}

async function readTabular(
  path: string,
  delimiter: Delimiter | undefined,
  signal: AbortSignal,
): Promise<FoundReport | null> {
  const book = await openWorkbook(path, { signal, delimiter })
  try {
    const hash = new ContentHash()
    const rows: string[][] = []
    const marked = new Map<string, string>()
    for (const [i, sheet] of book.sheets.entries()) {
      // a list that filled its sheet goes on in "Name (2)", under the same header
      const goesOn = i > 0 && /\(\d+\)$/.test(sheet.name)
      let first = true
      for await (const batch of book.rows(sheet.name, { signal }))
        for (let r = 0; r < batch.count; r++) {
          const cells = textsOf(batch, r)
          const skip = goesOn && first
          first = false
          if (skip) continue
          const mark = (cells[0] ?? '').replace(/^# /, '')
          if (mark === MARKS.proof || mark === MARKS.record || mark === MARKS.seal) marked.set(mark, cells[1] ?? '')
          if (mark !== MARKS.seal) hash.add(cells)
          if (rows.length < ROWS_KEPT) rows.push(cells)
        }
    }
    const [record = '', proof = '', seal] = [MARKS.record, MARKS.proof, MARKS.seal].map((mark) => marked.get(mark))
    if (seal === undefined) return null
    return foundOf({ kind: 'tabular', record, proof, seal, content: hash.hex(), rows })
  } finally {
    await book.close()
  }
}

/** Cells as they were hashed when written: a number by its value, however the program that saved the file wrote it. */
function textsOf(batch: RowBatch, row: number): string[] {
  const texts = batch.texts(row)
  for (let column = 0; column < texts.length; column++)
    if (batch.kind(row, column) === 'number') texts[column] = String(batch.number(row, column))
  return texts
}

function foundOf(f: {
  kind: FoundReport['kind']
  record: string
  proof: string
  seal: string
  content: string
  rows: readonly string[][]
}): FoundReport | null {
  const [mark = '', fingerprint = '', content = '', signature = ''] = f.seal.split(' ')
  const record = recordOf(f.record)
  if (!record) return null
  return {
    kind: f.kind,
    record,
    proof: f.proof,
    fingerprint,
    sealed: [mark, fingerprint, content].join(' '),
    signature,
    contentAsSealed: sealText(fingerprint, f.content) === [mark, fingerprint, content].join(' '),
    rows: f.rows,
  }
}

function recordOf(text: string): ReportRecord | null {
  const parsed = zReportRecord.safeParse(jsonOf(text))
  return parsed.success ? parsed.data : null
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    // somebody changed it: then it is no record
    return undefined
  }
}
