import type { EvidenceReading } from '../../contract/engine/evidence.ts'
import type { ClaimField, EvidenceFile } from '../../domain/appeal.ts'
import type { Box } from '../../domain/evidence/paperText.ts'
import { evidenceOf, rankOf } from './fieldEvidence.ts'

/** What the machine made out on each file, by its hash; files not read yet are absent. */
export type Readings = ReadonlyMap<string, EvidenceReading>

/** A place on the shown page that the machine suggests. `field` null: something found that no field claims. */
export interface Region {
  readonly field: ClaimField | null
  readonly shows: 'claimed' | 'other'
  readonly value: string
  readonly box: Box
}

/** Where on the papers a field stands. */
export interface FieldPlace {
  readonly file: number
  readonly page: number
  readonly shows: 'claimed' | 'other'
  readonly value: string
}

/** The regions of one page: fields, and IMEIs that nobody claimed. */
export function regionsOn(reading: EvidenceReading | undefined, page: number): readonly Region[] {
  if (!reading) return []
  const fields = reading.fields.filter((f) => f.page === page)
  const linked = new Set(fields.map(({ value }) => value))
  const unclaimed = reading.findings.filter((f) => f.kind === 'imei' && f.page === page && !linked.has(f.value))
  return [
    ...fields.map(({ field, shows, value, box }) => ({ field, shows, value, box })),
    ...unclaimed.map(({ value, box }) => ({ field: null, shows: 'other' as const, value, box })),
  ]
}

/** For each field the place that shows it as claimed on the paper that shows it best; else one that shows another value. */
export function placesOf(files: readonly EvidenceFile[], readings: Readings): ReadonlyMap<ClaimField, FieldPlace> {
  const places = new Map<ClaimField, FieldPlace & { readonly rank: number }>()
  for (const [file, { sha256, shows: kind }] of files.entries())
    for (const { field, shows, value, page } of readings.get(sha256)?.fields ?? []) {
      const rank = rankOf(field, kind) + (shows === 'other' ? OTHER_LAST : 0)
      if (rank < (places.get(field)?.rank ?? Number.POSITIVE_INFINITY))
        places.set(field, { file, page, shows, value, rank })
    }
  return places
}
const OTHER_LAST = 100

/** The page to show for a field: where the machine saw it, else the paper that should show it; null when the present one may stay. */
export function pageFor(
  field: ClaimField,
  files: readonly EvidenceFile[],
  readings: Readings,
): { readonly file: number; readonly page: number } | null {
  const place = placesOf(files, readings).get(field)
  if (place) return place
  const file = evidenceOf(field, files)
  return file === null ? null : { file, page: 0 }
}
