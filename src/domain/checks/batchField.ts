import type { ImportKind } from '../batch.ts'

/** Fields a column of an imported file can be mapped to. */
export const BATCH_FIELDS = [
  'imei1',
  'imei2',
  'imei3',
  'imei4',
  'imeis',
  'declaration',
  'line',
  'declarationDate',
  'bin',
  'importer',
  'brand',
  'model',
  'hs',
  'quantity',
  'country',
  'date',
  'imsi',
  'msisdn',
  'rat',
  'network',
  'region',
  'change',
  'report',
  'tac',
  'iin',
  'passport',
  'direction',
  'document',
  'point',
  'note',
] as const
export type BatchField = (typeof BATCH_FIELDS)[number]

export const IMEI_FIELDS = ['imei1', 'imei2', 'imei3', 'imei4'] as const satisfies readonly BatchField[]

/** What a kind of file may hold, in the order a screen shows it. */
export const FIELDS_OF_KIND: Readonly<Record<ImportKind, readonly BatchField[]>> = {
  customs: [
    ...IMEI_FIELDS,
    'imeis',
    'declaration',
    'line',
    'declarationDate',
    'document',
    'bin',
    'importer',
    'brand',
    'model',
    'hs',
    'quantity',
    'country',
    'change',
    'note',
  ],
  operator: ['imei1', 'date', 'imsi', 'msisdn', 'rat', 'network', 'region'],
  stolen: [...IMEI_FIELDS, 'imeis', 'date', 'change', 'report', 'brand', 'model', 'note'],
  counterfeit: [...IMEI_FIELDS, 'imeis', 'date', 'change', 'report', 'brand', 'model', 'note'],
  gsma: [...IMEI_FIELDS, 'imeis', 'date', 'change', 'report', 'brand', 'model', 'country', 'note'],
  legacy: [...IMEI_FIELDS, 'imeis', 'date', 'change', 'brand', 'model', 'note'],
  tac: ['tac', 'brand', 'model', 'date', 'change', 'note'],
  border: ['iin', 'passport', 'country', 'date', 'direction', 'document', 'point'],
}

/** Each group: at least one of its fields must be mapped. */
const NEEDED: Readonly<Record<ImportKind, readonly (readonly BatchField[])[]>> = {
  customs: [
    ['imei1', 'imeis'],
    ['declaration', 'declarationDate', 'document'],
  ],
  operator: [['imei1'], ['date']],
  stolen: [['imei1', 'imeis']],
  counterfeit: [['imei1', 'imeis']],
  gsma: [['imei1', 'imeis']],
  legacy: [['imei1', 'imeis']],
  tac: [['tac'], ['brand', 'model']],
  border: [['iin', 'passport'], ['date'], ['direction']],
}

/** The first field of every group of which none is mapped. */
export const missingFields = (kind: ImportKind, mapped: ReadonlySet<BatchField>): readonly BatchField[] =>
  NEEDED[kind].filter((group) => !group.some((f) => mapped.has(f))).map((group) => group[0] as BatchField)
