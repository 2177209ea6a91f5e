import en from '../../../resources/locales/en/listExport.json' with { type: 'json' }
import kk from '../../../resources/locales/kk/listExport.json' with { type: 'json' }
import ru from '../../../resources/locales/ru/listExport.json' with { type: 'json' }
import type { Lang } from '../../contract/value.ts'

const TEXTS = { kk, ru, en } as const
export type ExportColumn = keyof typeof en

/** Headings of an exported list in a language. */
export const headerOf = (columns: readonly ExportColumn[], language: Lang): string[] =>
  columns.map((column) => TEXTS[language][column])
