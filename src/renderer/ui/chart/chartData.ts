export interface ChartSeries {
  readonly name: string
  readonly values: readonly number[]
}

/** What a chart shows: `bars` lie one under the other, `columns` stand, `lines` run over time. */
export interface ChartData {
  readonly kind: 'bars' | 'columns' | 'lines'
  readonly categories: readonly string[]
  readonly series: readonly ChartSeries[]
}
