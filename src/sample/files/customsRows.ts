import { addDays } from '../../domain/businessDate.ts'
import type { Imei14, IsoDate } from '../../domain/fact.ts'
import { imei15Text } from '../../domain/imei.ts'
import type { CellInput } from '../../sheet/write/cellInput.ts'
import { type Importer, importers } from '../companies.ts'
import { type Device, MODELS, type Model, OTHER_MODELS } from '../devices.ts'
import { Random } from '../random.ts'
import { type CustomsCells, type Damage, damagesOf } from './damage.ts'
import type { FileOptions } from './fileOptions.ts'
import { FileShelf } from './fileShelf.ts'
import { TOTAL } from './headers.ts'
import type { Tally } from './tally.ts'

/** Words for one country, as registers write it. */
const COUNTRIES = ['CN', 'КИТАЙ', 'ҚЫТАЙ', 'VN', 'ВЬЕТНАМ', 'IN']

/** Brands come as people type them; the fourth has a Cyrillic letter in front. */
const spelled = (brand: string, random: Random): string =>
  random.pick([brand, brand, brand.toUpperCase(), brand.replace(/^X/, 'Х').replace(/^A/, 'А')])

/** One line of a declaration: goods of one model from one importer. */
interface Line {
  readonly declaration: string
  readonly line: number
  readonly date: IsoDate
  readonly textDates: boolean
  readonly importer: Importer
  readonly model: Model
  readonly brand: string
  readonly country: string
}

/** A row to come: cells by name, or a repetition word for word. `sound`: will be accepted; `clean`: nothing was done to it. */
interface LineRow {
  readonly cells: CustomsCells | readonly CellInput[]
  readonly sound: boolean
  readonly clean: boolean
}

/**
 * The rows of a customs register: declarations of importers line by line, a device a row, with damage at the wished share. Each
 * damaged row has one thing wrong, so the counts are exact. Streams; `tally` is complete when the last row was taken.
 */
export function* customsRows(o: FileOptions, tally: Tally): Generator<readonly CellInput[]> {
  const writer = new CustomsWriter(o, tally)
  yield* writer.rows()
}

class CustomsWriter {
  readonly #o: FileOptions
  readonly #tally: Tally
  readonly #random: Random
  readonly #shelf: FileShelf
  readonly #importers: readonly Importer[]
  readonly #damages: ReturnType<typeof damagesOf>
  readonly #known: Device[]
  /** The last sound rows, to be repeated. */
  readonly #recent: (readonly CellInput[])[] = []
  #written = 0
  #quantity = 0

  constructor(o: FileOptions, tally: Tally) {
    this.#o = o
    this.#tally = tally
    this.#random = new Random(o.seed, 'customs')
    this.#shelf = new FileShelf(o.seed)
    this.#importers = importers(this.#random.fork('importers'))
    this.#damages = damagesOf(o.format)
    this.#known = [...o.known]
  }

