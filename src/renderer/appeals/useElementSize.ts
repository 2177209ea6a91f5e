import { type RefObject, useLayoutEffect, useState } from 'react'
import { flushSync } from 'react-dom'

interface Size {
  readonly width: number
  readonly height: number
}

/** What was measured last: the next element of its kind is mostly as large, and need not be drawn twice. */
let latest: Size | null = null

/**
 * Frame of an element in pixels, before the first paint and renewed as it changes; a guess while it is not there. Where another one was
 * measured before, the frame's own layout tells: asking for it earlier would lay out the window twice in the frame of a key.
 */
export function useElementSize(ref: RefObject<HTMLElement | null>): Size | null {
  const [size, setSize] = useState<Size | null>(latest)
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    // the frame, not the scrolled area: scroll bars must not change the fit that made them
    const measure = (): void => {
      const { width, height } = element.getBoundingClientRect()
      const measured = { width, height }
      setSize((was) => (was?.width === width && was.height === height ? was : measured))
      latest = measured
    }
    if (latest === null) measure()
    let first = true
    const observer = new ResizeObserver(() => {
      // told before the frame is painted: drawn into it
      if (first) flushSync(measure)
      else measure()
      first = false
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [ref])
  return size
}
