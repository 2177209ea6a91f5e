import type { Claim, EvidenceFile, EvidenceKind, Route } from './appeal.ts'

/** Papers a route rests on (domain.md, "Evidence by route of import"): of each group one. */
const PAPERS: Readonly<Record<Route, readonly (readonly EvidenceKind[])[]>> = {
  accompanied: [['certificate', 'stamp'], ['receipt']],
  post: [['receipt'], ['declaration']],
  courier: [['receipt'], ['declaration']],
  'second-imei': [['imei-photo']],
  'board-replaced': [['certificate']],
  marketplace: [['receipt']],
  gift: [['certificate', 'stamp']],
  'second-hand': [['receipt', 'other']],
}

/** The groups of papers of a route; one paper of each is needed. */
export const papersOf = (route: Route): readonly (readonly EvidenceKind[])[] => PAPERS[route]

/** Groups of which nothing is attached. A tracking number that customs can look up stands for the declaration of a parcel. */
export function missingPapers(filed: {
  readonly route: Route
  readonly claim: Claim
  readonly evidence: readonly Pick<EvidenceFile, 'shows'>[]
}): readonly (readonly EvidenceKind[])[] {
  const attached = new Set(filed.evidence.map((e) => e.shows))
  if (filed.claim.trackingNo || filed.claim.declarationNo) attached.add('declaration')
  return PAPERS[filed.route].filter((group) => !group.some((kind) => attached.has(kind)))
}
