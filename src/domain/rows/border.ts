import { personOf } from '../appeal.ts'
import { checkDate } from '../checks/checkDate.ts'
import { checkIdentity } from '../checks/checkIdentity.ts'
import { type Finding, finding } from '../checks/finding.ts'
import { type RowCells, written } from '../checks/rowCells.ts'
import type { Crossing, JudgeContext, JudgedRow, RowJudge } from './judge.ts'

const ENTRY = /^(?:entry|in|arrival|i|e|въезд|прибы\p{L}*|вх\p{L}*|кіру|келу|кірді)/iu
const EXIT = /^(?:exit|out|departure|o|x|выезд|убы\p{L}*|вых\p{L}*|шығу|кету|шықты)/iu

/** A crossing of the border by a person, named by IIN, else by passport and country. */
export function borderJudge(c: JudgeContext): RowJudge {
  const findings: Finding[] = []
  return {
    judge(row): JudgedRow {
      findings.length = 0
      const person = personIn(row, findings)
      const date = checkDate(row, 'date', c.today, c.date1904, findings)
      if (date === null && !findings.some((f) => f.field === 'date')) findings.push(finding('date-missing', 'date'))
      const text = written(row, 'direction')
      const direction = ENTRY.test(text) ? 'entry' : EXIT.test(text) ? 'exit' : null
      if (direction === null) findings.push(finding('direction-unknown', 'direction', text))
      const sound = person !== null && date !== null && direction !== null
      const document = written(row, 'document') || written(row, 'passport')
      const crossing: Crossing | null = sound
        ? { person, date, direction, document, point: written(row, 'point') }
        : null
      return { imeis: [], findings, doc: null, crossing }
    },
  }
}

function personIn(row: RowCells, findings: Finding[]): string | null {
  if (written(row, 'iin') !== '') {
    const iin = checkIdentity(row, 'iin', findings)
    return iin === null ? null : personOf({ kind: 'iin', iin })
  }
  const number = written(row, 'passport').replace(/\s+/g, '').toUpperCase()
  const country = written(row, 'country').toUpperCase()
  if (number !== '') return personOf({ kind: 'passport', number, country })
  findings.push(finding('person-missing', 'iin'))
  return null
}
