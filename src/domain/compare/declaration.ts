import type { Compared, Comparing } from './compared.ts'

const plain = (no: string): string => no.replaceAll(/[\s№#]/g, '').toUpperCase()

/** The claimed customs declaration against the one that customs reported for the device; a line number behind it does not matter. */
export function compareDeclaration({ appeal, imeis }: Comparing): Compared {
  const claim = appeal.claim.declarationNo ?? null
  const fact = imeis.find((i) => i.declaration !== null)?.declaration ?? null
  const line = { field: 'declaration' as const, claim, fact }
  if (claim === null) return { ...line, result: 'none', rule: 'declaration-not-claimed' }
  if (fact === null) return { ...line, result: 'none', rule: 'declaration-no-record' }
  const [a, b] = [plain(claim), plain(fact)]
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`)
    ? { ...line, result: 'match', rule: 'declaration-agrees' }
    : { ...line, result: 'contradict', rule: 'declaration-differs' }
}
