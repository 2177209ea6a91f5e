import { hsCarriesImei, parseHs } from '../declaration.ts'
import { type Finding, finding } from './finding.ts'
import { type RowCells, written } from './rowCells.ts'

/** HS code of the goods, '' where there is none. A code of goods without IMEIs is asked about. */
export function checkHs(row: RowCells, findings: Finding[]): string {
  const text = written(row, 'hs')
  if (text === '') return ''
  const hs = parseHs(text)
  if (hs === null) findings.push(finding('hs-form', 'hs', text))
  else if (!hsCarriesImei(hs)) findings.push(finding('hs-unexpected', 'hs', text))
  return hs ?? ''
}

const QUANTITY = /^\d{1,7}$/

/** Declared number of devices, 0 where there is none. */
export function checkQuantity(row: RowCells, findings: Finding[]): number {
  const text = written(row, 'quantity')
  if (text === '') return 0
  const plain = QUANTITY.test(text)
    ? text
    : text
        .replace(/[\s\u00a0]/g, '')
        .replace(/[.,]0+$/, '')
        .replace(/(?:шт|дана|pcs?)\.?$/i, '')
  if (QUANTITY.test(plain) && Number(plain) > 0) return Number(plain)
  findings.push(finding('quantity-form', 'quantity', text))
  return 0
}
