import type { Applicant } from '../domain/appeal.ts'
import type { IsoDate } from '../domain/fact.ts'
import { iin } from './identifiers.ts'
import type { Random } from './random.ts'

/** Family names that say "example", "pattern", "trial", "made up", so that nobody takes these people for real. */
const KAZAKH = ['Үлгібаев', 'Мысалов', 'Сынақбаев', 'Ойданов', 'Болжамов', 'Тәжірибеков', 'Ертегиев', 'Жорамалов']
const RUSSIAN = ['Образцов', 'Примеров', 'Вымыслов', 'Шаблонов', 'Пробников', 'Эталонов', 'Сказкин', 'Моделев']

const KAZAKH_MEN = ['Айдос', 'Әділет', 'Бауыржан', 'Ғалым', 'Ержан', 'Қанат', 'Мұрат', 'Нұрлан', 'Өмірбек', 'Тимур']
const KAZAKH_WOMEN = ['Айгүл', 'Әсел', 'Гүлнар', 'Дана', 'Жансая', 'Қарлығаш', 'Мәдина', 'Сәуле', 'Ұлжан', 'Шынар']
const RUSSIAN_MEN = ['Алексей', 'Виктор', 'Дмитрий', 'Игорь', 'Кирилл', 'Олег', 'Сергей', 'Юрий']
const RUSSIAN_WOMEN = ['Анна', 'Виктория', 'Елена', 'Ирина', 'Людмила', 'Наталья', 'Оксана', 'Юлия']
const KAZAKH_FATHERS = ['Асқар', 'Болат', 'Ерлан', 'Марат', 'Серік', 'Талғат', 'Қайрат', 'Жұмабек']
const RUSSIAN_FATHERS = ['Андрее', 'Викторо', 'Михайло', 'Павло', 'Петро', 'Сергее']

/** Guests from abroad; their family names mean "sample" in their languages. */
const GUESTS: readonly (readonly [country: string, name: string])[] = [
  ['UZB', 'NAMUNAYEV SANJAR'],
  ['KGZ', 'ULGULUEV AZAMAT'],
  ['TUR', 'ORNEK MEHMET'],
  ['DEU', 'MUSTERMANN ERIKA'],
  ['CHN', 'YANGBEN MING'],
  ['RUS', 'OBRAZTSOVA MARINA'],
  ['IND', 'NAMUNA RAVI'],
  ['GBR', 'SPECIMEN ANGELA'],
]

export interface Person {
  readonly applicant: Applicant
  readonly born: IsoDate
  /** Number of the passport he travels with. */
  readonly passport: string
  readonly country: string
  /** Name as in the passport's Latin lines. */
  readonly latin: string
}

const LATIN: Readonly<Record<string, string>> = {
  ...{ а: 'a', ә: 'a', б: 'b', в: 'v', г: 'g', ғ: 'g', д: 'd', е: 'e', ё: 'e', ж: 'zh', з: 'z', и: 'i', й: 'y' },
  ...{ к: 'k', қ: 'k', л: 'l', м: 'm', н: 'n', ң: 'n', о: 'o', ө: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u' },
  ...{ ұ: 'u', ү: 'u', ф: 'f', х: 'kh', һ: 'h', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch', ъ: '', ы: 'y', і: 'i', ь: '' },
  ...{ э: 'e', ю: 'yu', я: 'ya' },
}

/** As a Kazakh passport writes a name in Latin, capitals. */
const latinName = (name: string): string =>
  [...name.toLowerCase()]
    .map((c) => LATIN[c] ?? c)
    .join('')
    .toUpperCase()

/** A resident with an IIN; `language` is that of his letters. */
export function resident(random: Random): Person {
  const woman = random.chance(0.5)
  const kazakh = random.chance(0.6)
  const born = `${random.between(1961, 2005)}-${pad(random.between(1, 12))}-${pad(random.between(1, 28))}`
  const family = random.pick(kazakh ? KAZAKH : RUSSIAN) + (woman ? 'а' : '')
  const given = random.pick(kazakh ? (woman ? KAZAKH_WOMEN : KAZAKH_MEN) : woman ? RUSSIAN_WOMEN : RUSSIAN_MEN)
  const father = kazakh
    ? random.pick(KAZAKH_FATHERS) + (woman ? 'қызы' : 'ұлы')
    : random.pick(RUSSIAN_FATHERS) + (woman ? 'вна' : 'вич')
  return {
    applicant: {
      key: { kind: 'iin', iin: iin(born, woman, random) },
      name: `${family} ${given} ${father}`,
      language: kazakh ? 'kk' : 'ru',
    },
    born,
    passport: `N${random.digits(8)}`,
    country: 'KAZ',
    latin: latinName(`${family} ${given}`),
  }
}

/** The n-th guest with a foreign passport. */
export function guest(n: number, random: Random): Person {
  const [country, name] = GUESTS[n % GUESTS.length] ?? ['UZB', 'NAMUNAYEV SANJAR']
  const passport = `${random.pick(['FA', 'AC', 'U', 'C', 'E'])}${random.digits(7)}`
  return {
    applicant: {
      key: { kind: 'passport', number: passport, country },
      name,
      language: ['UZB', 'KGZ', 'RUS'].includes(country) ? 'ru' : 'en',
    },
    born: `${random.between(1965, 2002)}-${pad(random.between(1, 12))}-${pad(random.between(1, 28))}`,
    passport,
    country,
    latin: name,
  }
}

const pad = (n: number): string => String(n).padStart(2, '0')