  *rows(): Generator<readonly CellInput[]> {
    let declaration = this.#declaration()
    let line = 0
    while (this.#written < this.#o.rows) {
      if (line > 0 && this.#random.chance(0.4)) {
        declaration = this.#declaration()
        line = 0
      }
      line++
      const known = this.#known[0]
      const of = known?.model ?? this.#model()
      yield* this.#line({ ...declaration, line, model: of, brand: spelled(of.brand, this.#random) })
    }
    if (this.#o.total)
      yield [null, null, null, null, null, TOTAL[this.#o.language], null, null, null, null, this.#quantity]
  }

  #model(): Model {
    return this.#random.chance(0.2)
      ? this.#random.pick(OTHER_MODELS.filter((m) => m.sims === 2))
      : this.#random.pick(MODELS)
  }

  #declaration(): Omit<Line, 'line' | 'model' | 'brand'> {
    const random = this.#random
    const date = addDays(this.#o.today, -random.between(5, 60))
    // imports from the Economic Union have no customs declaration
    const union = random.chance(0.04)
    return {
      declaration: union
        ? `KZ-SNT-0001-${random.digits(12)}-${date.replaceAll('-', '')}`
        : `${random.pick(['55302', '55311', '50502', '39801'])}/${date.slice(8, 10)}${date.slice(5, 7)}${date.slice(2, 4)}/${random.digits(7)}`,
      date,
      textDates: random.chance(0.2),
      importer: random.pick(this.#importers),
      country: random.pick(COUNTRIES),
    }
  }

  /** All rows of one line together, since its quantity is how many of them are sound. */
  *#line(line: Line): Generator<readonly CellInput[]> {
    const random = this.#random
    const size = Math.min(random.between(1, 40), this.#o.rows - this.#written)
    const rows: LineRow[] = []
    for (let i = 0; i < size; i++) {
      const repeated = random.chance(this.#o.bad / 5) ? this.#repeated() : null
      if (repeated) rows.push({ cells: repeated, sound: false, clean: false })
      else rows.push(this.#device(line, rows))
    }
    const sound = rows.filter((r) => r.sound).length
    const perRow = random.chance(0.4)
    const mismatch = sound > 1 && !perRow && random.chance(this.#o.bad / 2)
    const quantity = perRow || sound < 2 ? 1 : sound + (mismatch ? random.between(1, 3) : 0)
    if (mismatch) this.#tally.problem('quantity-mismatch')
    for (const { cells, sound: isSound, clean } of rows) {
      this.#written++
      const row = 'imei1' in cells ? this.#cells(line, cells, quantity) : [this.#written, ...cells.slice(1)]
      if (isSound) this.#quantity++
      // only rows without repairs are repeated, so that a repetition has no second finding
      if (clean) this.#remember(row)
      yield row
    }
  }

  /** A row that came before, word for word. */
  #repeated(): readonly CellInput[] | null {
    if (this.#recent.length === 0) return null
    this.#tally.reject('duplicate')
    return this.#random.pick(this.#recent)
  }

  #remember(row: readonly CellInput[]): void {
    if (this.#recent.length < 40) this.#recent.push(row)
    else this.#recent[this.#random.below(40)] = row
  }

  #device(line: Line, before: readonly LineRow[]): LineRow {
    const random = this.#random
    const known = this.#known[0]?.model === line.model ? this.#known.shift() : undefined
    const { imeis } = known ?? this.#shelf.take(line.model)
    const cells: CustomsCells = {
      date: line.textDates || this.#o.format === 'csv' ? line.date.split('-').reverse().join('.') : line.date,
      bin: line.importer.number,
      imei1: imei15Text(imeis[0] ?? 0),
      imei2: imeis[1] === undefined ? null : imei15Text(imeis[1]),
    }
    if (known) {
      this.#tally.accept(imeis.length)
      return { cells, sound: true, clean: true }
    }
    if (imeis.length === 2 && random.chance(this.#o.bad / 10)) {
      const sibling = before.find((r) => r.sound && 'imei1' in r.cells && /^\d{15}$/.test(String(r.cells.imei1)))
      if (sibling && 'imei1' in sibling.cells && sibling.cells.imei2 !== null) {
        this.#tally.reject('contradiction')
        return { cells: { ...cells, imei1: sibling.cells.imei1 }, sound: false, clean: false }
      }
    }
    return { cells, ...this.#damaged(cells, line, imeis) }
  }

  /** Damages the cells or leaves them; counts the row. */
  #damaged(cells: CustomsCells, line: Line, imeis: readonly Imei14[]): { sound: boolean; clean: boolean } {
    const random = this.#random
    const drawn = random.unit()
    const { bad } = this.#o
    const list: readonly Damage[] = drawn < bad * 0.6 ? this.#damages.errors : drawn < bad ? this.#damages.warnings : []
    const damage = list.length > 0 ? random.pick(list) : null
    const also: string[] = []
    const site = {
      imeis,
      model: line.model,
      also,
      bin: line.importer.number,
      date: line.date,
      random,
      shelf: this.#shelf,
    }
    if (damage === null || !damage.apply(cells, site)) {
      this.#tally.accept(imeis.length)
      return { sound: true, clean: true }
    }
    if (damage.rejects) this.#tally.reject(damage.code)
    else this.#tally.accept(damage.imeis ?? imeis.length, damage.code)
    for (const code of also) this.#tally.problem(code)
    return { sound: !damage.rejects, clean: false }
  }

  #cells(line: Line, c: CustomsCells, quantity: number): readonly CellInput[] {
    return [
      this.#written,
      line.declaration,
      String(line.line),
      c.date,
      c.bin,
      line.importer.name,
      line.brand,
      line.model.model,
      line.model.hs,
      line.country,
      quantity,
      c.imei1,
      c.imei2,
    ]
  }
}
