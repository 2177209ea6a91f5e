import { Buffer } from 'node:buffer'
import { BatchBuilder } from '../batchBuilder.ts'
import type { RowBatch } from '../rowBatch.ts'
import { SheetError, throwIfCancelled, withDetails } from '../sheetError.ts'
import { SheetFindings } from '../sheetFindings.ts'
import type { SheetReader } from '../sheetReader.ts'
import type { Source } from '../source.ts'
import type { Delimiter, OpenOptions, RowsOptions, SheetSurvey } from '../workbook.ts'
import { readRange } from '../zip/entryStream.ts'
import { CsvScanner } from './csvScanner.ts'
import { declaredDelimiter, guessDelimiter } from './guessDelimiter.ts'
import { guessEncoding } from './guessEncoding.ts'
import { textStream } from './textStream.ts'

const START = 1 << 16

/** Opens a text file as one sheet named `sheet`; encoding and separator are proposed unless asked for. */
export async function openCsv(source: Source, sheet: string, options: OpenOptions): Promise<SheetReader> {
  const encoding = await guessEncoding(source, options.encoding)
  const declared = declaredDelimiter(await startOf(source, encoding.encoding))
  const start = (await startOf(source, encoding.encoding)).slice(declared?.length ?? 0)
  const delimiter: Delimiter = options.delimiter ?? declared?.delimiter ?? guessDelimiter(start)

  async function* rows(
    name: string,
    { signal, fromRow = 1 }: RowsOptions,
  ): AsyncGenerator<RowBatch, SheetSurvey, undefined> {
    if (name !== sheet) throw new SheetError('sheet-unknown', { sheet: name })
    const findings = new SheetFindings()
    const scanner = new CsvScanner(new BatchBuilder(), delimiter, fromRow, findings)
    let read = 0
    const pieces = readRange(source, 0, source.size, (bytes) => {
      read = bytes
    })
    let skip = declared?.length ?? 0
    try {
      for await (const { utf8, bad } of textStream(pieces, encoding.encoding)) {
        throwIfCancelled(signal)
        if (bad > 0) findings.note('undecodable-text', scanner.row)
        scanner.push(skip > 0 ? utf8.subarray(skip) : utf8)
        skip = Math.max(0, skip - utf8.length)
        for (let batch = scanner.take(read, source.size); batch !== null; batch = scanner.take(read, source.size)) {
          yield batch
          throwIfCancelled(signal)
        }
      }
      await source.assertUnchanged()
      for (let batch = scanner.end(read, read); batch !== null; batch = scanner.end(read, read)) yield batch
    } catch (error) {
      throw withDetails(error, { sheet: name })
    }
    return findings.survey()
  }

  return { date1904: false, sheets: [{ name: sheet, visibility: 'visible' }], encoding, delimiter, rows }
}

async function startOf(source: Source, encoding: Parameters<typeof textStream>[1]): Promise<string> {
  const bytes = Buffer.alloc(Math.min(START, source.size))
  await source.read(bytes, 0)
  let text = ''
  for await (const { utf8 } of textStream(oneOf(bytes), encoding)) text += Buffer.from(utf8).toString('utf8')
  return text
}

async function* oneOf(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}
