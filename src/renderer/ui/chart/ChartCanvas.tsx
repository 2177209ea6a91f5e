import { useComputedColorScheme } from '@mantine/core'
import type { EChartsType } from 'echarts/core'
import { useEffect, useRef } from 'react'
import { useFormat } from '../../i18n/useFormat.ts'
import type { ChartData } from './chartData.ts'
import { type ChartColours, chartOption } from './chartOption.ts'
import { init } from './echarts.ts'

interface Props {
  readonly data: ChartData
  readonly label: string
  readonly height: number
  /** A click on a category, by its place. */
  readonly pick?: ((index: number) => void) | undefined
}

/** The chart itself, drawn on a canvas. Who cannot see it has the table beside it (`ChartFigure`). */
export function ChartCanvas({ data, label, height, pick }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType | null>(null)
  const { number } = useFormat()
  const scheme = useComputedColorScheme('light')
  const picked = useRef(pick)
  picked.current = pick
  const shown = useRef(data)
  shown.current = data
  useEffect(() => {
    const place = box.current
    if (!place) return
    const drawn = init(place, null, { renderer: 'canvas' })
    chart.current = drawn
    const resized = new ResizeObserver(() => drawn.resize())
    resized.observe(place)
    // anywhere over a category: a point of a line is too small to be hit; the page's own click, since the chart's is lost when new
    // figures are drawn while the button is down
    const clicked = ({ offsetX, offsetY }: MouseEvent): void => {
      const at = [offsetX, offsetY]
      if (!drawn.containPixel('grid', at)) return
      const [x = -1, y = -1] = drawn.convertFromPixel({ seriesIndex: 0 }, at)
      const { kind, categories } = shown.current
      const index = Math.round(kind === 'bars' ? y : x)
      if (index >= 0 && index < categories.length) picked.current?.(index)
    }
    place.addEventListener('click', clicked)
    return () => {
      place.removeEventListener('click', clicked)
      resized.disconnect()
      drawn.dispose()
      chart.current = null
    }
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another scheme has other colours, which are read from the page
  useEffect(() => {
    if (!box.current || !chart.current) return
    chart.current.setOption(chartOption(data, label, number, coloursOf(box.current)), { notMerge: true })
    box.current.dataset.drawn = String(data.categories.length)
  }, [data, label, number, scheme])
  return <div ref={box} role="img" aria-label={label} style={{ height, cursor: pick ? 'pointer' : undefined }} />
}

function coloursOf(place: HTMLElement): ChartColours {
  const style = getComputedStyle(place)
  const of = (name: string): string => style.getPropertyValue(name).trim()
  return {
    ink: style.color,
    line: of('--tamga-line-strong'),
    ground: of('--tamga-raised'),
    accent: of('--tamga-accent'),
    font: style.fontFamily,
  }
}
