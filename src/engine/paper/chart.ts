import { formatNumber } from '../../contract/format.ts'
import type { Lang } from '../../contract/value.ts'
import { cutToWidth } from './fitText.ts'
import type { PageRoom, Pdf } from './page.ts'
import { DASHES, fillAs } from './patterns.ts'
import { scaleOf } from './scale.ts'

export interface ChartSeries {
  readonly name: string
  readonly values: readonly number[]
}

/** `bars`: lying, one group under the other; `columns`: standing side by side; `lines`: over time. */
export interface PaperChart {
  readonly kind: 'bars' | 'columns' | 'lines'
  readonly title: string
  readonly categories: readonly string[]
  readonly series: readonly ChartSeries[]
  readonly language: Lang
}

const BAR = 14
const LABELS = 170
const NUMBERS = 60
const PLOT_HEIGHT = 150

/** Points a chart needs, its title included. */
export function chartHeight(chart: PaperChart): number {
  const legend = chart.series.length > 1 ? 16 : 0
  return 22 + legend + (chart.kind === 'bars' ? chart.categories.length * barsOf(chart) * BAR + 12 : PLOT_HEIGHT + 46)
}

const barsOf = (chart: PaperChart): number => Math.max(1, chart.series.length)

/** Draws a chart in vectors and one dark colour, with patterns for its series, at `pdf.y`, which moves below it. */
export function drawChart(pdf: Pdf, room: PageRoom, chart: PaperChart): void {
  pdf.font('bold').fontSize(10).fillColor('black').text(chart.title, room.left, pdf.y, { lineBreak: false })
  let top = pdf.y + 16
  if (chart.series.length > 1) {
    drawLegend(pdf, room, chart, top)
    top += 16
  }
  if (chart.kind === 'bars') drawBars(pdf, room, chart, top)
  else drawPlot(pdf, room, chart, top)
}

function drawLegend(pdf: Pdf, room: PageRoom, chart: PaperChart, top: number): void {
  pdf.font('text').fontSize(8)
  let left = room.left
  for (const [n, { name }] of chart.series.entries()) {
    if (chart.kind === 'lines')
      drawLine(pdf, n, [
        [left, top + 5],
        [left + 22, top + 5],
      ])
    else fillAs(pdf, n, { left, top, width: 22, height: 9 })
    const text = cutToWidth(pdf, name, 140)
    pdf.fillColor('black').text(text, left + 27, top, { lineBreak: false })
    left += 41 + pdf.widthOfString(text)
  }
}

function drawBars(pdf: Pdf, room: PageRoom, chart: PaperChart, start: number): void {
  const longest = Math.max(1, ...chart.series.flatMap(({ values }) => values))
  const left = room.left + LABELS + 8
  const width = room.right - NUMBERS - left
  let top = start
  for (const [i, category] of chart.categories.entries()) {
    pdf.font('text').fontSize(8.5).fillColor('black')
    const label = cutToWidth(pdf, category, LABELS)
    pdf.text(label, left - 8 - pdf.widthOfString(label), top + 1, { lineBreak: false })
    for (const [n, { values }] of chart.series.entries()) {
      const value = values[i] ?? 0
      const bar = Math.max(0.5, (Math.max(0, value) / longest) * width)
      fillAs(pdf, n, { left, top: top + 1, width: bar, height: BAR - 4 })
      pdf.fillColor('black').text(formatNumber(value, chart.language), left + bar + 5, top + 1, { lineBreak: false })
      top += BAR
    }
  }
  pdf
    .moveTo(left, start - 1)
    .lineTo(left, top)
    .lineWidth(0.7)
    .stroke('black')
  pdf.y = top + 12
}

function drawPlot(pdf: Pdf, room: PageRoom, chart: PaperChart, start: number): void {
  const { categories, series, language } = chart
  const scale = scaleOf(series.flatMap(({ values }) => values))
  const left = room.left + 56
  const width = room.right - left
  const top = start + 6
  const yOf = (value: number): number => top + PLOT_HEIGHT * (1 - (value - scale.min) / (scale.max - scale.min))
  pdf.font('text').fontSize(7.5)
  for (const tick of scale.ticks) {
    const y = yOf(tick)
    pdf.moveTo(left, y).lineTo(room.right, y).lineWidth(0.3).stroke('#999999')
    const text = formatNumber(tick, language)
    pdf.fillColor('black').text(text, left - 6 - pdf.widthOfString(text), y - 4, { lineBreak: false })
  }
  const step = width / Math.max(1, categories.length)
  if (chart.kind === 'lines')
    for (const [n, { values }] of series.entries())
      drawLine(
        pdf,
        n,
        values.map((value, i): [number, number] => [left + step * (i + 0.5), yOf(value)]),
      )
  else {
    const bar = Math.min(40, (step * 0.76) / series.length)
    for (const [n, { values }] of series.entries())
      for (const [i, value] of values.entries()) {
        const x = left + step * (i + 0.5) + bar * (n - series.length / 2)
        const [high, low] = [yOf(Math.max(0, value)), yOf(Math.min(0, value))]
        fillAs(pdf, n, { left: x, top: high, width: bar, height: low - high })
      }
  }
  pdf.moveTo(left, yOf(0)).lineTo(room.right, yOf(0)).lineWidth(0.8).stroke('black')
  drawCategories(pdf, categories, { left, step, top: top + PLOT_HEIGHT + 5, right: room.right })
  pdf.y = top + PLOT_HEIGHT + 30
}

/** Names below the axis: as many as stand beside each other, the first and then every n-th. */
function drawCategories(
  pdf: Pdf,
  categories: readonly string[],
  at: { left: number; step: number; top: number; right: number },
): void {
  pdf.font('text').fontSize(7.5).fillColor('black')
  const widest = Math.min(90, Math.max(1, ...categories.map((name) => pdf.widthOfString(name) + 6)))
  const every = Math.max(1, Math.ceil(widest / at.step))
  for (let i = 0; i < categories.length; i += every) {
    const text = cutToWidth(pdf, categories[i] ?? '', Math.max(at.step * every - 4, 24))
    const half = pdf.widthOfString(text) / 2
    const middle = at.left + at.step * (i + 0.5)
    pdf.text(text, Math.min(middle - half, at.right - 2 * half), at.top, { lineBreak: false })
  }
}

function drawLine(pdf: Pdf, series: number, points: readonly (readonly [number, number])[]): void {
  const [first, ...rest] = points
  if (!first) return
  pdf.save().lineWidth(1.4)
  const [length, space, ...more] = DASHES[series % DASHES.length] ?? []
  if (length !== undefined && space !== undefined)
    pdf.dash(more.length > 0 ? ([length, space, ...more] as never) : length, { space })
  pdf.moveTo(...first)
  for (const point of rest) pdf.lineTo(...point)
  pdf.stroke('#1f4e79').undash().restore()
  if (points.length <= 62) for (const [x, y] of points) pdf.circle(x, y, 1.6).fill('#1f4e79')
}
