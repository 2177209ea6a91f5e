import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { openWorkbook } from '../../src/sheet/openWorkbook.ts'
import type { EncodingGuess, Workbook } from '../../src/sheet/workbook.ts'
import { file, problemOf, read } from './reading.ts'

const RUSSIAN = [
  'IMEI;Производитель;Получатель;Примечание',
  '490154203237518;Самсунг;ТОО «Ромашка Трейд»;партия принята без замечаний',
  '356938035643809;Сяоми;ИП Ахметов Серик Болатович;срок уплаты пошлины истёк, требуется объяснение',
  '359881230000006;Тесно;АО Казпочта, г. Алматы;количество в декларации расходится с фактическим',
].join('\r\n')

const KAZAKH = [
  'IMEI;Өндіруші;Алушы;Ескертпе',
  '490154203237518;Самсұң;ЖШС «Көктем»;құрылғы тіркелген жоқ, мәлімдеме күтілуде',
  '356938035643809;Хонор;ЖК Әлібекұлы Нұрлан Ғабитұлы;кедендік декларация бойынша ұялы телефондар тізімі',
  '359881230000006;Текно;«Үміт» дүкені, Өскемен қаласы;бұл партияның қалған бөлігі кейін жіберіледі',
].join('\r\n')

async function guessOf(bytes: Uint8Array): Promise<EncodingGuess> {
  const book: Workbook = await openWorkbook(file(bytes))
  await book.close()
  return book.encoding as EncodingGuess
}

describe('encodings of text files', () => {
  it.each([
    ['windows-1251', RUSSIAN],
    ['cp866', RUSSIAN.replace(/[«»]/g, "'")],
    ['rk1048', KAZAKH],
    ['pt154', KAZAKH],
    ['utf-8', KAZAKH],
  ])('%s is proposed by its letters', async (encoding, text) => {
    const bytes = iconv.encode(text, encoding)
    expect(await guessOf(bytes)).toMatchObject({ encoding, evidence: encoding === 'utf-8' ? 'valid' : 'letters' })
    expect((await read(bytes)).texts).toEqual(text.split('\r\n').map((line) => line.split(';')))
  })

  it.each([
    ['utf-8', Buffer.from(`\ufeff${KAZAKH}`), 'bom'],
    ['utf-16le', iconv.encode(`\ufeff${KAZAKH}`, 'utf-16le', { addBOM: false }), 'bom'],
    ['utf-16be', iconv.encode(`\ufeff${KAZAKH}`, 'utf-16be', { addBOM: false }), 'bom'],
    ['utf-16le', iconv.encode(KAZAKH, 'utf-16le', { addBOM: false }), 'valid'],
    ['utf-16be', iconv.encode(KAZAKH, 'utf-16be', { addBOM: false }), 'valid'],
  ])('%s is told by its mark or its shape', async (encoding, bytes, evidence) => {
    expect(await guessOf(bytes)).toMatchObject({ encoding, evidence })
    expect((await read(bytes)).texts[1]?.[1]).toBe('Самсұң')
  })

  it('the proposal comes with a line to judge it by, and the same line in the other encodings', async () => {
    const guess = await guessOf(iconv.encode(KAZAKH, 'rk1048'))
    expect(guess.sample).toBe('IMEI;Өндіруші;Алушы;Ескертпе')
    expect(guess.others.map(({ encoding }) => encoding)).toEqual(['windows-1251', 'pt154', 'cp866'])
    expect(guess.others[2]?.sample).not.toBe(guess.sample)
  })

  it('the officer may overrule it', async () => {
    const sheet = await read(iconv.encode(KAZAKH, 'rk1048'), { encoding: 'windows-1251' })
    expect(sheet.texts[1]?.[1]).toBe('Самсўѕ')
  })

  it('letters that come only after a megabyte of digits are still found', async () => {
    const digits = '490154203237518;1\n'.repeat(60_000)
    expect(await guessOf(iconv.encode(`${digits}${RUSSIAN}`, 'windows-1251'))).toMatchObject({
      encoding: 'windows-1251',
    })
    expect(await guessOf(Buffer.from('490154203237518;1\n'.repeat(100)))).toMatchObject({
      encoding: 'utf-8',
      evidence: 'ascii',
    })
  })

  it('bytes that do not fit the encoding are announced, the row is not lost', async () => {
    const bytes = Buffer.concat([Buffer.from('a;Қ\nb;'), Buffer.from([0xff, 0xfe]), Buffer.from(';\nc;3\n')])
    const sheet = await read(bytes, { encoding: 'utf-8' })
    expect(sheet.texts).toEqual([
      ['a', 'Қ'],
      ['b', '��'],
      ['c', '3'],
    ])
    expect(sheet.notices.map(({ code }) => code)).toContain('undecodable-text')
  })

  it('a letter cut by the border between two pieces of the file is whole again', async () => {
    const line = 'Қазақстан;ұялы телефон;1\n'
    const sheet = await read(line.repeat(20_000))
    expect(sheet.rows).toBe(20_000)
    expect(new Set(sheet.texts.map((row) => row.join(';')))).toEqual(new Set([line.trim()]))
  })
})

