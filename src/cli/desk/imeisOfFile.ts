import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { ProblemError, problem, trouble } from '../../domain/problem.ts'
import { openWorkbook } from '../../sheet/openWorkbook.ts'
import { SheetError } from '../../sheet/sheetError.ts'

/** The first cell of each row with a value; a heading without any digit is passed over. */
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
          const text = batch.texts(row).find((cell) => cell.trim() !== '')
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
