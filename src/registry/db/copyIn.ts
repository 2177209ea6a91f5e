import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { from } from 'pg-copy-streams'
import type { Tx } from './transaction.ts'

const GATHER = 65_536

/** A value of a row in COPY's text form. */
export type CopyValue = string | number | null

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
const field = (value: CopyValue): string =>
  value === null
    ? '\\N'
    : typeof value === 'number'
      ? String(value)
      : value.replaceAll(/[\\\t\n\r]/g, (c) => ESCAPES[c] ?? c)

function* gathered(rows: Iterable<readonly CopyValue[]>): Generator<Buffer> {
  let text = ''
  for (const row of rows) {
    for (let i = 0; i < row.length; i++) text += (i > 0 ? '\t' : '') + field(row[i] ?? null)
    text += '\n'
    if (text.length > GATHER) {
      yield Buffer.from(text)
      text = ''
    }
  }
  if (text) yield Buffer.from(text)
}

/** Streams rows into a table with COPY. `table` and `columns` are names written in the code. */
export async function copyIn(
  tx: Tx,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly CopyValue[]>,
): Promise<void> {
  const into = tx.client.query(from(`COPY ${table} (${columns.join(', ')}) FROM STDIN`))
  await pipeline(Readable.from(gathered(rows)), into)
}
