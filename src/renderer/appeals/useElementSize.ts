import { type RefObject, useLayoutEffect, useState } from 'react'

interface Size {
  readonly width: number
  readonly height: number
}

/** What was measured last: the next element of its kind is mostly as large, and need not be drawn twice. */
let latest: Size | null = null

/** Frame of an element in pixels, measured before the first paint and renewed as it changes; a guess while it is not there. */
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
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [ref])
  return size
}
