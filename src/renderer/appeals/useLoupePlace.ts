import { type RefObject, useEffect, useState } from 'react'

interface Point {
  readonly x: number
  readonly y: number
}

const STEP = 40
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
}

/**
 * Where the loupe is held over a place, in its own pixels: under the pointer, or moved by the arrow keys while the focus is anywhere in
 * the pane; it begins in the middle. Scrolling the picture beneath it draws it anew.
 */
export function useLoupePlace(
  place: RefObject<HTMLElement | null>,
  size: { readonly width: number; readonly height: number } | null,
  on: boolean,
): readonly [Point, (to: Point) => void] {
  const [held, setHeld] = useState<Point | null>(null)
  const [, setScrolls] = useState(0)
  const [width, height] = [size?.width ?? 0, size?.height ?? 0]
  useEffect(() => {
    const element = place.current
    if (!element || !on) return
    const listening = element.closest<HTMLElement>('[data-pane]') ?? element
    const move = (event: KeyboardEvent): void => {
      const step = ARROWS[event.code]
      if (!step || event.target instanceof HTMLInputElement) return
      event.preventDefault()
      const within = (at: number, most: number): number => Math.min(most, Math.max(0, at))
      setHeld((was) => {
        const { x, y } = was ?? { x: width / 2, y: height / 2 }
        return { x: within(x + step[0], width), y: within(y + step[1], height) }
      })
    }
    const follow = (): void => setScrolls((count) => count + 1)
    listening.addEventListener('keydown', move)
    element.addEventListener('scroll', follow)
    return () => {
      listening.removeEventListener('keydown', move)
      element.removeEventListener('scroll', follow)
    }
  }, [place, on, width, height])
  return [held ?? { x: width / 2, y: height / 2 }, setHeld]
}
