import type { BatchField } from '../checks/batchField.ts'

/** What sort of value a field holds, as far as corrections differ by it. */
export type FieldSort = 'imei' | 'identity' | 'tac' | 'digits' | 'date' | 'words'

const SORTS: Readonly<Partial<Record<BatchField, FieldSort>>> = {
  imei1: 'imei',
  imei2: 'imei',
  imei3: 'imei',
  imei4: 'imei',
  imeis: 'imei',
  bin: 'identity',
  iin: 'identity',
  tac: 'tac',
  imsi: 'digits',
  msisdn: 'digits',
  hs: 'digits',
  date: 'date',
  declarationDate: 'date',
}

export const sortOf = (field: BatchField): FieldSort => SORTS[field] ?? 'words'

/** Fields whose spellings may be merged: names that people write in many ways. */
export const SPELLED_FIELDS = ['brand', 'model', 'importer', 'country'] as const satisfies readonly BatchField[]
