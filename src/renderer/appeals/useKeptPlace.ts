import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import type { Box } from '../../domain/evidence/paperText.ts'
import { inView, type Point, shareAt, turnedPoint, uprightPoint, type ViewerState } from './viewerState.ts'

/** A sheet as it lies in its place: turned, in pixels of the screen. */
interface Sheet {
  readonly width: number
  readonly height: number
  readonly turns: ViewerState['turns']
  /** Larger or smaller than fits: else all of it is seen, and no place of it is kept. */
  readonly zoomed: boolean
}

/** What an officer looks for: a box of the upright picture, and a name that changes when he looks for something else. */
export interface Sought {
  readonly name: string
  readonly box: Box | null
}

/**
 * Keeps the same part of a paper in sight while it is zoomed, turned or another page of it comes: `middle` is the point of the upright
 * picture in the middle of the place, in shares; null while all of it is seen. What is sought comes into sight when another thing is
 * sought, and is where zooming begins. Answers a function that holds the point under a pointer for the next zoom.
 */
export function useKeptPlace(
  place: RefObject<HTMLElement | null>,
  sheet: Sheet,
  middle: RefObject<Point | null>,
  sought: Sought,
): (pointer: Point) => void {
  const { width, height, turns, zoomed } = sheet
  const pointed = useRef<{ readonly point: Point; readonly at: Point } | null>(null)
  const latest = useRef({ sheet, sought })
  latest.current = { sheet, sought }

  useLayoutEffect(() => {
    const element = place.current
    if (!element || !zoomed) {
      middle.current = null
      return
    }
    const { box } = latest.current.sought
    const centre = centreOf(element)
    const held = pointed.current ?? { point: middle.current ?? (box ? middleOf(box) : MIDDLE), at: centre }
    pointed.current = null
    show(element, { width, height, turns }, held)
    middle.current = uprightPoint(shareAt(scrolled(element), { width, height }, centre), turns)
  }, [place, middle, width, height, turns, zoomed])

  useEffect(() => {
    const element = place.current
    if (!element || !zoomed) return
    const follow = (): void => {
      middle.current = uprightPoint(shareAt(scrolled(element), { width, height }, centreOf(element)), turns)
    }
    element.addEventListener('scroll', follow)
    return () => element.removeEventListener('scroll', follow)
  }, [place, middle, width, height, turns, zoomed])

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is read on the paper later must not move it under the officer's eyes
  useEffect(() => {
    const element = place.current
    const { box } = latest.current.sought
    if (!element || !box || !latest.current.sheet.zoomed) return
    if (!inView(scrolled(element), latest.current.sheet, box))
      show(element, latest.current.sheet, { point: middleOf(box), at: centreOf(element) })
  }, [sought.name])

  return (at) => {
    const element = place.current
    if (element) pointed.current = { point: uprightPoint(shareAt(scrolled(element), sheet, at), turns), at }
  }
}

const MIDDLE: Point = { x: 0.5, y: 0.5 }
const middleOf = ({ x, y, width, height }: Box): Point => ({ x: x + width / 2, y: y + height / 2 })
const centreOf = ({ clientWidth, clientHeight }: HTMLElement): Point => ({ x: clientWidth / 2, y: clientHeight / 2 })

const scrolled = (element: HTMLElement) => ({
  x: element.scrollLeft,
  y: element.scrollTop,
  width: element.clientWidth,
  height: element.clientHeight,
})

/** Scrolls so that a point of the upright picture lies at a point of the place. */
function show(
  element: HTMLElement,
  { width, height, turns }: Pick<Sheet, 'width' | 'height' | 'turns'>,
  { point, at }: { readonly point: Point; readonly at: Point },
): void {
  const { x, y } = turnedPoint(point, turns)
  element.scrollTo(x * width - at.x, y * height - at.y)
}
