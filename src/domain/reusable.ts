import type { Appeal } from './appeal.ts'
import { parseDeclaration } from './declaration.ts'

export type ReusedWhat = 'evidence' | 'receipt' | 'crossing' | 'tracking'

/** What one applicant files once: fixers file the same papers many times (domain.md). Numbers as they are compared. */
export function reusable(appeal: Pick<Appeal, 'claim' | 'evidence'>): (readonly [what: ReusedWhat, value: string])[] {
  const keys: (readonly [ReusedWhat, string])[] = appeal.evidence.map((e) => ['evidence', e.sha256])
  const { receiptNo, crossingNo, trackingNo, seller } = appeal.claim
  // receipt numbers are only unique within a seller
  if (receiptNo) keys.push(['receipt', `${plainNumber(seller ?? '')}|${plainNumber(receiptNo)}`])
  if (crossingNo) keys.push(['crossing', plainNumber(crossingNo)])
  if (trackingNo) keys.push(['tracking', plainNumber(trackingNo)])
  return keys
}

/** A number of a paper without what is only its spelling: blanks, dashes, signs, small letters. */
export const plainNumber = (text: string): string => text.replaceAll(/[\s\-–—/.№#"«»]/g, '').toUpperCase()

/** Key of a declaration, which lawfully serves as many appeals as it has devices. */
export const declarationKey = (declarationNo: string): string =>
  plainNumber(parseDeclaration(declarationNo)?.number ?? declarationNo)
