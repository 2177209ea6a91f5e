import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { ProblemError, problem, trouble } from '../../domain/problem.ts'
import { openWorkbook } from '../../sheet/openWorkbook.ts'
import { SheetError } from '../../sheet/sheetError.ts'

/**
 * One IMEI a row: the first cell with as many digits as an IMEI has, else the first with a value. A heading without any digit is passed
 * over. Throws the problem of a file that cannot be read.
 */
export async function imeisOfFile(file: string): Promise<string[]> {
  if (!existsSync(file)) throw trouble('file-missing', { file: basename(file) })
  const imeis: string[] = []
  try {
    const book = await openWorkbook(file)
    try {
      const [sheet] = book.sheets
      if (!sheet) return imeis
      for await (const batch of book.rows(sheet.name))
        for (let row = 0; row < batch.count; row++) {
          const cells = batch.texts(row)
          const text = cells.find(hasImeiDigits) ?? cells.find((cell) => cell.trim() !== '')
          if (text !== undefined && (imeis.length > 0 || /\d/.test(text))) imeis.push(text)
        }
    } finally {
      await book.close()
    }
  } catch (error) {
    if (error instanceof SheetError)
      throw new ProblemError(problem(error.code, { file: basename(file) }), { cause: error })
    throw error
  }
  return imeis
}

const hasImeiDigits = (cell: string): boolean => /^\d{14,16}$/.test(cell.replaceAll(/\D/g, ''))
