import type { IsoDate } from '../../domain/fact.ts'
import type { Device } from '../devices.ts'
import type { FileLanguage } from './headers.ts'

/** What a sample file is made of. */
export interface FileOptions {
  readonly rows: number
  readonly seed: number
  readonly format: 'xlsx' | 'csv'
  readonly language: FileLanguage
  /** Share of rows with something wrong, about half of them rejected. */
  readonly bad: number
  /** Dates lie before this business date. */
  readonly today: IsoDate
  /** Lines above the header. */
  readonly titles: boolean
  /** A row of totals below the data. */
  readonly total: boolean
  /** Devices the small sample already knows, to be written first. */
  readonly known: readonly Device[]
}
