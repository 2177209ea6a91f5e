import { useEffect, useState } from 'react'
import type { Box } from '../../domain/evidence/paperText.ts'
import type { Part, Picture } from './picture.ts'
import { isClose, SharpPart } from './Sharp.tsx'

interface Props {
  readonly picture: Picture
  /** Of the picture in the loupe. */
  readonly scale: number
  /** What the loupe covers, in shares of the upright picture; may reach over its edges. */
  readonly seen: Box
  readonly contrast: boolean
}

/** The loupe is held still first. */
const AFTER_MS = 120

/** What lies under the loupe and around it, as sharp as the file has it. */
export function LoupePart({ picture, scale, seen, contrast }: Props) {
  const [part, setPart] = useState<{ readonly of: Picture; readonly part: Part } | null>(null)
  const close = isClose(picture, scale)
  const wanted = within(seen)
  const there = part?.of === picture && covers(part.part.box, wanted)
  const missing = close && !there ? JSON.stringify(within(widened(wanted))) : null
  useEffect(() => {
    const { region } = picture
    if (missing === null || !region) return
    let gone = false
    const timer = setTimeout(() => {
      region(JSON.parse(missing) as Box).then(
        (drawn) => {
          if (!gone) setPart({ of: picture, part: drawn })
        },
        (error: unknown) => console.warn('what is under the loupe was not drawn', error),
      )
    }, AFTER_MS)
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [missing, picture])
  return close && part?.of === picture ? <SharpPart part={part.part} contrast={contrast} /> : null
}

/** As much again on each side: a loupe that moves a little finds it there. */
const widened = ({ x, y, width, height }: Box): Box => ({
  x: x - width,
  y: y - height,
  width: width * 3,
  height: height * 3,
})

/** What of a box lies on the picture. */
function within({ x, y, width, height }: Box): Box {
  const share = (value: number): number => Math.min(1, Math.max(0, value))
  const [left, top] = [share(x), share(y)]
  return { x: left, y: top, width: share(x + width) - left, height: share(y + height) - top }
}

const covers = (larger: Box, box: Box): boolean =>
  larger.x <= box.x + EDGE &&
  larger.y <= box.y + EDGE &&
  larger.x + larger.width >= box.x + box.width - EDGE &&
  larger.y + larger.height >= box.y + box.height - EDGE
/** Sums of shares are not exact. */
const EDGE = 1e-6
