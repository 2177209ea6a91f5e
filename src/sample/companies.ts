import { bin, iin } from './identifiers.ts'
import type { Random } from './random.ts'

export interface Importer {
  readonly name: string
  /** BIN of a company, IIN of a sole trader. */
  readonly number: string
  readonly soleTrader: boolean
}

const COMPANIES = [
  'ТОО «Үлгі Трейд»',
  'ТОО «Мысал Мобайл»',
  'ТОО «Образец Импорт»',
  '«Сынақ Электроникс» ЖШС',
  '«Қиял Байланыс» ЖШС',
  'ТОО «Пример Телеком»',
  'ТОО «Вымысел Дистрибуция»',
  '«Ертегі Девайс» ЖШС',
  'ТОО «Sample Mobile KZ»',
  'АО «Шаблон Логистик»',
  '«Болжам Техника» ЖШС',
  'ТОО «Модель Плюс»',
]
const SOLE_TRADERS = [
  'ИП Образцов А.',
  'ИП Примерова О.',
  'ЖК Мысалов Е.',
  'ЖК Ойданова Ә.',
  'ИП Шаблонов В.',
  'ЖК Үлгібаев Қ.',
]

/** The importers of the sample: companies under a BIN, sole traders under their IIN. All made up. */
export function importers(random: Random): readonly Importer[] {
  const companies = COMPANIES.map((name) => ({
    name,
    number: bin(`${random.between(2004, 2024)}-${String(random.between(1, 12)).padStart(2, '0')}`, random),
    soleTrader: false,
  }))
  const traders = SOLE_TRADERS.map((name) => ({
    name,
    number: iin(`19${random.between(65, 99)}-0${random.between(1, 9)}-${random.between(10, 28)}`, false, random),
    soleTrader: true,
  }))
  return [...companies, ...traders]
}
