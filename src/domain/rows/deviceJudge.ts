import type { BatchField } from '../checks/batchField.ts'
import { DeviceNameCheck } from '../checks/checkDeviceName.ts'
import { checkImeis, imeiFields } from '../checks/checkImeis.ts'
import type { Finding } from '../checks/finding.ts'
import type { RowCells } from '../checks/rowCells.ts'
import type { Imei14 } from '../fact.ts'
import { emptied } from '../reused.ts'
import { type JudgeContext, type JudgedRow, type RowJudge, type SharedPart, SharedParts } from './judge.ts'

/** Judges rows that are one device each: its IMEIs, and a part that many rows share, judged once for equal cells in `fields`. */
export function deviceJudge(
  c: JudgeContext,
  fields: readonly BatchField[],
  judgeShared: (row: RowCells) => SharedPart,
): RowJudge {
  const columns = imeiFields(c.mapped)
  const shared = new SharedParts(
    fields.filter((f) => c.mapped.has(f)),
    judgeShared,
    true,
  )
  const names = new DeviceNameCheck(c.tacs)
  const imeis: Imei14[] = []
  const findings: Finding[] = []
  // one object for all rows, as its arrays are: another one for each costs more than filling it
  const judged: { -readonly [K in keyof JudgedRow]: JudgedRow[K] } = { imeis, findings, doc: null }
  return {
    judge(row): JudgedRow {
      emptied(findings)
      checkImeis(row, columns, c.tacs, true, imeis, findings)
      names.check(row, imeis, findings)
      const part = shared.of(row)
      for (const f of part.findings) findings.push(f)
      judged.doc = part.doc
      return judged
    },
  }
}
