import { LoupePart } from './LoupePart.tsx'
import type { Picture } from './picture.ts'
import classes from './Viewer.module.css'
import { uprightBox, type ViewerState } from './viewerState.ts'

interface Props {
  readonly picture: Picture
  readonly view: Pick<ViewerState, 'turns' | 'contrast'>
  readonly scale: number
  readonly place: HTMLDivElement | null
  readonly at: { readonly x: number; readonly y: number }
  readonly label: string
}

const LOUPE = { size: 260, times: 2.5 }

/** A round glass over the picture. */
export function Loupe({ picture, view, scale, place, at, label }: Props) {
  const sheet = place?.firstElementChild
  if (!place || !(sheet instanceof HTMLElement)) return null
  const times = scale * LOUPE.times
  const half = LOUPE.size / 2
  // of the picture, seen from the loupe's corner
  const centre = {
    x: half - (place.scrollLeft + at.x - sheet.offsetLeft - sheet.offsetWidth / 2) * LOUPE.times,
    y: half - (place.scrollTop + at.y - sheet.offsetTop - sheet.offsetHeight / 2) * LOUPE.times,
  }
  const lying = view.turns % 2 === 1
  const across = (lying ? picture.height : picture.width) * times
  const down = (lying ? picture.width : picture.height) * times
  const seen = {
    x: 0.5 - centre.x / across,
    y: 0.5 - centre.y / down,
    width: LOUPE.size / across,
    height: LOUPE.size / down,
  }
  const style = {
    left: centre.x,
    top: centre.y,
    width: picture.width * times,
    height: picture.height * times,
    transform: `translate(-50%, -50%) rotate(${view.turns * 90}deg)`,
  }
  return (
    <div
      className={classes.loupe}
      role="img"
      aria-label={label}
      style={{ left: at.x - half, top: at.y - half, width: LOUPE.size, height: LOUPE.size }}
    >
      <img className={classes.picture} data-contrast={view.contrast} src={picture.url} alt="" style={style} />
      <div className={classes.over} style={style}>
        <LoupePart picture={picture} scale={times} seen={uprightBox(seen, view.turns)} contrast={view.contrast} />
      </div>
    </div>
  )
}
