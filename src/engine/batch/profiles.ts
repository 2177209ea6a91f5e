import type { Mapping } from '../../contract/engine/batch.ts'
import type { ImportKind } from '../../domain/batch.ts'
import type { BatchField } from '../../domain/checks/batchField.ts'
import { plainHeader } from '../../domain/columns/matchHeader.ts'
import type { Instant, SourceBody } from '../../domain/fact.ts'
import type { FixStep } from '../../domain/fix/fixStep.ts'
import type { Reader, Writer } from '../db/handle.ts'
import type { Profile } from './inspect/layout.ts'

type Stored = Omit<Profile, 'mapping' | 'steps'> & { readonly mapping: string; readonly steps: string }

/** How files were read before: those of the sender first, if one is given, the newest first. */
export function profilesOf(desk: Reader, source: SourceBody | null): readonly Profile[] {
  const rows = desk
    .query<Stored>(
      'SELECT name, version, kind, source, fingerprint, mapping, steps FROM import_profile ORDER BY at DESC, name',
    )
    .all()
  const own = rows.filter((r) => r.source === source)
  const others = rows.filter((r) => r.source !== source)
  return [...own, ...others].map(({ mapping, steps, ...r }) => ({
    ...r,
    steps: JSON.parse(steps) as Profile['steps'],
    mapping: JSON.parse(mapping) as Profile['mapping'],
  }))
}

/** Remembers how a committed file was read; the next one with the same headers asks nothing. */
export function rememberProfile(
  tx: Writer,
  of: {
    readonly kind: ImportKind
    readonly source: SourceBody
    readonly fingerprint: string
    readonly headers: readonly string[]
    readonly mapping: Mapping
    readonly steps: readonly FixStep[]
  },
  at: Instant,
): void {
  const mapping = JSON.stringify(
    Object.fromEntries(
      (Object.entries(of.mapping) as [BatchField, number][]).map(([field, column]) => [
        field,
        { header: plainHeader(of.headers[column] ?? ''), column },
      ]),
    ),
  )
  const steps = JSON.stringify(of.steps)
  const known = tx
    .query<{ name: string; mapping: string; steps: string }>(
      'SELECT name, mapping, steps FROM import_profile WHERE kind = ? AND source = ? AND fingerprint = ?',
    )
    .get(of.kind, of.source, of.fingerprint)
  if (known) {
    const changed = known.mapping !== mapping || known.steps !== steps ? 1 : 0
    tx.run(
      'UPDATE import_profile SET mapping = ?, steps = ?, version = version + ?, at = ? WHERE name = ?',
      mapping,
      steps,
      changed,
      at,
      known.name,
    )
    return
  }
  const stem = `${of.source} ${of.kind}`
  const taken =
    tx.value<number>('SELECT count(*) FROM import_profile WHERE kind = ? AND source = ?', of.kind, of.source) ?? 0
  tx.run(
    `INSERT INTO import_profile(name, version, kind, source, fingerprint, mapping, steps, at)
     VALUES (?, 1, ?, ?, ?, ?, ?, ?)`,
    taken === 0 ? stem : `${stem} ${taken + 1}`,
    of.kind,
    of.source,
    of.fingerprint,
    mapping,
    steps,
    at,
  )
}
