import type { Compared, Comparing } from './compared.ts'

/** A receipt, or the very same scan, that serves another appeal too. */
export function compareReceipt({ appeal, reuse }: Comparing): Compared {
  const claim = appeal.claim.receiptNo ?? null
  const others = new Set(reuse.filter((r) => r.what === 'receipt' || r.what === 'evidence').map((r) => r.appeal))
  if (others.size > 0)
    return { field: 'receipt', claim, fact: [...others].join(', '), result: 'contradict', rule: 'receipt-reused' }
  return {
    field: 'receipt',
    claim,
    fact: null,
    result: 'none',
    rule: claim === null ? 'receipt-not-claimed' : 'receipt-unused',
  }
}
