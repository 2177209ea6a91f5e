import { IMPORT_KINDS, type ImportKind } from '../batch.ts'
import { parseChange } from '../changeType.ts'
import { type BatchField, FIELDS_OF_KIND, IMEI_FIELDS, missingFields } from '../checks/batchField.ts'
import { type Content, contentOf, deniesField, type SampleCell } from './contentOf.ts'
import { headerLikeness } from './matchHeader.ts'

/** One column as it was understood. */
export interface ColumnGuess {
  readonly field: BatchField | null
  /** 0 to 1. */
  readonly sure: number
  readonly by: 'name' | 'content' | 'none'
}

/** Below this a name is only a resemblance. */
const LIKE_ENOUGH = 0.6
const UNKNOWN: ColumnGuess = { field: null, sure: 0, by: 'none' }

/**
 * What the columns of a file mean, by the names of their headers (several spellings of one header may be given, best counts) and by
 * their values. Each field is given to one column only.
 * @param samples values below each header, some rows of them.
 */
export function recogniseColumns(
  kind: ImportKind,
  headers: readonly (readonly string[])[],
  samples: readonly (readonly SampleCell[])[],
): readonly ColumnGuess[] {
  const width = Math.max(headers.length, samples.length)
  const fields = FIELDS_OF_KIND[kind]
  const guesses: ColumnGuess[] = new Array<ColumnGuess>(width).fill(UNKNOWN)
  const taken = new Set<BatchField>()
  const give = (column: number, field: BatchField, sure: number, by: 'name' | 'content'): void => {
    guesses[column] = { field, sure, by }
    taken.add(field)
  }
  const contents = samples.map((cells) => contentOf(cells))
  for (const pair of likePairs(fields, headers)) {
    if (guesses[pair.column]?.field || deniesField(samples[pair.column] ?? [], pair.field)) continue
    if (pair.field === 'change' && !isDelta(kind, samples[pair.column] ?? [])) continue
    const content = contents[pair.column]
    if (!taken.has(pair.field)) give(pair.column, pair.field, agreed(pair.like, pair.field, content?.content), 'name')
    else if (pair.field === 'imei1') {
      // several columns are simply called IMEI
      const next = IMEI_FIELDS.find((f) => fields.includes(f) && !taken.has(f))
      if (next) give(pair.column, next, pair.like * 0.9, 'name')
    }
  }
  for (let column = 0; column < width; column++) {
    const content = contents[column]
    if (guesses[column]?.field || !content) continue
    const field = fieldOfContent(content.content, fields, taken)
    if (field) give(column, field, content.share * 0.85, 'content')
  }
  return guesses
}

/** Kinds of list that are reports of a state: there a column called status says who is in and who is out, whatever its words. */
const STATES: ReadonlySet<ImportKind> = new Set<ImportKind>(['stolen', 'counterfeit', 'gsma'])

/** Elsewhere "status" has many meanings: it is a change only where most of its words say add or remove. */
function isDelta(kind: ImportKind, samples: readonly SampleCell[]): boolean {
  const filled = samples.filter((c) => c.text.trim() !== '')
  return STATES.has(kind) || filled.filter((c) => parseChange(c.text) !== null).length * 2 > filled.length
}

interface Pair {
  readonly column: number
  readonly field: BatchField
  readonly like: number
}

/** Every likely pair of column and field, the likeliest first; of equals the leftmost column, then the field's own order. */
function likePairs(fields: readonly BatchField[], headers: readonly (readonly string[])[]): readonly Pair[] {
  const pairs: Pair[] = []
  headers.forEach((names, column) => {
    for (const field of fields) {
      const like = Math.max(0, ...names.map((name) => headerLikeness(name, field)))
      if (like >= LIKE_ENOUGH) pairs.push({ column, field, like })
    }
  })
  return pairs.sort((a, b) => b.like - a.like || a.column - b.column)
}

const agreed = (like: number, field: BatchField, content: Content | undefined): number =>
  content !== undefined && fieldsOfContent(content).includes(field) ? Math.min(1, like + 0.1) : like

const fieldsOfContent = (content: Content): readonly BatchField[] => {
  if (content === 'imei') return IMEI_FIELDS
  if (content === 'bin') return ['bin', 'iin']
  if (content === 'date') return ['declarationDate', 'date']
  return [content]
}

const fieldOfContent = (
  content: Content,
  fields: readonly BatchField[],
  taken: ReadonlySet<BatchField>,
): BatchField | undefined => fieldsOfContent(content).find((f) => fields.includes(f) && !taken.has(f))

/** How well a kind explains the columns: what it recognises, less what it would need and does not find. */
export function kindScore(kind: ImportKind, guesses: readonly ColumnGuess[]): number {
  const mapped = new Set(guesses.flatMap((g) => (g.field ? [g.field] : [])))
  const found = guesses.reduce((sum, g) => sum + (g.by === 'content' ? g.sure * 0.7 : g.sure), 0)
  return found - 3 * missingFields(kind, mapped).length
}

/** Tells apart kinds with the same columns only by fields that just one of them has; of equals the first in the list of kinds. */
export function likeliestKind(
  headers: readonly (readonly string[])[],
  samples: readonly (readonly SampleCell[])[],
): ImportKind | null {
  let best: { kind: ImportKind; score: number } | null = null
  for (const kind of IMPORT_KINDS) {
    const score = kindScore(kind, recogniseColumns(kind, headers, samples))
    if (score > 0 && (best === null || score > best.score + 0.01)) best = { kind, score }
  }
  return best?.kind ?? null
}
