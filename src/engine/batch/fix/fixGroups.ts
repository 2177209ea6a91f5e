import type { FixGroup } from '../../../contract/engine/fix.ts'
import type { BatchField } from '../../../domain/checks/batchField.ts'
import { CELL_RULE, rulesOf } from '../../../domain/fix/cellRules.ts'
import type { Reader } from '../../db/handle.ts'
import { lettersOfColumn } from '../inspect/layout.ts'
import type { StagedDoc } from '../stagedBatches.ts'

/** So many cells of a group are tried with each rule; a preview counts them all. */
const LOOKED = 2000

type Counted = [code: string, field: BatchField | null, error: number, rows: number]

/** Problems grouped by kind and column, errors before warnings, the most frequent first, each with the rules that would change something. */
export function fixGroups(staged: Reader, doc: StagedDoc): FixGroup[] {
  const counted = staged
    .rows<Counted>(
      'SELECT code, field, error, count(DISTINCT row) FROM problem GROUP BY code, field, error ORDER BY error DESC, 4 DESC, 1, 2',
    )
    .all()
  return counted.map(([code, field, error, rows]) => {
    const values = field === null ? [] : valuesOf(staged, code, field)
    const offers = (field === null ? [] : rulesOf(field)).flatMap((rule) => {
      const cells = values.filter((value) => CELL_RULE[rule](value, field as BatchField) !== value).length
      return cells > 0 ? [{ rule, cells }] : []
    })
    const severity = error === 1 ? ('error' as const) : ('warning' as const)
    return { code, field, column: columnName(doc, field), severity, rows, offers, looked: values.length }
  })
}

const valuesOf = (staged: Reader, code: string, field: BatchField): string[] =>
  staged
    .rows<[string]>('SELECT value FROM problem WHERE code = ? AND field = ? ORDER BY row LIMIT ?')
    .all(code, field, LOOKED)
    .map(([value]) => value)

/** Header of a field's column, else its letters; '' for a problem of the row as a whole. */
export function columnName({ layout }: StagedDoc, field: BatchField | null): string {
  const column = field === null ? undefined : layout.mapping[field]
  return column === undefined ? '' : layout.headers[column] || lettersOfColumn(column)
}
