import { createHash } from 'node:crypto'
import { ContentHash, docText } from '../../../contract/fingerprint.ts'
import type { Reader } from '../../db/handle.ts'
import { HashText } from '../commit/hashText.ts'
import type { SortedFacts } from '../stage/deviceColumns.ts'
import type { StageTask } from '../stage/task.ts'

type Task = Pick<StageTask, 'kind' | 'source' | 'full'>

interface Candidate {
  readonly id: string
  readonly content: string
}

/** Batches that count or wait for their signature; undone, withdrawn and replaced ones are no longer the same. */
const CANDIDATES = `SELECT id, content FROM batch
  WHERE kind = ? AND source = ? AND full = ? AND rows = ? AND state IN ('committed', 'proposed') ORDER BY no`

/**
 * Id of the batch that has brought just this content already, null where none has. What would be hashed is hashed only where a batch of
 * the same kind, source and size is known.
 * @param hash the content of what is staged
 */
export function sameBatch(
  cache: Reader,
  { kind, source, full }: Task,
  rows: number,
  hash: () => string,
): string | null {
  const candidates = cache.query<Candidate>(CANDIDATES).all(kind, source, full ? 1 : 0, rows)
  if (candidates.length === 0) return null
  const content = hash()
  return candidates.find((batch) => batch.content === content)?.id ?? null
}

const REMEMBERED = 100_000

/** Hash of the content of facts, as a commit would announce it. */
export function contentOfFacts(
  { kind, source, full }: Task,
  facts: SortedFacts,
  docs: { factOf(no: number): { readonly op: string; readonly date: string; readonly network: string | null } },
  dataOf: (doc: number) => string,
): string {
  const content = new ContentHash(new HashText(createHash('sha256')), kind, source, full)
  const texts = new Map<number, string>()
  for (let i = 0; i < facts.count; i++) {
    const no = facts.docs[i] as number
    let text = texts.get(no)
    if (text === undefined) {
      const { op, date, network } = docs.factOf(no)
      text = docText(op, date, network, dataOf(no))
      if (texts.size >= REMEMBERED) texts.clear()
      texts.set(no, text)
    }
    content.add(facts.keys[i] as number, text)
  }
  return content.digest()
}
