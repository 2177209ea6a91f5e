import type { EChartsCoreOption } from 'echarts/core'
import type { ChartData } from './chartData.ts'

/** Colours and letters of the window's theme, as CSS says them; a canvas inherits neither. */
export interface ChartColours {
  readonly ink: string
  readonly line: string
  readonly ground: string
  readonly accent: string
  readonly font: string
}

const DASHES = ['solid', 'dashed', 'dotted', [8, 3, 2, 3]] as const
const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond'] as const
/** Numbers stand at the bars as long as they do not crowd each other. */
const LABELLED = 24
/** A point at every place, as long as there are so few that they can be told apart. */
const POINTED = 62

/** Patterns of series, told apart in black and white: plain, rising lines, dots, falling lines. */
const decals = (colour: string) => [
  { symbol: 'none' },
  { symbol: 'rect', color: colour, dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -Math.PI / 4 },
  {
    symbol: 'circle',
    color: colour,
    symbolSize: 0.6,
    dashArrayX: [
      [6, 6],
      [0, 6, 6, 0],
    ],
    dashArrayY: [6, 0],
  },
  { symbol: 'rect', color: colour, dashArrayX: [1, 0], dashArrayY: [2, 3], rotation: Math.PI / 4 },
]

/** ECharts' own form of a chart: no animation, so that nothing moves for whom that troubles and a redraw is one frame. */
export function chartOption(
  data: ChartData,
  label: string,
  number: (value: number) => string,
  colours: ChartColours,
): EChartsCoreOption {
  const lying = data.kind === 'bars'
  const { ink, line, ground, accent, font } = colours
  const names = { type: 'category', data: [...data.categories], inverse: lying, axisTick: { show: false } }
  const values = { type: 'value', minInterval: 1, splitLine: { lineStyle: { color: line } } }
  const words = { color: ink, fontFamily: font, fontSize: 12 }
  const nameAxis = {
    ...names,
    axisLine: { onZero: true, lineStyle: { color: ink } },
    axisLabel: { ...words, width: lying ? 190 : 110, overflow: 'truncate', hideOverlap: true },
  }
  const valueAxis = {
    ...values,
    axisLabel: { ...words, formatter: (value: number) => number(value), hideOverlap: true },
  }
  const few = data.categories.length * data.series.length <= LABELLED
  return {
    animation: false,
    textStyle: words,
    color: [accent, ground, accent, ground],
    aria: { enabled: true, label: { description: label }, decal: { show: true, decals: decals(ink) } },
    grid: { left: 8, right: lying ? 72 : 16, top: data.series.length > 1 ? 34 : 12, bottom: 8, containLabel: true },
    legend: { show: data.series.length > 1, top: 0, left: 0, textStyle: words, itemWidth: 28 },
    tooltip: {
      trigger: 'axis',
      // drawn on the canvas: markup in the page would need the policy's leave
      renderMode: 'richText',
      axisPointer: { type: lying || data.kind === 'columns' ? 'shadow' : 'line' },
      valueFormatter: (value: unknown) => number(Number(value)),
      backgroundColor: ground,
      borderColor: line,
      textStyle: words,
    },
    xAxis: lying ? valueAxis : nameAxis,
    yAxis: lying ? nameAxis : valueAxis,
    series: data.series.map(({ name, values: own }, n) =>
      data.kind === 'lines'
        ? {
            type: 'line',
            name,
            data: [...own],
            symbol: SYMBOLS[n % SYMBOLS.length],
            symbolSize: 7,
            showSymbol: own.length <= POINTED,
            lineStyle: { width: 2, type: DASHES[n % DASHES.length], color: n % 2 === 0 ? accent : ink },
            itemStyle: { color: n % 2 === 0 ? accent : ink, decal: { symbol: 'none' } },
          }
        : {
            type: 'bar',
            name,
            data: [...own],
            barMaxWidth: 34,
            itemStyle: { borderColor: ink, borderWidth: 1 },
            label: {
              show: few && lying,
              position: 'right',
              formatter: ({ value }: { value: number }) => number(value),
              ...words,
            },
          },
    ),
  }
}
