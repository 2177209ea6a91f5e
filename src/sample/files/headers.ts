import type { ImportKind } from '../../domain/batch.ts'

export const FILE_LANGUAGES = ['ru', 'kk', 'en'] as const
export type FileLanguage = (typeof FILE_LANGUAGES)[number]

type Texts = Readonly<Record<FileLanguage, readonly string[]>>

/** Column headers as senders write them, in the order of the rows' cells. */
export const HEADERS: Readonly<Record<ImportKind, Texts>> = {
  customs: {
    ru: ['№ п/п', 'Номер ДТ', '№ товара', 'Дата ДТ', 'БИН/ИИН импортера', 'Наименование импортера', 'Марка', 'Модель', 'Код ТН ВЭД ЕАЭС', 'Страна происхождения', 'Количество', 'IMEI 1', 'IMEI 2'],
    kk: ['Р/с №', 'Декларация нөмірі', 'Тауар нөмірі', 'Декларация күні', 'Импорттаушының БСН/ЖСН', 'Импорттаушының атауы', 'Маркасы', 'Моделі', 'ЕАЭО СЭҚ ТН коды', 'Шығарылған елі', 'Саны', 'IMEI 1', 'IMEI 2'],
    en: ['Seq', 'Declaration number', 'Line', 'Declaration date', 'Importer BIN/IIN', 'Importer name', 'Brand', 'Model', 'HS code', 'Country of origin', 'Quantity', 'IMEI 1', 'IMEI 2'],
  },
  operator: {
    ru: ['IMEI', 'Дата регистрации в сети', 'IMSI', 'MSISDN', 'Технология'],
    kk: ['IMEI', 'Тіркелген күні', 'IMSI', 'MSISDN', 'Технологиясы'],
    en: ['IMEI', 'First seen', 'IMSI', 'MSISDN', 'RAT'],
  },
  stolen: {
    ru: ['IMEI', 'Дата хищения', 'Операция', 'Номер ЕРДР', 'Марка', 'Модель'],
    kk: ['IMEI', 'Ұрланған күні', 'Өзгеріс', 'СБТБТ нөмірі', 'Маркасы', 'Моделі'],
    en: ['IMEI', 'Report date', 'Change', 'Report number', 'Brand', 'Model'],
  },
  counterfeit: {
    ru: ['IMEI', 'Дата выявления', 'Операция', 'Номер акта', 'Марка', 'Модель'],
    kk: ['IMEI', 'Күні', 'Өзгеріс', 'Акт нөмірі', 'Маркасы', 'Моделі'],
    en: ['IMEI', 'Date', 'Change', 'Case number', 'Brand', 'Model'],
  },
  gsma: {
    ru: ['IMEI', 'Дата внесения', 'Операция', 'Номер дела', 'Марка', 'Модель'],
    kk: ['IMEI', 'Енгізілген күні', 'Өзгеріс', 'Іс нөмірі', 'Маркасы', 'Моделі'],
    en: ['IMEI', 'Date listed', 'Change', 'Reference', 'Brand', 'Model'],
  },
  legacy: {
    ru: ['IMEI', 'Дата регистрации', 'Марка', 'Модель'],
    kk: ['IMEI', 'Тіркелген күні', 'Маркасы', 'Моделі'],
    en: ['IMEI', 'Registration date', 'Brand', 'Model'],
  },
  tac: {
    ru: ['TAC', 'Марка', 'Модель'],
    kk: ['TAC', 'Маркасы', 'Моделі'],
    en: ['TAC', 'Brand', 'Model'],
  },
  border: {
    ru: ['ИИН', 'Номер паспорта', 'Гражданство', 'Дата пересечения', 'Направление', 'Пункт пропуска'],
    kk: ['ЖСН', 'Паспорт нөмірі', 'Азаматтығы', 'Өткен күні', 'Бағыты', 'Өткізу пункті'],
    en: ['IIN', 'Passport number', 'Citizenship', 'Date of crossing', 'Direction', 'Border crossing point'],
  },
} // biome-ignore format: one line a list of headers

/** Lines above the header, as registers come with. */
export const TITLES: Readonly<Record<FileLanguage, readonly string[]>> = {
  ru: ['ОБРАЗЕЦ. Сведения о ввезённых абонентских устройствах', 'Комитет государственных доходов (вымышленные данные)'],
  kk: [
    'ҮЛГІ. Әкелінген абоненттік құрылғылар туралы мәліметтер',
    'Мемлекеттік кірістер комитеті (ойдан шығарылған деректер)',
  ],
  en: ['SAMPLE. Imported subscriber devices', 'State Revenue Committee (made-up data)'],
}

export const TOTAL: Readonly<Record<FileLanguage, string>> = { ru: 'Итого', kk: 'Барлығы', en: 'Total' }

export const SHEET_NAME: Readonly<Record<FileLanguage, string>> = { ru: 'Лист1', kk: 'Парақ1', en: 'Sheet1' }
