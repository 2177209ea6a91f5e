import type { BatchField } from '../checks/batchField.ts'

const names = (list: string): readonly string[] => list.split(',').map((name) => name.trim())

/**
 * How senders head their columns, in Russian, Kazakh and English, as `plainHeader` writes them: small letters, no punctuation.
 * Typing errors are forgiven by the comparison, so they need no entries.
 */
export const HEADER_NAMES: Readonly<Record<BatchField, readonly string[]>> = {
  imei1: names(`
    imei, imei 1, imei1, имей, имеи, имей 1, код imei, imei код, imei коды, номер imei, imei номер, imei нөмірі,
    imei number, imei no, imei code, imei sim 1, imei сим 1, imei слот 1, imei основной, первый imei, 1 imei,
    бірінші imei, primary imei, device imei, imei устройства, идентификационный код,
    идентификационный код абонентского устройства, идентификационный код устройства, идентификационный номер,
    сәйкестендіру коды, абоненттік құрылғының сәйкестендіру коды, imei imeisv, imeisv`),
  imei2: names(`
    imei 2, imei2, имей 2, второй imei, 2 imei, екінші imei, second imei, secondary imei, imei sim 2, imei сим 2,
    imei слот 2, imei дополнительный, imei код 2, код imei 2, номер imei 2`),
  imei3: names(`
    imei 3, imei3, третий imei, 3 imei, үшінші imei, third imei, imei sim 3, код imei 3`),
  imei4: names(`
    imei 4, imei4, четвертый imei, 4 imei, төртінші imei, fourth imei, imei sim 4, код imei 4`),
  imeis: names(`
    imeis, imei list, список imei, все imei, коды imei, imei коды устройств, номера imei, imei нөмірлері,
    imei тізімі, идентификационные коды, imei 1 imei 2, imei 1 2`),
  declaration: names(`
    дт, номер дт, дт номер, декларация, номер декларации, номер декларации на товары, декларация на товары,
    таможенная декларация, номер таможенной декларации, регистрационный номер дт, регистрационный номер декларации,
    рег номер дт, гтд, номер гтд, мәлімдеме, мәлімдеме нөмірі, декларация нөмірі, кедендік декларация,
    кедендік декларация нөмірі, тауарларға арналған декларация, тауарларға арналған декларация нөмірі, тд нөмірі,
    declaration, declaration number, declaration no, decl no, decl number, customs declaration,
    customs declaration number, customs declaration no, ccd`),
  line: names(`
    номер товара, товар номер, номер товара в дт, позиция, номер позиции, тауар нөмірі, тауардың нөмірі, line,
    line no, line number, item no, item number, goods item`),
  declarationDate: names(`
    дата дт, дата декларации, дата регистрации дт, дата регистрации декларации, дата выпуска, дата выпуска товаров,
    дата оформления, дата декларирования, дата ввоза, дата импорта, декларация күні, мәлімдеме күні,
    кедендік декларация күні, шығарылған күні, импорт күні, declaration date, date of declaration, release date,
    import date, clearance date, date, дата, күні`),
  bin: names(`
    бин, иин, бин иин, иин бин, бин импортера, бин иин импортера, иин бин импортера, бин получателя,
    бин иин получателя, бин декларанта, бин компании, бин организации, бсн, жсн, бсн жсн, жсн бсн, импорттаушы бсн,
    импорттаушының бсн, импорттаушының бсн жсн, bin, iin, bin iin, iin bin, importer bin, importer bin iin,
    bin of importer, importer id, tax id`),
  importer: names(`
    импортер, наименование импортера, импортер наименование, получатель, наименование получателя, грузополучатель,
    декларант, компания, наименование компании, организация, наименование организации, импорттаушы,
    импорттаушының атауы, импорттаушы атауы, алушы, жүк алушы, ұйым, ұйым атауы, importer, importer name,
    name of importer, consignee, company, company name`),
  brand: names(`
    марка, торговая марка, товарный знак, бренд, производитель, изготовитель, марка устройства, марка телефона,
    маркасы, бренді, сауда маркасы, өндіруші, тауар белгісі, brand, brand name, manufacturer, make, vendor`),
  model: names(`
    модель, модель устройства, модель телефона, наименование модели, марка модель, моделі, үлгісі, құрылғы моделі,
    құрылғы үлгісі, model, model name, device model, marketing name, brand model`),
  hs: names(`
    тн вэд, тнвэд, код тн вэд, код тнвэд, тн вэд еаэс, код тн вэд еаэс, сэқ тн, сэқ тн коды, еаэо сэқ тн,
    еаэо сэқ тн коды, hs, hs code, hscode, tn ved, commodity code`),
  quantity: names(`
    количество, кол во, кол, колво, количество шт, кол во шт, количество устройств, количество товара, шт, саны,
    дана, саны дана, мөлшері, құрылғылар саны, quantity, qty, qty pcs, pcs, number of devices`),
  country: names(`
    страна, страна происхождения, страна отправления, гражданство, страна выдачи, ел, елі, шығарылған елі,
    шыққан елі, тауар шығарылған ел, азаматтығы, country, country of origin, origin, citizenship, nationality,
    issuing country`),
  date: names(`
    дата, дата события, дата и время, дата регистрации, дата регистрации в сети, дата первой регистрации,
    дата заявления, дата кражи, дата хищения, дата утери, дата внесения, дата включения, дата обнаружения,
    дата пересечения, дата активации, дата выявления, время, күні, уақыты, күні мен уақыты, тіркелген күні,
    ұрланған күні, өтініш күні, өткен күні, енгізілген күні, date, event date, date time, datetime, timestamp,
    first seen, first seen date, last seen, registration date, report date, reporting date, listed date,
    date of crossing, crossing date, date listed, allocation date`),
  imsi: names(`
    imsi, имси, код imsi, номер imsi, imsi нөмірі, imsi number`),
  msisdn: names(`
    msisdn, абонентский номер, номер телефона, номер абонента, телефон, телефон нөмірі, абонент нөмірі,
    абоненттік нөмір, phone, phone number, subscriber number`),
  rat: names(`
    rat, технология, тип сети, стандарт связи, радиотехнология, технология радиодоступа, технологиясы, желі түрі,
    технология түрі, rat type, radio access, radio access technology, network type, technology`),
  region: names(`
    регион, область, филиал, регион абонента, регион сети, аймақ, облыс, филиалы, өңір, region, branch, oblast, province`),
  network: names(`
    сеть, роуминг, признак роуминга, тип абонента, желі, абонент түрі, network, roaming, roaming status,
    subscriber type, sim type`),
  change: names(`
    change type, change, изменение, тип изменения, операция, тип операции, действие, статус, өзгеріс, өзгеріс түрі,
    әрекет, мәртебесі, action, operation, status, list status`),
  report: names(`
    номер заявления, заявление, номер куи, куи, ердр, номер ердр, номер дела, уголовное дело, номер талона,
    номер акта, талон, өтініш нөмірі, іс нөмірі, сбтбт нөмірі, сбтбт, акт нөмірі, report, report number, report no,
    case, case number, case no, case id, reference`),
  tac: names(`
    tac, код tac, tac код, tac коды, tac code, type allocation code, код типа`),
  iin: names(`
    иин, жсн, иин владельца, иин гражданина, иегерінің жсн, iin, personal id, national id`),
  passport: names(`
    паспорт, номер паспорта, паспорт номер, документ удостоверяющий личность, проездной документ, төлқұжат,
    төлқұжат нөмірі, паспорт нөмірі, passport, passport number, passport no, travel document`),
  direction: names(`
    направление, въезд выезд, направление движения, въезд или выезд, бағыты, кіру шығу, кіру немесе шығу, direction,
    entry exit, entry or exit, in out`),
  document: names(`
    документ, номер документа, снт, номер снт, эсф, номер эсф, форма 328 00, заявление 328 00, свидетельство,
    номер свидетельства, справка, номер справки, құжат, құжат нөмірі, куәлік нөмірі, анықтама нөмірі, document,
    document number, document no, certificate, certificate number`),
  point: names(`
    пункт пропуска, кпп, пункт, место пересечения, өткізу пункті, өткізу бекеті, бекет, point, checkpoint,
    border point, crossing point, border crossing point`),
  note: names(`
    примечание, комментарий, причина, основание, ескерту, ескертпе, себебі, негіздеме, note, notes, remark, remarks,
    comment, reason, description`),
}

/** A delta list may have a status beside what changes in it: then the change is what counts. */
export const LOOSE_NAMES: readonly string[] = ['статус', 'мәртебесі', 'status', 'list status']
