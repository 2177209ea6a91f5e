import type { SheetSpec } from '../../sheet/write/sheetSpec.ts'
import { columnLetters } from '../../sheet/xlsx/cellReference.ts'
import type { ReportContent, ReportRow } from './content.ts'
import { numberFormat } from './reportFile.ts'

/** Groups that a bar chart shows; more would not be readable. Over time there is room for more. */
const BARS = 20
const POINTS = 400
const MOST_SERIES = 4

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
// the last range: control characters that XML does not allow
const xml = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
  text.replace(/[&<>"]/g, (c) => ESCAPES[c] ?? c).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '')

const INK = '<a:srgbClr val="1F4E79"/>'
const PAPER = '<a:srgbClr val="FFFFFF"/>'
const pattern = (name: string): string =>
  `<a:pattFill prst="${name}"><a:fgClr>${INK}</a:fgClr><a:bgClr>${PAPER}</a:bgClr></a:pattFill>`
/** Fillings told apart in black and white. */
const FILLS = [
  `<a:solidFill>${INK}</a:solidFill>`,
  pattern('wdUpDiag'),
  '<a:solidFill><a:srgbClr val="C9D6E3"/></a:solidFill>',
  pattern('pct20'),
]
const DASHES = ['solid', 'dash', 'sysDot', 'dashDot']
const MARKERS = ['circle', 'square', 'triangle', 'diamond']

/** So few figures have their chart below them, which prints larger; beside more it is seen without scrolling. */
const BELOW = 24

/** A chart below or beside the figures, drawn by the spreadsheet program from their cells (ECMA-376, part 21): bars, columns or lines. */
export function reportChart(content: ReportContent): NonNullable<SheetSpec['drawing']> {
  const rows = content.rows.slice(0, content.chart === 'bars' ? BARS : POINTS)
  const series = content.measures
    .map((measure, i) => ({ ...measure, i }))
    .filter(({ charted }) => charted)
    .slice(0, MOST_SERIES)
  const last = rows.length + 1
  const height = content.chart === 'bars' ? Math.max(14, rows.length + 8) : 24
  const columns = content.measures.length + (content.adds ? 3 : 2)
  const place: Place =
    content.rows.length <= BELOW
      ? { column: 0, row: content.rows.length + 3, columns: Math.min(columns, 6), rows: height }
      : { column: columns + 1, row: 1, columns: 11, rows: height - 1 }
  return {
    path: 'xl/drawings/drawing1.xml',
    parts: [
      {
        path: 'xl/drawings/drawing1.xml',
        contentType: 'application/vnd.openxmlformats-officedocument.drawing+xml',
        data: drawingXml(place, content.title),
      },
      { path: 'xl/drawings/_rels/drawing1.xml.rels', data: LINKS },
      {
        path: 'xl/charts/chart1.xml',
        contentType: 'application/vnd.openxmlformats-officedocument.drawingml.chart+xml',
        data: chartXml(
          content,
          series.map(({ label, decimals, i }, n) => seriesXml(content, rows, { label, decimals, i, n, last })),
        ),
      },
    ],
  }
}

const points = (values: readonly string[]): string =>
  `<c:ptCount val="${values.length}"/>${values.map((v, i) => `<c:pt idx="${i}"><c:v>${xml(v)}</c:v></c:pt>`).join('')}`

function seriesXml(
  content: ReportContent,
  rows: readonly ReportRow[],
  s: { label: string; decimals: number; i: number; n: number; last: number },
): string {
  const sheet = `'${content.text('figures').replaceAll("'", "''")}'`
  const letters = columnLetters(s.i + 3)
  const line = `<a:ln w="22225"><a:solidFill>${INK}</a:solidFill><a:prstDash val="${DASHES[s.n]}"/></a:ln>`
  const edge = `<a:ln w="9525"><a:solidFill>${INK}</a:solidFill></a:ln>`
  const isLine = content.chart === 'lines'
  const look = isLine
    ? `<c:spPr>${line}</c:spPr><c:marker><c:symbol val="${MARKERS[s.n]}"/><c:size val="5"/></c:marker>`
    : `<c:spPr>${FILLS[s.n]}${edge}</c:spPr><c:invertIfNegative val="0"/>`
  const labels =
    content.chart === 'bars'
      ? '<c:dLbls><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
      : ''
  return (
    `<c:ser><c:idx val="${s.n}"/><c:order val="${s.n}"/>` +
    `<c:tx><c:strRef><c:f>${sheet}!$${letters}$1</c:f><c:strCache>${points([s.label])}</c:strCache></c:strRef></c:tx>${look}${labels}` +
    `<c:cat><c:strRef><c:f>${sheet}!$A$2:$A$${s.last}</c:f><c:strCache>${points(rows.map((r) => r.label))}</c:strCache></c:strRef></c:cat>` +
    `<c:val><c:numRef><c:f>${sheet}!$${letters}$2:$${letters}$${s.last}</c:f><c:numCache><c:formatCode>${numberFormat(s.decimals)}</c:formatCode>` +
    `${points(rows.map((r) => String(r.values[s.i] ?? 0)))}</c:numCache></c:numRef></c:val>${isLine ? '<c:smooth val="0"/>' : ''}</c:ser>`
  )
}

function chartXml(content: ReportContent, series: readonly string[]): string {
  const isBars = content.chart === 'bars'
  const axes = '<c:axId val="1"/><c:axId val="2"/>'
  const plot =
    content.chart === 'lines'
      ? `<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>${series.join('')}<c:marker val="1"/>${axes}</c:lineChart>`
      : `<c:barChart><c:barDir val="${isBars ? 'bar' : 'col'}"/><c:grouping val="clustered"/><c:varyColors val="0"/>${series.join('')}<c:gapWidth val="60"/>${axes}</c:barChart>`
  const title = isBars ? `${content.title}, ${content.measures[0]?.label ?? ''}` : content.title
  const legend = series.length > 1 ? '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>' : ''
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:rPr lang="${content.language}" sz="1200"/><a:t>${xml(title)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>${plot}<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="${isBars ? 'maxMin' : 'minMax'}"/></c:scaling><c:delete val="0"/><c:axPos val="${isBars ? 'l' : 'b'}"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="${isBars ? 'nextTo' : 'low'}"/><c:crossAx val="2"/><c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx><c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="${isBars ? 't' : 'l'}"/><c:majorGridlines/><c:numFmt formatCode="#,##0" sourceLinked="0"/><c:majorTickMark val="out"/><c:minorTickMark val="none"/><c:tickLblPos val="${isBars ? 'high' : 'nextTo'}"/><c:crossAx val="1"/><c:crosses val="autoZero"/><c:crossBetween val="between"/></c:valAx></c:plotArea>${legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart></c:chartSpace>`
}

interface Place {
  readonly column: number
  readonly row: number
  readonly columns: number
  readonly rows: number
}

const drawingXml = (
  { column, row, columns, rows }: Place,
  name: string,
): string => `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor><xdr:from><xdr:col>${column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>${row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>${column + columns}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>${row + rows}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to><xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="2" name="${xml(name)}"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId1"/></a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>`

const LINKS =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart" Target="../charts/chart1.xml"/></Relationships>'
