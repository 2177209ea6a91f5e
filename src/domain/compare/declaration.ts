import type { Compared, Comparing } from './compared.ts'

const plain = (no: string): string => no.replaceAll(/[\s№#]/g, '').toUpperCase()

/**
 * The claimed customs declaration against the one that customs reported for the device; a line number behind it does not matter. Where
 * customs did not list the device, the line must have devices left beside those that they list on it and that other appeals claim.
 */
export function compareDeclaration({ appeal, imeis, declared }: Comparing): Compared {
  const claim = appeal.claim.declarationNo ?? null
  const fact = imeis.find((i) => i.declaration !== null)?.declaration ?? null
  const line = { field: 'declaration' as const, claim, fact }
  if (claim === null) return { ...line, result: 'none', rule: 'declaration-not-claimed' }
  if (fact === null && declared) return onLine(line, declared)
  if (fact === null) return { ...line, result: 'none', rule: 'declaration-no-record' }
  const [a, b] = [plain(claim), plain(fact)]
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`)
    ? { ...line, result: 'match', rule: 'declaration-agrees' }
    : { ...line, result: 'contradict', rule: 'declaration-differs' }
}

function onLine(
  line: Pick<Compared, 'field' | 'claim'>,
  { quantity, used }: { readonly quantity: number; readonly used: number },
): Compared {
  const left = Math.max(0, quantity - used)
  const fact = `${left} / ${quantity}`
  return left > 0
    ? { ...line, fact, result: 'unclear', rule: 'declaration-quantity-left' }
    : { ...line, fact, result: 'contradict', rule: 'declaration-used-up' }
}
