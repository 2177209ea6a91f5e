import type { Imei14 } from './fact.ts'

/** What an operator says of one entry of a file. */
export interface ReceiptLine {
  readonly imei14: Imei14
  readonly applied: boolean
  /** His code or words why not. */
  readonly code: string
}

/** A file held against its receipt: `applied + refused + missing` are the entries sent. */
export interface Reconciled {
  readonly applied: number
  readonly refused: readonly { readonly imei14: Imei14; readonly code: string }[]
  /** Sent, and the receipt does not name them. */
  readonly missing: readonly Imei14[]
  /** Named, and never sent. */
  readonly strange: readonly Imei14[]
}

/** `restApplied`: the receipt says that everything it does not name was applied. A line later in the receipt replaces an earlier one. */
export function reconcile(sent: Iterable<Imei14>, lines: Iterable<ReceiptLine>, restApplied: boolean): Reconciled {
  const said = new Map<Imei14, ReceiptLine>()
  for (const line of lines) said.set(line.imei14, line)
  let applied = 0
  const refused: { imei14: Imei14; code: string }[] = []
  const missing: Imei14[] = []
  for (const imei14 of sent) {
    const line = said.get(imei14)
    said.delete(imei14)
    if (line ? line.applied : restApplied) applied++
    else if (line) refused.push({ imei14, code: line.code })
    else missing.push(imei14)
  }
  return { applied, refused, missing, strange: [...said.keys()].sort((a, b) => a - b) }
}

const APPLIED = [
  'applied',
  'ok',
  'done',
  '0',
  'delivered',
  'доставлено',
  'жеткізілді',
  'применено',
  'выполнено',
  'принято',
  'орындалды',
  'қолданылды',
]

/** Whether an operator's word for a state says that the entry is in his EIR. */
export const saysApplied = (status: string): boolean => APPLIED.includes(status.trim().toLowerCase())
