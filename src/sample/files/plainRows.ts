import type { ImportKind } from '../../domain/batch.ts'
import { addDays } from '../../domain/businessDate.ts'
import { imei14Text, imei15Text } from '../../domain/imei.ts'
import type { CellInput } from '../../sheet/write/cellInput.ts'
import { MODELS } from '../devices.ts'
import { wrongIdentity } from '../identifiers.ts'
import { guest, resident } from '../people.ts'
import { Random } from '../random.ts'
import { POINTS } from '../small/places.ts'
import type { FileOptions } from './fileOptions.ts'
import { FileShelf } from './fileShelf.ts'
import type { Tally } from './tally.ts'

type Rows = Generator<readonly CellInput[]>

/** Rows of every other kind of list: one IMEI, TAC or crossing a row; some cut short, some twice. `tally` as for customs. */
export function plainRows(kind: Exclude<ImportKind, 'customs'>, o: FileOptions, tally: Tally): Rows {
  const make = { operator: operatorRows, tac: tacRows, border: borderRows }[kind as 'operator' | 'tac' | 'border']
  return make ? make(o, tally) : listedRows(kind, o, tally)
}

const ADDED = { ru: 'добавлен', kk: 'қосылды', en: 'add' } as const
const REPORT = { stolen: 'ЕРДР', counterfeit: 'LAB', gsma: 'SG18', legacy: '' } as const

/** A date as the file's format writes it. */
const dateCell = (o: FileOptions, date: string): string =>
  o.format === 'csv' ? date.split('-').reverse().join('.') : date

function* listedRows(kind: ImportKind, o: FileOptions, tally: Tally): Rows {
  const random = new Random(o.seed, kind)
  const shelf = new FileShelf(o.seed)
  let last: readonly CellInput[] | null = null
  for (let n = 0; n < o.rows; n++) {
    if (last !== null && random.chance(o.bad / 4)) {
      tally.reject('duplicate')
      yield last
      continue
    }
    const { model, imeis } = shelf.take(random.pick(MODELS))
    const cut = random.chance(o.bad / 2)
    const imei = imei15Text(imeis[0] ?? 0)
    const date = dateCell(o, addDays(o.today, -random.between(3, 90)))
    const report = `${REPORT[kind as keyof typeof REPORT]}-${random.digits(6)}-SAMPLE`
    const row: readonly CellInput[] = [
      cut ? imei.slice(0, 13) : imei,
      date,
      ...(kind === 'legacy' ? [] : [ADDED[o.language], report]),
      model.brand,
      model.model,
    ]
    if (cut) tally.reject('imei-length')
    else {
      tally.accept(1)
      last = row
    }
    yield row
  }
}

/** One IMEI on several rows is normal here; the last digit comes as 0 and says nothing. */
function* operatorRows(o: FileOptions, tally: Tally): Rows {
  const random = new Random(o.seed, 'operator')
  const shelf = new FileShelf(o.seed)
  let last: { readonly row: readonly CellInput[]; readonly imei: string } | null = null
  for (let n = 0; n < o.rows; n++) {
    if (last !== null && random.chance(o.bad / 4)) {
      tally.reject('duplicate')
      yield last.row
      continue
    }
    const again = last !== null && random.chance(0.15)
    const imei: string = again && last ? last.imei : `${imei14Text(shelf.take(random.pick(MODELS)).imeis[0] ?? 0)}0`
    const roams = random.chance(0.06)
    const row: readonly CellInput[] = [
      imei,
      dateCell(o, addDays(o.today, -random.between(1, 28))),
      `${roams ? '25001' : random.pick(['40101', '40102', '40177'])}${random.digits(10)}`,
      roams ? `+7916${random.digits(7)}` : `+77${random.pick(['01', '05', '07', '47', '77'])}${random.digits(7)}`,
      random.pick(['LTE', 'LTE', 'NR', 'UMTS']),
    ]
    tally.accept(again ? 0 : 1)
    last = { row, imei }
    yield row
  }
}

function* tacRows(o: FileOptions, tally: Tally): Rows {
  const random = new Random(o.seed, 'tac')
  let last: readonly CellInput[] | null = null
  for (let n = 0; n < o.rows; n++) {
    const model = random.pick(MODELS)
    if (last !== null && random.chance(o.bad / 4)) {
      tally.reject('duplicate')
      yield last
    } else if (random.chance(o.bad / 2)) {
      tally.reject('tac-form')
      yield [random.digits(6), model.brand, model.model]
    } else {
      last = [
        String(86_000_000 + ((o.seed * 7919 + n * 13) % 900_000)).padStart(8, '0'),
        model.brand,
        `Sample ${n + 1}`,
      ]
      tally.accept(0)
      yield last
    }
  }
}

const DIRECTION = { ru: ['Выезд', 'Въезд'], kk: ['Шығу', 'Кіру'], en: ['Exit', 'Entry'] } as const

/** Journeys, exit and entry in turn; every fifth traveller is a guest with a passport of his country. */
function* borderRows(o: FileOptions, tally: Tally): Rows {
  const random = new Random(o.seed, 'border')
  for (let n = 0; n < o.rows; ) {
    const abroad = random.chance(0.2)
    const person = abroad ? guest(n, random) : resident(random)
    // passports are numbered here, so that no two rows are taken for the same crossing
    const passport = `${abroad ? 'FA' : 'N'}${String(10_000_000 + (((o.seed % 1000) * 70_001 + n) % 89_999_999))}`
    const key = person.applicant.key
    const exit = addDays(o.today, -random.between(20, 120))
    const point = random.pick(POINTS)
    for (const [i, date] of [exit, addDays(exit, random.between(2, 15))].entries()) {
      if (n++ >= o.rows) return
      const iin = key.kind === 'iin' ? key.iin : null
      const wrong = iin !== null && random.chance(o.bad / 2)
      if (wrong) tally.reject('identity-check-digit')
      else tally.accept(0)
      const country = key.kind === 'passport' ? key.country : 'KAZ'
      yield [
        wrong ? wrongIdentity(iin, random) : iin,
        passport,
        country,
        dateCell(o, date),
        DIRECTION[o.language][i] ?? '',
        point,
      ]
    }
  }
}
