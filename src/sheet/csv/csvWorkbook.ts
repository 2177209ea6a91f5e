import { Buffer } from 'node:buffer'
import { BatchBuilder } from '../batchBuilder.ts'
import { type ByteStream, firstBytes } from '../byteStream.ts'
import type { RowBatch } from '../rowBatch.ts'
import { SheetError, throwIfCancelled, withDetails } from '../sheetError.ts'
import { SheetFindings } from '../sheetFindings.ts'
import type { SheetReader } from '../sheetReader.ts'
import type { Delimiter, Encoding, OpenOptions, RowsOptions, SheetSurvey } from '../workbook.ts'
import { CsvScanner } from './csvScanner.ts'
import { declaredDelimiter, guessDelimiter } from './guessDelimiter.ts'
import { guessEncoding } from './guessEncoding.ts'
import { textStream } from './textStream.ts'

const START = 1 << 16

/** Opens a text file as one sheet named `sheet`; encoding and separator are proposed unless asked for. */
export async function openCsv(stream: ByteStream, sheet: string, options: OpenOptions): Promise<SheetReader> {
  const encoding = await guessEncoding(stream, options)
  const start = await startOf(stream, encoding.encoding)
  const declared = declaredDelimiter(start)
  const skipped = declared?.length ?? 0
  const delimiter: Delimiter = options.delimiter ?? declared?.delimiter ?? guessDelimiter(start.slice(skipped))

  async function* rows(
    name: string,
    { signal, fromRow = 1 }: RowsOptions,
  ): AsyncGenerator<RowBatch, SheetSurvey, undefined> {
    if (name !== sheet) throw new SheetError('sheet-unknown', { sheet: name })
    const findings = new SheetFindings()
    const scanner = new CsvScanner(new BatchBuilder(), delimiter, fromRow, findings)
    let read = 0
    const total = stream.packedSize
    const pieces = stream.open((bytes) => {
      read = bytes
    })
    let skip = skipped
    try {
      for await (const { utf8, bad } of textStream(pieces, encoding.encoding)) {
        throwIfCancelled(signal)
        if (bad > 0) findings.note('undecodable-text', scanner.row)
        scanner.push(skip > 0 ? utf8.subarray(skip) : utf8)
        skip = Math.max(0, skip - utf8.length)
        for (let batch = scanner.take(read, total); batch !== null; batch = scanner.take(read, total)) {
          yield batch
          throwIfCancelled(signal)
        }
      }
      for (let batch = scanner.end(total, total); batch !== null; batch = scanner.end(total, total)) yield batch
    } catch (error) {
      throw withDetails(error, { sheet: name })
    }
    return findings.survey()
  }

  return { date1904: false, sheets: [{ name: sheet, visibility: 'visible' }], encoding, delimiter, rows }
}

async function startOf(stream: ByteStream, encoding: Encoding): Promise<string> {
  const start = await firstBytes(stream, START)
  let text = ''
  for await (const { utf8 } of textStream(oneOf(start), encoding)) text += Buffer.from(utf8).toString('utf8')
  return text
}

async function* oneOf(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}
