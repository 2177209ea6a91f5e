import type { Imei14 } from '../fact.ts'
import { isImpossible, isTestTac, luhnDigit, parseImei, splitImeis, type TacTable, tacOf } from '../imei.ts'
import { emptied } from '../reused.ts'
import { type BatchField, IMEI_FIELDS } from './batchField.ts'
import { type Finding, finding } from './finding.ts'
import { type RowCells, written } from './rowCells.ts'

/** A device has 1 to 4 IMEIs. */
const MOST = 4

/**
 * The IMEIs of a row's device: reads every IMEI column, checks digit, type code, pairs. Clears and fills `into` with the keys in the
 * order of the columns and adds what is wrong to `findings`.
 * @param checkDigits false where the last digit means nothing (operators send it as 0).
 */
export function checkImeis(
  row: RowCells,
  fields: readonly BatchField[],
  tacs: TacTable,
  checkDigits: boolean,
  into: Imei14[],
  findings: Finding[],
): void {
  emptied(into)
  let cells = 0
  for (const field of fields) {
    const whole = row.digits15(field)
    if (whole >= 0) {
      cells++
      const key = Math.floor(whole / 10)
      if (!isImpossible(key)) {
        if (checkDigits && luhnDigit(key) !== whole - key * 10)
          findings.push(finding('imei-check-digit', field, row.text(field), { digit: luhnDigit(key) }))
        add(key, field, row, tacs, into, findings)
        continue
      }
    }
    cells += readCell(row, field, tacs, checkDigits, into, findings)
  }
  if (cells === 0) findings.push(finding('imei-missing', fields[0] ?? null))
  if (into.length > 1) checkPair(into, row, findings)
}

/** A cell that is not simply 15 digits; answers how many IMEIs it tried to give. */
function readCell(
  row: RowCells,
  field: BatchField,
  tacs: TacTable,
  checkDigits: boolean,
  into: Imei14[],
  findings: Finding[],
): number {
  const kind = row.kind(field)
  if (kind === 'empty') return 0
  if (kind === 'error' || kind === 'uncalculated') {
    findings.push(finding('cell-error', field, row.text(field)))
    return 1
  }
  const text = written(row, field)
  if (text === '') return 0
  const parts = kind === 'text' ? splitImeis(text) : [row.text(field)]
  for (const part of parts) {
    const parsed = parseImei(
      kind === 'text' ? (parts.length === 1 ? row.text(field) : part) : { kind: 'number', text: part },
      tacs,
    )
    if (!parsed.ok) {
      findings.push(finding(parsed.fault, field, row.text(field), parsed.details))
      continue
    }
    for (const note of parsed.imei.notes)
      findings.push(finding(note, field, row.text(field), { read: parsed.imei.digits }))
    if (checkDigits && parsed.imei.check === 'wrong')
      findings.push(finding('imei-check-digit', field, row.text(field), { digit: luhnDigit(parsed.imei.imei14) }))
    add(parsed.imei.imei14, field, row, tacs, into, findings)
  }
  return parts.length
}

function add(key: Imei14, field: BatchField, row: RowCells, tacs: TacTable, into: Imei14[], findings: Finding[]): void {
  if (into.includes(key)) {
    findings.push(finding('imei-repeated-in-row', field, row.text(field)))
    return
  }
  if (into.length === MOST) {
    findings.push(finding('imei-too-many', field, row.text(field), { most: MOST }))
    return
  }
  into.push(key)
  const tac = tacOf(key)
  if (isTestTac(tac)) findings.push(finding('tac-test', field, row.text(field), { tac: tacText(tac) }))
  else if (!tacs.empty && !tacs.has(tac))
    findings.push(finding('tac-unknown', field, row.text(field), { tac: tacText(tac) }))
}

/** The IMEIs of one device are allocated with one type code; two are possible, but ask for a second look. */
function checkPair(keys: readonly Imei14[], row: RowCells, findings: Finding[]): void {
  const first = tacOf(keys[0] as Imei14)
  let other = first
  for (let i = 1; i < keys.length && other === first; i++) other = tacOf(keys[i] as Imei14)
  if (other === first) return
  const field: BatchField = row.kind('imei2') === 'empty' ? 'imei1' : 'imei2'
  findings.push(finding('imei-pair-tacs', field, row.text(field), { tac: tacText(first), other: tacText(other) }))
}

const tacText = (tac: number): string => String(tac).padStart(8, '0')

/** Columns that may hold IMEIs, in order. */
export const imeiFields = (mapped: ReadonlySet<BatchField>): readonly BatchField[] =>
  [...IMEI_FIELDS, 'imeis' as const].filter((f) => mapped.has(f))
