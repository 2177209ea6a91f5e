import type { z } from 'zod'
import type { FIX_CALLS, FixRowShown } from '../../../contract/engine/fix.ts'
import type { BatchField } from '../../../domain/checks/batchField.ts'
import type { Reader } from '../../db/handle.ts'
import { lettersOfColumn } from '../inspect/layout.ts'
import type { StagedDoc } from '../stagedBatches.ts'

type Asked = z.output<(typeof FIX_CALLS)['fix-rows']['input']>
type Answer = z.input<(typeof FIX_CALLS)['fix-rows']['output']>
type ProblemRow = [row: number, code: string, error: number, field: BatchField | null, value: string, details: string]

const WHICH = 'FROM problem WHERE (?1 IS NULL OR code = ?1) AND (?2 IS NULL OR field = ?2)'

/** Rows with problems, by place: all their cells as judged, what the sender wrote in corrected ones, and what is wrong. */
export function fixRows(staged: Reader, doc: StagedDoc, { code, field, offset, limit }: Asked): Answer {
  const total = staged.value<number>(`SELECT count(DISTINCT row) ${WHICH}`, code, field) ?? 0
  const rows = staged
    .rows<[number]>(`SELECT DISTINCT row ${WHICH} ORDER BY row LIMIT ?3 OFFSET ?4`)
    .all(code, field, limit, offset)
    .map(([row]) => row)
  const numbers = JSON.stringify(rows)
  const cellsOf = (table: 'reject' | 'warned' | 'original') =>
    new Map(
      staged
        .rows<[number, string]>(`SELECT row, cells FROM ${table} WHERE row IN (SELECT value FROM json_each(?))`)
        .all(numbers),
    )
  const [rejected, warned, originals] = [cellsOf('reject'), cellsOf('warned'), cellsOf('original')]
  const problems = Map.groupBy(
    staged
      .rows<ProblemRow>(
        `SELECT row, code, error, field, value, details FROM problem WHERE row IN (SELECT value FROM json_each(?))
         ORDER BY row, ord`,
      )
      .all(numbers),
    ([row]) => row,
  )
  return {
    total,
    columns: columnsOf(doc),
    rows: rows.map((row): FixRowShown => {
      const cells = rejected.get(row) ?? warned.get(row)
      return {
        row,
        rejected: rejected.has(row),
        cells: cells === undefined ? [] : (JSON.parse(cells) as string[]),
        originals: JSON.parse(originals.get(row) ?? '{}') as Record<string, string>,
        problems: (problems.get(row) ?? []).map(([, problem, error, of, value, details]) => ({
          code: problem,
          severity: error === 1 ? 'error' : 'warning',
          column: (of === null ? undefined : doc.layout.mapping[of]) ?? null,
          value,
          details: JSON.parse(details) as Record<string, string | number>,
        })),
      }
    }),
  }
}

function columnsOf({ layout }: StagedDoc): Answer['columns'] {
  const fields = new Map(Object.entries(layout.mapping).map(([field, column]) => [column, field as BatchField]))
  return layout.headers.map((header, column) => ({
    column,
    header: header || lettersOfColumn(column),
    field: fields.get(column) ?? null,
  }))
}