describe('rows of text files', () => {
  it.each([
    [';', 'imei;date\n1;2\n3;4\n'],
    [',', 'imei,date\n1,2\n3,4\n'],
    ['\t', 'imei\tdate\n1\t2\n3\t4\n'],
    ['|', 'tac|brand\n1|2\n3|4\n'],
    [';', 'name;note\n"a,b,c,d";"x"\n"e,f,g,h";"y"\n'],
    [';', 'a;b\n1,5;2,5\n3,5;4,5\n'],
    [',', '490154203237518\n356938035643809\n'],
  ])('the separator %j is found', async (delimiter, text) => {
    const book = await openWorkbook(file(text))
    await book.close()
    expect(book.delimiter).toBe(delimiter)
  })

  it('the separator may be named in the first line or by the caller', async () => {
    expect((await read('sep=|\r\na;b|c\r\n')).texts).toEqual([['a;b', 'c']])
    expect((await read('a;b|c\n', { delimiter: '|' })).texts).toEqual([['a;b', 'c']])
  })

  it('quotes hold separators, line ends and quotes', async () => {
    const sheet = await read('"a;""b""";"line 1\r\nline 2"\r\n"";c\r\n" x ";"y"')
    expect(sheet.texts).toEqual([
      ['a;"b"', 'line 1\r\nline 2'],
      ['', 'c'],
      [' x ', 'y'],
    ])
    expect(sheet.list.map(({ number }) => number)).toEqual([1, 2, 3])
  })

  it('a quote inside a field without quotes is text; text behind a closing quote is kept and announced', async () => {
    const sheet = await read('5" screen;b\n"a"b;c\n"a""b"c"d;e\n')
    expect(sheet.texts).toEqual([
      ['5" screen', 'b'],
      ['ab', 'c'],
      ['a"bc"d', 'e'],
    ])
    expect(sheet.notices).toEqual([{ code: 'text-after-quote', count: 2, row: 2 }])
  })

  it('a quote that is never closed is a problem, not one long row', async () => {
    expect(await problemOf(read('a;b\n1;"2\n3;4\n5;6\n'))).toMatchObject({
      code: 'sheet-unclosed-quote',
      row: 2,
      column: 2,
    })
    const long = `a;b\n"${'x;y\n'.repeat(3_000_000)}`
    expect(await problemOf(read(long))).toMatchObject({ code: 'sheet-unclosed-quote', row: 2 })
  })

  it('LF, CRLF and CR end rows; blank lines are no rows but count', async () => {
    expect((await read('a;1\nb;2\r\n\r\n;;\rc;3\r')).list.map(({ number, texts }) => [number, texts])).toEqual([
      [1, ['a', '1']],
      [2, ['b', '2']],
      [5, ['c', '3']],
    ])
  })

  it('rows with more or fewer fields are announced', async () => {
    const sheet = await read('a;b;c\n1;2;3\n1;2\n1;2;3;4\n1;2;\n')
    expect(sheet.notices).toEqual([{ code: 'ragged-rows', count: 2, row: 3 }])
    expect(sheet.columns).toBe(4)
  })

  it('NUL bytes stay in their cell and are announced', async () => {
    const text = `${'abc;def\n'.repeat(200)}4901\u0000;x\n`
    const sheet = await read(text)
    expect(sheet.texts.at(-1)).toEqual(['4901\u0000', 'x'])
    expect(sheet.notices).toEqual([{ code: 'nul-bytes', count: 1, row: 201 }])
  })

  it('more than 16,384 columns are refused', async () => {
    expect(await problemOf(read(`${'1;'.repeat(16_385)}1\n`))).toMatchObject({ code: 'sheet-too-wide', row: 1 })
  })

  it('an IMEI list reads fast as digits and exactly as text', async () => {
    const book = await openWorkbook(file('490154203237518;0490154203237\n4901542032375180;49015420323751X\n'))
    const [batch] = await book.preview('x', 0).then(() => book.preview(book.sheets[0]?.name as string, 2))
    await book.close()
    expect(batch?.digits(0, 0, 15)).toBe(490154203237518)
    expect(batch?.digits(0, 1, 15)).toBe(-1)
    expect(batch?.digits(0, 1, 13)).toBe(490154203237)
    expect(batch?.digits(1, 0, 15)).toBe(-1)
    expect(batch?.digits(1, 1, 15)).toBe(-1)
    expect(batch?.digits(0, 7, 15)).toBe(-1)
  })
})
