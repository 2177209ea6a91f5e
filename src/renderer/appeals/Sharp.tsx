import { type RefObject, useEffect, useState } from 'react'
import type { Box } from '../../domain/evidence/paperText.ts'
import type { Picture } from './picture.ts'

interface Props {
  readonly picture: Picture
  readonly scale: number
  readonly place: RefObject<HTMLDivElement | null>
  readonly turns: number
}

/** Scrolling and zooming settle first. */
const AFTER_MS = 200

/** Looked at closely, the visible part of a large scan is drawn again as sharp as the file has it, over the smaller picture. */
export function Sharp({ picture, scale, place, turns }: Props) {
  const [part, setPart] = useState<{ readonly box: Box; readonly of: Picture; readonly picture: Picture } | null>(null)
  const close = scale > 1 && picture.region !== undefined && turns === 0
  useEffect(() => {
    const element = place.current
    const { region } = picture
    if (!close || !element || !region) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let gone = false
    const draw = async (): Promise<void> => {
      const box = visible(element, picture, scale)
      const drawn = await region(box)
      if (!gone) setPart({ box, of: picture, picture: drawn })
    }
    const settle = (): void => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        draw().catch((error: unknown) => console.warn('a part of a scan was not drawn', error))
      }, AFTER_MS)
    }
    settle()
    element.addEventListener('scroll', settle)
    return () => {
      gone = true
      clearTimeout(timer)
      element.removeEventListener('scroll', settle)
    }
  }, [close, picture, scale, place])
  if (!close || part?.of !== picture) return null
  const { box } = part
  return (
    <img
      src={part.picture.url}
      alt=""
      draggable={false}
      style={{
        position: 'absolute',
        pointerEvents: 'none',
        left: `${box.x * 100}%`,
        top: `${box.y * 100}%`,
        width: `${box.width * 100}%`,
        height: `${box.height * 100}%`,
      }}
    />
  )
}

/** The visible part of an upright picture in shares of it. */
function visible(place: HTMLElement, picture: Picture, scale: number): Box {
  const [width, height] = [picture.width * scale, picture.height * scale]
  const left = Math.max(0, (place.clientWidth - width) / 2)
  const top = Math.max(0, (place.clientHeight - height) / 2)
  return {
    x: place.scrollLeft / width,
    y: place.scrollTop / height,
    width: Math.min(1, (place.clientWidth - 2 * left) / width),
    height: Math.min(1, (place.clientHeight - 2 * top) / height),
  }
}
