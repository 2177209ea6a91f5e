/** A region of Kazakhstan or a city of republican rank: its main town's place, and what operators call it. */
interface Region {
  readonly latitude: number
  readonly longitude: number
  /** Beginnings of its name in Kazakh, Russian and Latin letters, in lower case; former names too. */
  readonly names: readonly string[]
}

const region = (latitude: number, longitude: number, ...names: readonly string[]): Region => ({
  latitude,
  longitude,
  names,
})

/** Places to a hundredth of a degree: a kilometre does not matter where hundreds are asked for. */
const REGIONS: readonly Region[] = [
  region(51.17, 71.43, 'астана', 'нұр-сұлтан', 'нур-султан', 'astana', 'nur-sultan'),
  region(43.24, 76.89, 'алматы', 'алма-ата', 'алматин', 'almaty'),
  region(42.32, 69.59, 'шымкент', 'чимкент', 'shymkent'),
  region(50.28, 57.17, 'ақтөбе', 'актобе', 'актюбин', 'aktobe', 'aqtobe'),
  region(53.28, 69.39, 'ақмола', 'акмол', 'көкшетау', 'кокшетау', 'akmola', 'aqmola', 'kokshetau'),
  region(47.11, 51.92, 'атырау', 'atyrau'),
  region(
    51.23,
    51.37,
    'батыс қазақстан',
    'западно-казахстан',
    'зко',
    'бқо',
    'орал',
    'уральск',
    'west kazakhstan',
    'oral',
  ),
  region(42.9, 71.37, 'жамбыл', 'тараз', 'zhambyl', 'jambyl', 'taraz'),
  region(45.02, 78.37, 'жетісу', 'жетысу', 'талдықорған', 'талдыкорган', 'zhetisu', 'zhetysu', 'jetisu', 'taldykorgan'),
  region(49.8, 73.1, 'қарағанды', 'караганд', 'karagand', 'qaragandy'),
  region(53.21, 63.62, 'қостанай', 'костанай', 'kostanai', 'kostanay', 'qostanai'),
  region(44.85, 65.51, 'қызылорда', 'кызылорд', 'kyzylorda', 'qyzylorda'),
  region(
    43.65,
    51.16,
    'маңғыстау',
    'мангистау',
    'мангыстау',
    'ақтау',
    'актау',
    'mangystau',
    'mangistau',
    'aktau',
    'aqtau',
  ),
  region(52.29, 76.97, 'павлодар', 'pavlodar'),
  region(
    54.87,
    69.16,
    'солтүстік қазақстан',
    'северо-казахстан',
    'ско',
    'сқо',
    'петропавл',
    'north kazakhstan',
    'petropavl',
  ),
  region(43.3, 68.25, 'түркістан', 'туркестан', 'turkistan', 'turkestan'),
  region(47.8, 67.71, 'ұлытау', 'улытау', 'жезқазған', 'жезказган', 'ulytau', 'zhezkazgan', 'jezqazgan'),
  region(50.41, 80.23, 'абай', 'семей', 'abai', 'abay', 'semey'),
  region(
    49.95,
    82.61,
    'шығыс қазақстан',
    'восточно-казахстан',
    'вко',
    'шқо',
    'өскемен',
    'усть-каменогорск',
    'east kazakhstan',
    'oskemen',
  ),
]

/** What may stand before a name: г., город, қ., область … */
const BEFORE = /^(г\.|город|қ\.|қаласы|обл\.|область|city of)\s*/

const regionOf = (text: string): Region | null => {
  const name = text.trim().toLowerCase().replace(BEFORE, '')
  return REGIONS.find(({ names }) => names.some((known) => name.startsWith(known))) ?? null
}

const EARTH_KM = 6371
const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** Kilometres between two regions, main town to main town as the crow flies; null where a name says no region. */
export function kilometresBetween(one: string, other: string): number | null {
  const [a, b] = [regionOf(one), regionOf(other)]
  if (!a || !b) return null
  const [north, east] = [radians(b.latitude - a.latitude) / 2, radians(b.longitude - a.longitude) / 2]
  const chord =
    Math.sin(north) ** 2 + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(east) ** 2
  return Math.round(2 * EARTH_KM * Math.asin(Math.sqrt(chord)))
}
