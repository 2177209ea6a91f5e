import { writeAtomically } from '../src/sheet/write/atomicFile.ts'
import {
  contentTypesXml,
  ROOT_RELATIONSHIPS,
  workbookRelationshipsXml,
  workbookXml,
} from '../src/sheet/write/workbookXml.ts'
import { writeCsv } from '../src/sheet/write/writeCsv.ts'
import { escapeText } from '../src/sheet/write/xmlEscape.ts'
import { ZipWriter } from '../src/sheet/write/zipWriter.ts'
import { columnLetters } from '../src/sheet/xlsx/cellReference.ts'

export type BenchRow = (string | number)[]

/** Which of the twelve columns are dates: numbers that look so through their format. */
const DATE_COLUMN = 8

export const HEADER = [
  'IMEI1',
  'IMEI2',
  'Марка',
  'Модель',
  'БИН',
  'Получатель',
  'Декларация',
  'Позиция',
  'Дата',
  'ТН ВЭД',
  'Цена',
  'Страна',
]

/** Rows like those of a customs list: two identifiers, words that repeat, numbers, a date. Invented, the same every time. */
export function* customsRows(rows: number): Generator<BenchRow> {
  let state = 1
  const random = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
    return (state >>> 0) % below
  }
  const imei = (): string => `${35_000_000 + random(999_999)}${String(random(10_000_000)).padStart(7, '0')}`
  const brands = ['Samsung', 'Apple', 'Xiaomi', 'Honor', 'Tecno']
  for (let i = 0; i < rows; i++) {
    yield [
      imei(),
      imei(),
      brands[i % 5] as string,
      `Galaxy A${i % 60}`,
      100_000_000_000 + random(899_999_999),
      `ТОО «Ромашка ${i % 400}»`,
      `${10_000 + (i % 89_999)}/${100_000 + (i % 211_224)}/${1_000_000 + Math.floor(i / 40)}`,
      (i % 40) + 1,
      45_292 + (i % 400),
      851_713,
      random(90_000) / 100,
      'KZ',
    ]
  }
}

/** Writes an .xlsx with shared strings, as Excel does, or with inline strings, as many programs do. */
export async function writeBenchXlsx(path: string, rows: Iterable<BenchRow>, inline: boolean): Promise<void> {
  await writeAtomically(path, async (file) => {
    const zip = new ZipWriter(file)
    const strings = new Map<string, number>()
    const text = (value: string): string => {
      if (inline) return ` t="inlineStr"><is><t>${escapeText(value)}</t></is></c>`
      let index = strings.get(value)
      if (index === undefined) {
        index = strings.size
        strings.set(value, index)
      }
      return ` t="s"><v>${index}</v></c>`
    }
    let count = 0
    function* sheet(): Generator<string> {
      yield '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
      let xml = ''
      for (const row of withHeader(rows)) {
        count += 1
        xml += `<row r="${count}" spans="1:${row.length}">`
        for (const [i, value] of row.entries()) {
          const place = `<c r="${columnLetters(i + 1)}${count}"`
          if (typeof value === 'string') xml += place + text(value)
          else xml += `${place}${i === DATE_COLUMN ? ' s="1"' : ''}><v>${value}</v></c>`
        }
        xml += '</row>'
        if (xml.length > 65_536) {
          yield xml
          xml = ''
        }
      }
      yield `${xml}</sheetData></worksheet>`
    }
    await zip.add('_rels/.rels', [ROOT_RELATIONSHIPS])
    await zip.add('xl/worksheets/sheet1.xml', sheet())
    const relationships = workbookRelationshipsXml(1)
    const shared =
      '<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/>'
    await zip.add('xl/_rels/workbook.xml.rels', [
      inline ? relationships : relationships.replace('</Rel', `${shared}</Rel`),
    ])
    if (!inline) await zip.add('xl/sharedStrings.xml', stringsXml(strings.keys()))
    await zip.add('xl/styles.xml', [
      '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    ])
    await zip.add('xl/workbook.xml', [workbookXml(['List'])])
    await zip.add('docProps/core.xml', [
      '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
    ])
    const parts = [
      {
        path: 'xl/sharedStrings.xml',
        contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml',
        data: '',
      },
    ]
    await zip.add('[Content_Types].xml', [contentTypesXml(1, inline ? [] : parts)])
    await zip.end()
    return count
  })
}

export async function writeBenchCsv(path: string, rows: Iterable<BenchRow>): Promise<void> {
  await writeCsv(path, { header: HEADER, rows, delimiter: ';' })
}

function* withHeader(rows: Iterable<BenchRow>): Generator<BenchRow> {
  yield HEADER
  yield* rows
}

function* stringsXml(strings: Iterable<string>): Generator<string> {
  yield '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
  let xml = ''
  for (const text of strings) {
    xml += `<si><t>${escapeText(text)}</t></si>`
    if (xml.length <= 65_536) continue
    yield xml
    xml = ''
  }
  yield `${xml}</sst>`
}
