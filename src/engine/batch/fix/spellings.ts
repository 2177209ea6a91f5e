import type { BatchField } from '../../../domain/checks/batchField.ts'
import { type Cluster, clusters } from '../../../domain/fix/clusters.ts'
import { SPELLED_FIELDS } from '../../../domain/fix/fieldSort.ts'
import type { Reader } from '../../db/handle.ts'
import { factBlocks } from '../stage/factBlocks.ts'
import type { StagedDoc } from '../stagedBatches.ts'

/** Clusters of spellings by field, counted in IMEIs (in type codes for a table of these) of accepted rows. */
export function spellings(staged: Reader, doc: StagedDoc): { field: BatchField; clusters: Cluster[] }[] {
  const fields = SPELLED_FIELDS.filter((field) => doc.layout.mapping[field] !== undefined)
  const counts = new Map<BatchField, Map<string, number>>(fields.map((field) => [field, new Map()]))
  const add = (field: BatchField, text: unknown, rows: number): void => {
    const of = counts.get(field)
    if (of && typeof text === 'string' && text !== '') of.set(text, (of.get(text) ?? 0) + rows)
  }
  if (doc.staged.kind === 'tac')
    for (const [brand, model] of staged.rows<[string, string]>('SELECT brand, model FROM tac').iterate()) {
      add('brand', brand, 1)
      add('model', model, 1)
    }
  else {
    const devices = imeisOfDocs(staged)
    for (const [no, data] of staged.rows<[number, string]>('SELECT no, data FROM doc').iterate()) {
      const said = JSON.parse(data) as Partial<Record<BatchField, unknown>>
      for (const field of fields) add(field, said[field], devices.get(no) ?? 0)
    }
  }
  return [...counts].flatMap(([field, of]) => {
    const found = clusters([...of].map(([text, rows]) => ({ text, rows })))
    return found.length > 0 ? [{ field, clusters: found }] : []
  })
}

/** How many IMEIs each document of a staged file reports. */
export function imeisOfDocs(staged: Reader): ReadonlyMap<number, number> {
  const devices = new Map<number, number>()
  for (const block of factBlocks(staged, -1))
    for (let i = 0; i < block.count; i++) {
      const no = block.docs[i] as number
      devices.set(no, (devices.get(no) ?? 0) + 1)
    }
  return devices
}
