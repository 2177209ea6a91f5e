import { createHash } from 'node:crypto'
import { setImmediate as breathe } from 'node:timers/promises'
import { ContentHash, crossingText, docText, type Sha256, tacText } from '../../contract/fingerprint.ts'
import type { BatchKind } from '../../domain/batch.ts'
import type { SourceBody } from '../../domain/fact.ts'
import type { BatchRows } from './batchRows.ts'

/** SHA-256 that gathers small pieces: a million calls into the crypto library cost more than the hashing. */
export function gatheringSha256(): Sha256 {
  const hash = createHash('sha256')
  let pieces = ''
  return {
    update(text) {
      pieces += text
      if (pieces.length > 65_536) {
        hash.update(pieces)
        pieces = ''
      }
    },
    digest: (encoding) => hash.update(pieces).digest(encoding),
  }
}

/** The content hash of a batch's rows (fingerprint.ts). */
export async function contentOf(
  rows: BatchRows,
  batch: { kind: BatchKind; source: SourceBody; full: boolean },
): Promise<string> {
  const hash = new ContentHash(gatheringSha256(), batch.kind, batch.source, batch.full)
  const texts = new Map<number, string>()
  for (const [no, d] of rows.docs) texts.set(no, docText(d.op, d.date, d.network, d.data))
  for (let i = 0; i < rows.facts.length; i++) {
    hash.add(rows.facts.imei14[i] ?? 0, texts.get(rows.facts.doc[i] ?? 0) ?? '')
    if (i % 20_000 === 19_999) await breathe()
  }
  for (const t of rows.tacs) hash.add(t.tac, tacText(t.brand, t.model, t.data))
  for (const c of rows.crossings) hash.add(crossingText(c), '')
  return hash.digest()
}
