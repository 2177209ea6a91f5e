import type { BatchKind } from '../../domain/batch.ts'
import { addDays } from '../../domain/businessDate.ts'
import { DEFAULT_POLICY } from '../../domain/defaultPolicy.ts'
import type { Instant, IsoDate, Operator, SourceBody } from '../../domain/fact.ts'
import { type Importer, importers } from '../companies.ts'
import { DeviceShelf } from '../devices.ts'
import { Random } from '../random.ts'
import type { SampleBatch } from '../shape.ts'
import { BatchDraft } from './batchDraft.ts'

/** How many days before today the registry accepted the sample's batches. */
export const DAYS_AGO = {
  tac: 320,
  legacy: 318,
  history: 316,
  manufacturer: 290,
  customs: [270, 220, 170, 120, 70, 12],
  gsma: 150,
  counterfeit: 110,
  clone: 95,
  illegalImport: 80,
  stolen: [200, 90, 20],
  recovered: 9,
  serviceCentre: 60,
  border: [45, 30, 21, 14, 7, 2],
  /** Reports of sightings, the same days for each operator. */
  sightings: [75, 33, 26, 19, 12, 5, 2],
  blockrun: 40,
  secondImei: [34, 20, 10, 3],
} as const

/** Everything the parts of the small sample draw from and write into. */
export class SmallWorld {
  readonly today: IsoDate
  readonly random: Random
  readonly shelf: DeviceShelf
  readonly importers: readonly Importer[]
  readonly #drafts = new Map<string, BatchDraft>()

  constructor(seed: number, today: IsoDate) {
    this.today = today
    this.random = new Random(seed, 'small')
    this.shelf = new DeviceShelf(this.random.fork('devices'))
    this.importers = importers(this.random.fork('importers'))
  }

  daysAgo(days: number): IsoDate {
    return addDays(this.today, -days)
  }

  /** An instant on that business day, in office hours of Kazakhstan. */
  at(days: number, minute: number): Instant {
    const hour = String(4 + Math.floor(minute / 60)).padStart(2, '0')
    return `${this.daysAgo(days)}T${hour}:${String(minute % 60).padStart(2, '0')}:00Z`
  }

  /** The batch of that kind, source and day; made when first asked for. */
  batch(kind: BatchKind, source: SourceBody, days: number, options: BatchOptions = {}): BatchDraft {
    return this.batchAt(kind, source, this.at(days, 15 + KIND_ORDER.indexOf(kind)), options)
  }

  /** The same at an instant. */
  batchAt(kind: BatchKind, source: SourceBody, at: Instant, options: BatchOptions = {}): BatchDraft {
    const file = options.file ?? `${kind}_${source}_${at.slice(0, 10)}_SAMPLE.xlsx`
    const known = this.#drafts.get(file)
    if (known) return known
    const draft = new BatchDraft({
      kind,
      source,
      by: options.by ?? 'importer',
      signedBy: options.signedBy ?? (BLACK.includes(kind) ? ['approver'] : []),
      at,
      letter: options.letter ?? `№ ${100 + this.#drafts.size}-${source} (SAMPLE)`,
      file,
    })
    this.#drafts.set(file, draft)
    return draft
  }

  /** The operator's first report after a sighting that many days ago. */
  sightings(operator: Operator, seenDaysAgo: number): BatchDraft {
    const days = DAYS_AGO.sightings.find((d) => d < seenDaysAgo)
    if (days === undefined) throw new Error(`no report after a sighting ${seenDaysAgo} days ago`)
    return this.batch('operator', operator, days)
  }

  /** All batches made so far. */
  finish(): readonly SampleBatch[] {
    return [...this.#drafts.values()].map((d) => d.finish())
  }
}

interface BatchOptions {
  readonly by?: string
  readonly signedBy?: readonly string[]
  readonly file?: string
  readonly letter?: string
}

/** Within a day: sightings before what is decided about them. */
const KIND_ORDER: readonly BatchKind[] = [
  'tac',
  'legacy',
  'manufacturer',
  'operator',
  'customs',
  'border',
  'second-imei',
  'service-centre',
  'stolen',
  'gsma',
  'counterfeit',
  'clone',
  'illegal-import',
  'blockrun',
  'decision',
]
const BLACK: readonly BatchKind[] = ['stolen', 'counterfeit', 'gsma', 'clone', 'illegal-import', 'blockrun']

/** Last day on which a first sighting makes a device white as `legacy`. */
export const LAST_LEGACY_DAY = addDays(DEFAULT_POLICY.legacyCutOff, -1)
