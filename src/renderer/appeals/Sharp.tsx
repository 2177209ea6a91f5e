import { type RefObject, useEffect, useState } from 'react'
import type { Part, Picture } from './picture.ts'
import classes from './Viewer.module.css'
import { uprightBox, type ViewerState } from './viewerState.ts'

interface Props {
  readonly picture: Picture
  readonly scale: number
  readonly place: RefObject<HTMLDivElement | null>
  readonly turns: ViewerState['turns']
  readonly contrast: boolean
}

/** Scrolling and zooming settle first. */
const AFTER_MS = 200

/** Looked at closely, the visible part of a large scan is drawn again as sharp as the file has it, over the smaller picture. */
export function Sharp({ picture, scale, place, turns, contrast }: Props) {
  const [part, setPart] = useState<{ readonly of: Picture; readonly part: Part } | null>(null)
  const close = isClose(picture, scale)
  useEffect(() => {
    const element = place.current
    const { region } = picture
    if (!close || !element || !region) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let gone = false
    const draw = async (): Promise<void> => {
      const drawn = await region(uprightBox(visible(element, picture, scale, turns), turns))
      if (!gone) setPart({ of: picture, part: drawn })
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
  }, [close, picture, scale, place, turns])
  return close && part?.of === picture ? <SharpPart part={part.part} contrast={contrast} /> : null
}

/** Whether the screen shows less of a picture than its file has. */
export const isClose = (picture: Picture, scale: number): boolean =>
  picture.region !== undefined && scale * devicePixelRatio > 1

/** Laid over the smaller picture, in its place. */
export function SharpPart({ part: { url, box }, contrast }: { readonly part: Part; readonly contrast: boolean }) {
  return (
    <img
      className={classes.part}
      data-part
      data-contrast={contrast}
      src={url}
      alt=""
      draggable={false}
      style={{
        left: `${box.x * 100}%`,
        top: `${box.y * 100}%`,
        width: `${box.width * 100}%`,
        height: `${box.height * 100}%`,
      }}
    />
  )
}

/** The part of a picture that a place shows, in shares of it as it is turned. */
function visible(place: HTMLElement, picture: Picture, scale: number, turns: ViewerState['turns']) {
  const lying = turns % 2 === 1
  const width = (lying ? picture.height : picture.width) * scale
  const height = (lying ? picture.width : picture.height) * scale
  return {
    x: place.scrollLeft / width,
    y: place.scrollTop / height,
    width: Math.min(1, place.clientWidth / width),
    height: Math.min(1, place.clientHeight / height),
  }
}
