import { brandDiffers } from '../../domain/checks/rules/tacBrand.ts'
import { modelDiffers } from '../../domain/checks/rules/tacModel.ts'
import type { Imei14 } from '../../domain/fact.ts'
import { imei15Text } from '../../domain/imei.ts'
import type { CellInput } from '../../sheet/write/cellInput.ts'
import { MODELS, type Model, OTHER_MODELS } from '../devices.ts'
import { wrongIdentity, wrongImeiText } from '../identifiers.ts'
import type { Random } from '../random.ts'
import type { FileShelf } from './fileShelf.ts'

/** Cells of a row that damage may change. */
export interface CustomsCells {
  date: CellInput
  bin: CellInput
  imei1: CellInput
  imei2: CellInput
}

/** What damage works with. */
export interface DamageSite {
  readonly imeis: readonly Imei14[]
  /** What the row says the device is. */
  readonly model: Model
  /** Codes of what else is then found in the row. */
  readonly also: string[]
  readonly bin: string
  readonly date: string
  readonly random: Random
  readonly shelf: FileShelf
}

/** One way in which rows go wrong: the code it is found under, and what it does to the cells; false where it cannot be done to this row. */
export interface Damage {
  readonly code: string
  readonly rejects: boolean
  /** A text file cannot tell a number from text. */
  readonly spreadsheetOnly?: boolean
  /** IMEIs the row then brings, where it is accepted. */
  readonly imeis?: number
  apply(cells: CustomsCells, site: DamageSite): boolean
}

const onImei =
  (change: (imei: string, site: DamageSite) => CellInput | null): Damage['apply'] =>
  (cells, site) => {
    const cell = change(String(cells.imei1), site)
    if (cell === null) return false
    cells.imei1 = cell
    return true
  }

const LOST_ZERO = OTHER_MODELS.filter((m) => m.tac < 10_000_000)

/** Errors: the row is kept aside. */
const ERRORS: readonly Damage[] = [
  {
    code: 'imei-scientific',
    rejects: true,
    apply: onImei((imei, { random }) => `${imei[0]}${random.pick([',', '.'])}${imei.slice(1, 6)}E+14`),
  },
  {
    code: 'imei-digits-lost',
    rejects: true,
    spreadsheetOnly: true,
    apply: onImei((imei, { random }) => Number(imei + String(random.below(10)))),
  },
  {
    code: 'imei-check-digit',
    rejects: true,
    apply: onImei((_, { imeis, random }) => wrongImeiText(imeis[0] ?? 0, random)),
  },
  { code: 'imei-length', rejects: true, apply: onImei((imei) => imei.slice(0, 13)) },
  {
    code: 'imei-impossible',
    rejects: true,
    apply: onImei((_, { random }) => random.pick(['000000000000000', '111111111111111'])),
  },
  {
    code: 'imei-unreadable',
    rejects: true,
    apply: onImei((_, { random }) => random.pick(['не указан', 'IMEI жоқ болды', 'см. приложение'])),
  },
  {
    code: 'imei-missing',
    rejects: true,
    apply: (cells) => {
      cells.imei1 = null
      cells.imei2 = null
      return true
    },
  },
  {
    code: 'identity-check-digit',
    rejects: true,
    apply: (cells, { bin, random }) => {
      cells.bin = wrongIdentity(bin, random)
      return true
    },
  },
  {
    code: 'date-impossible',
    rejects: true,
    apply: (cells) => {
      cells.date = '31.02.2025'
      return true
    },
  },
  {
    code: 'date-future',
    rejects: true,
    apply: (cells) => {
      cells.date = '14.05.2099'
      return true
    },
  },
]

/** Warnings: cleaned or doubtful, but accepted. */
const WARNINGS: readonly Damage[] = [
  { code: 'imei-cleaned', rejects: false, apply: onImei((imei) => `${imei.slice(0, 6)}\u00a0${imei.slice(6)}`) },
  { code: 'imei-cleaned', rejects: false, apply: onImei((imei) => `'${imei}`) },
  {
    code: 'imei-lookalike',
    rejects: false,
    apply: onImei((imei) => (imei.includes('0') ? imei.replace('0', 'О') : null)),
  },
  {
    code: 'imei-lost-zero',
    rejects: false,
    spreadsheetOnly: true,
    imeis: 1,
    apply: (cells, { random, shelf, model, also }) => {
      const other = random.pick(LOST_ZERO)
      const device = shelf.take(other)
      if (brandDiffers(model.brand, other)) also.push('tac-brand')
      else if (modelDiffers(model.model, other)) also.push('tac-model')
      cells.imei1 = Number(imei15Text(device.imeis[0] ?? 0))
      cells.imei2 = null
      return true
    },
  },
  {
    code: 'imei-pair-tacs',
    rejects: false,
    apply: (cells, { imeis, random, shelf }) => {
      const other = random.pick(MODELS.filter((m) => m.sims === 2 && m.tac !== Math.floor((imeis[0] ?? 0) / 1_000_000)))
      if (imeis.length < 2) return false
      cells.imei2 = imei15Text(shelf.take(other).imeis[0] ?? 0)
      return true
    },
  },
  {
    code: 'identity-lost-zero',
    rejects: false,
    apply: (cells, { bin }) => {
      if (!/^0[1-9]/.test(bin)) return false
      cells.bin = Number(bin)
      return true
    },
  },
  {
    code: 'date-short-year',
    rejects: false,
    apply: (cells, { date }) => {
      cells.date = `${date.slice(8, 10)}.${date.slice(5, 7)}.${date.slice(2, 4)}`
      return true
    },
  },
]

/** All ways that a file of this format can show. */
export const damagesOf = (
  format: 'xlsx' | 'csv',
): { readonly errors: readonly Damage[]; readonly warnings: readonly Damage[] } => {
  const fits = (d: Damage): boolean => format === 'xlsx' || d.spreadsheetOnly !== true
  return { errors: ERRORS.filter(fits), warnings: WARNINGS.filter(fits) }
}
