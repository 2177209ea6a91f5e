import type { Paper } from '../shape.ts'
import { day, money } from './drawing.ts'

/** A typed document of one page, drawn alike as PDF and as a picture of a scan. */
export interface PaperDocument {
  readonly issuer: readonly string[]
  readonly title: readonly string[]
  readonly number: string
  readonly rows: readonly (readonly [label: string, value: string])[]
  readonly table: { readonly widths: readonly number[]; readonly rows: readonly (readonly string[])[] } | null
  readonly body: readonly string[]
  /** Text round the seal; null without one. */
  readonly seal: string | null
  readonly signed: string
  /** Content of the QR code. */
  readonly code: string
}

const imeiText = (f: Paper['fields']): string =>
  [f.imei1, f.imei2, f.imei3, f.imei4].filter((x) => x !== undefined).join(', ')

const WHO = 'Тегі, аты, әкесінің аты / Ф.И.О.'
const KEY = 'ЖСН / ИИН'
const DEVICE = 'Құрылғы / Устройство'

/** The document a paper's form asks for. */
export function documentOf(paper: Paper): PaperDocument {
  const make = FORMS[paper.form]
  if (!make) throw new Error(`${paper.form} is not a typed document`)
  return make(paper.fields)
}

const FORMS: Partial<Record<Paper['form'], (f: Paper['fields']) => PaperDocument>> = {
  'crossing-certificate': (f) => ({
    issuer: ['Шекара қызметі (үлгі)', 'Пограничная служба (образец)'],
    title: ['Мемлекеттік шекараны кесіп өту туралы анықтама', 'Справка о пересечении государственной границы'],
    number: `№ ${f.number}  ·  ${day(f.issued)}`,
    rows: [
      [WHO, f.name ?? ''],
      ['Латынша / Латиницей', f.latin ?? ''],
      [`${KEY} / паспорт`, f.person ?? ''],
      ['Құжат / Документ', `${f.passport} (${f.country})`],
      ['Туған күні / Дата рождения', day(f.born)],
    ],
    table: {
      widths: [0.24, 0.3, 0.46],
      rows: [
        ['Күні / Дата', 'Бағыты / Направление', 'Өткізу пункті / Пункт пропуска'],
        [day(f.exit), 'Шығу / Выезд', f.point ?? ''],
        [day(f.entry), 'Кіру / Въезд', f.point ?? ''],
      ],
    },
    body: ['Анықтама талап етілген жерге ұсыну үшін берілді. / Справка выдана для предъявления по месту требования.'],
    seal: 'ШЕКАРА ҚЫЗМЕТІ · ҮЛГІ',
    signed: 'Мысалов Е. (үлгі)',
    code: `SAMPLE|${f.number}|${f.person}`,
  }),
  'express-declaration': (f) => declaration(f, 'Экспресс-жүктерге арналған декларация', 'Декларация на экспресс-грузы'),
  'passenger-declaration': (f) =>
    declaration(f, 'Жолаушылар кедендік декларациясы', 'Пассажирская таможенная декларация'),
  'service-act': (f) => ({
    issuer: [f.centre ?? '', 'Өкілетті қызмет көрсету орталығы / Авторизованный сервисный центр (SAMPLE)'],
    title: ['Тақтаны ауыстыру актісі', 'Акт замены системной платы'],
    number: `№ ${f.number}  ·  ${day(f.date)}`,
    rows: [
      [WHO, f.name ?? ''],
      [DEVICE, f.item ?? ''],
      ['Жаңа IMEI / Новый IMEI', imeiText(f)],
      ['Себебі / Причина', 'Ақау / Неисправность платы'],
    ],
    table: null,
    body: [
      'Жоғарыда көрсетілген құрылғының жүйелік тақтасы зауыттық тақтаға ауыстырылды. / Системная плата указанного устройства заменена на заводскую.',
    ],
    seal: 'ҚЫЗМЕТ ОРТАЛЫҒЫ · ҮЛГІ',
    signed: 'Шаблонов В. (образец)',
    code: `SAMPLE|${f.number}|${f.imei1}`,
  }),
  'seller-invoice': (f) => ({
    issuer: [f.shop ?? '', f.address ?? ''],
    title: ['Жүкқұжат', 'Накладная продавца'],
    number: `№ ${f.number}  ·  ${day(f.date)}`,
    rows: [
      ['Сатып алушы / Покупатель', f.name ?? ''],
      [KEY, f.person ?? ''],
      ['Ввоз / Әкелу', 'Сатушы / Продавец (SAMPLE)'],
    ],
    table: {
      widths: [0.38, 0.42, 0.2],
      rows: [
        ['Тауар / Товар', 'IMEI', 'Сома, ₸'],
        [f.item ?? '', f.imei1 ?? '', money(f.tenge)],
        ...(f.imei2 ? [['', f.imei2, '']] : []),
      ],
    },
    body: [
      'Тауар Қазақстан Республикасының аумағына заңды әкелінген. / Товар ввезён на территорию Республики Казахстан законно.',
    ],
    seal: 'МАРКЕТ · ҮЛГІ',
    signed: 'Пробников О. (образец)',
    code: `SAMPLE|${f.number}|${f.date}`,
  }),
  'gift-statement': (f) => ({
    issuer: ['Өтініш / Заявление (SAMPLE)'],
    title: ['Сыйға беру туралы мәлімдеме', 'Заявление о передаче в дар'],
    number: day(f.date),
    rows: [
      ['Сыйға беруші / Даритель', f.giver ?? ''],
      [KEY, f.giverIin ?? ''],
      ['Алушы / Получатель', f.name ?? ''],
      [DEVICE, f.item ?? ''],
      ['IMEI', imeiText(f)],
    ],
    table: null,
    body: [
      'Мен шетелден әкелген аталған құрылғыны туысыма сыйға бердім. / Указанное устройство, ввезённое мной из-за границы, передано мной в дар родственнику.',
    ],
    seal: null,
    signed: f.giver ?? '',
    code: `SAMPLE|${f.giverIin}|${f.imei1}`,
  }),
  'sale-agreement': (f) => ({
    issuer: ['Алматы қ. / г. Алматы (SAMPLE)'],
    title: ['Сатып алу-сату шарты', 'Договор купли-продажи'],
    number: `№ ${f.number}  ·  ${day(f.date)}`,
    rows: [
      ['Сатушы / Продавец', f.seller ?? ''],
      [KEY, f.sellerIin ?? ''],
      ['Сатып алушы / Покупатель', f.name ?? ''],
      [KEY, f.person ?? ''],
      [DEVICE, f.item ?? ''],
      ['IMEI', imeiText(f)],
      ['Бағасы / Цена', `${money(f.tenge)} ₸`],
    ],
    table: null,
    body: ['Сатушы құрылғыны тапсырды, сатып алушы қабылдады. / Продавец передал, а покупатель принял устройство.'],
    seal: null,
    signed: f.seller ?? '',
    code: `SAMPLE|${f.number}|${f.date}`,
  }),
}

function declaration(f: Paper['fields'], kk: string, ru: string): PaperDocument {
  return {
    issuer: ['Мемлекеттік кірістер комитеті (үлгі)', 'Комитет государственных доходов (образец)'],
    title: [kk, ru],
    number: `№ ${f.number}`,
    rows: [
      ['Алушы / Получатель', f.name ?? ''],
      [`${KEY} / паспорт`, f.person ?? ''],
      ['Тасымалдаушы / Перевозчик', f.carrier ?? ''],
      ['Трек-нөмір / Трек-номер', f.tracking ?? ''],
    ],
    table: {
      widths: [0.07, 0.31, 0.2, 0.27, 0.15],
      rows: [
        ['№', 'Тауар / Товар', 'СЭҚ ТН / ТН ВЭД', 'IMEI', f.currency ?? ''],
        ['1', f.item ?? '', f.hs ?? '', f.imei1 ?? '', money(f.sum)],
      ],
    },
    body: ['Саны / Количество: 1. Жеке пайдалану үшін. / Для личного пользования.'],
    seal: 'КЕДЕН · ТАМОЖНЯ · ҮЛГІ',
    signed: 'Эталонова М. (образец)',
    code: `SAMPLE|${f.number}|${f.tracking}`,
  }
}
