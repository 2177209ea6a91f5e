import { OPERATORS, type Operator } from '../../domain/fact.ts'
import { parseImei } from '../../domain/imei.ts'
import { trouble } from '../../domain/problem.ts'
import { type ReceiptLine, saysApplied } from '../../domain/receipt.ts'
import { openWorkbook } from '../../sheet/openWorkbook.ts'
import type { RowBatch } from '../../sheet/rowBatch.ts'
import { asProblem } from '../sheetProblem.ts'

/** A receipt as an operator sent it (docs/formats/receipt.md). */
export interface ReadReceipt {
  /** Name of the file it is about, without ending. */
  readonly file: string
  readonly operator: Operator
  readonly lines: readonly ReceiptLine[]
  /** A line with `*` for an IMEI says that all others were applied. */
  readonly restApplied: boolean
}

const HEADERS = {
  file: ['file', 'файл', 'notice', 'list', 'тізім'],
  operator: ['operator', 'оператор'],
  imei: ['imei', 'imei14', 'имей'],
  status: ['status', 'state', 'result', 'статус', 'состояние', 'күй', 'күйі'],
  code: ['code', 'reason', 'error', 'код', 'причина', 'ошибка', 'себеп', 'себебі'],
} as const
type Field = keyof typeof HEADERS
type Places = Partial<Record<Field, number>>

/**
 * Reads a receipt of any kind of spreadsheet: a header, then one line an IMEI.
 * @throws ProblemError `receipt-unreadable` (what is missing), and what the reader of spreadsheets finds
 */
export async function readReceipt(path: string, signal: AbortSignal): Promise<ReadReceipt> {
  const reading = new Reading(path.split('/').at(-1) ?? path)
  try {
    const book = await openWorkbook(path, { signal })
    try {
      const [sheet] = book.sheets
      if (!sheet) throw reading.trouble('sheet')
      for await (const batch of book.rows(sheet.name, { signal })) reading.take(batch)
    } finally {
      await book.close()
    }
  } catch (error) {
    throw asProblem(error)
  }
  return reading.read()
}

class Reading {
  readonly #name: string
  #places: Places | null = null
  #file = ''
  #operator = ''
  readonly #lines: ReceiptLine[] = []
  #restApplied = false

  constructor(name: string) {
    this.#name = name
  }

  trouble(why: string) {
    return trouble('receipt-unreadable', { file: this.#name, why })
  }

  take(batch: RowBatch): void {
    for (let row = 0; row < batch.count; row++)
      if (this.#places) this.#line(batch, row, this.#places)
      else this.#places = this.#header(batch, row)
  }

  read(): ReadReceipt {
    const operator = OPERATORS.find((known) => known === this.#operator)
    if (!this.#places) throw this.trouble('imei, status')
    if (this.#file === '') throw this.trouble('file')
    if (!operator) throw this.trouble(`operator ${this.#operator}`)
    return { file: this.#file, operator, lines: this.#lines, restApplied: this.#restApplied }
  }

  /** Places of the columns, when this row names them. */
  #header(batch: RowBatch, row: number): Places | null {
    const places: Places = {}
    for (let column = 0; column < batch.width(row); column++) {
      const text = batch.text(row, column).trim().toLowerCase()
      const field = (Object.keys(HEADERS) as Field[]).find((f) => (HEADERS[f] as readonly string[]).includes(text))
      if (field) places[field] ??= column
    }
    return places.imei !== undefined && places.status !== undefined ? places : null
  }

  #line(batch: RowBatch, row: number, places: Places): void {
    const cell = (field: Field): string => {
      const column = places[field]
      return column === undefined ? '' : batch.text(row, column).trim()
    }
    const [file, operator, imei] = [
      cell('file').replace(/\.(csv|zip)$/i, ''),
      cell('operator').toLowerCase(),
      cell('imei'),
    ]
    this.#file ||= file
    this.#operator ||= operator
    if (file !== '' && file !== this.#file) throw this.trouble(`${this.#file} / ${file}`)
    if (operator !== '' && operator !== this.#operator) throw this.trouble(`${this.#operator} / ${operator}`)
    const applied = saysApplied(cell('status'))
    if (imei === '*') this.#restApplied = applied
    else {
      const parsed = parseImei(imei)
      if (!parsed.ok) throw this.trouble(`${batch.rowNumber(row)}: ${imei}`)
      this.#lines.push({ imei14: parsed.imei.imei14, applied, code: cell('code').slice(0, 200) })
    }
  }
}
