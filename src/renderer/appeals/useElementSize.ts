import { type RefObject, useEffect, useState } from 'react'

/** Inner size of an element in pixels, renewed as it changes; null before the first measure. */
export function useElementSize(ref: RefObject<HTMLElement | null>): { width: number; height: number } | null {
  const [size, setSize] = useState<{ width: number; height: number } | null>(null)
  useEffect(() => {
    const element = ref.current
    if (!element) return
    const measure = new ResizeObserver(() => {
      // the frame, not the scrolled area: scroll bars must not change the fit that made them
      const { width, height } = element.getBoundingClientRect()
      setSize({ width, height })
    })
    measure.observe(element)
    return () => measure.disconnect()
  }, [ref])
  return size
}
