import type { ClaimField, EvidenceFile, EvidenceKind } from '../../domain/appeal.ts'

/** Which papers show a field, the best first. */
const SHOWN_BY: Readonly<Record<ClaimField, readonly EvidenceKind[]>> = {
  imei1: ['imei-photo', 'receipt', 'declaration'],
  imei2: ['imei-photo', 'receipt', 'declaration'],
  imei3: ['imei-photo', 'receipt', 'declaration'],
  imei4: ['imei-photo', 'receipt', 'declaration'],
  model: ['receipt', 'declaration', 'certificate', 'imei-photo'],
  owner: ['certificate', 'stamp', 'receipt', 'declaration'],
  exit: ['certificate', 'stamp'],
  purchase: ['receipt'],
  entry: ['certificate', 'stamp'],
  firstSeen: [],
  declaration: ['declaration'],
  tracking: ['declaration', 'other'],
  receipt: ['receipt'],
}

/** How well a paper should show a field, the best first from 0; those that should not come last. */
export function rankOf(field: ClaimField, shows: EvidenceKind): number {
  const at = SHOWN_BY[field].indexOf(shows)
  return at < 0 ? SHOWN_BY[field].length : at
}

/** The file that shows a field best; null when none does, so that the present one stays. */
export function evidenceOf(field: ClaimField, files: readonly EvidenceFile[]): number | null {
  for (const kind of SHOWN_BY[field]) {
    const at = files.findIndex(({ shows }) => shows === kind)
    if (at >= 0) return at
  }
  return null
}
