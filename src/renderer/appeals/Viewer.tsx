import { type ReactNode, type RefObject, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Loupe } from './Loupe.tsx'
import { addressFor, type Picture } from './picture.ts'
import { Sharp } from './Sharp.tsx'
import { useElementSize } from './useElementSize.ts'
import { type Sought, useKeptPlace } from './useKeptPlace.ts'
import { useLoupePlace } from './useLoupePlace.ts'
import classes from './Viewer.module.css'
import { fitScale, type Point, type ViewerAct, type ViewerState } from './viewerState.ts'

interface Props {
  readonly picture: Picture
  readonly view: Pick<ViewerState, 'zoom' | 'turns' | 'loupe' | 'contrast'>
  readonly act: (act: ViewerAct) => void
  /** What the picture shows, for those who do not see it. */
  readonly label: string
  /** Takes the scale at which the picture fits, from which keys and buttons zoom. */
  readonly fitted: RefObject<number>
  /** The point looked at, which outlives the picture that is shown: the next page is looked at in the same place. */
  readonly middle: RefObject<Point | null>
  readonly sought: Sought
  /** Drawn over the picture, and turned with it. */
  readonly over?: ReactNode
}

const WHEEL_STEP = 1.0015

/** One picture: plain wheel scrolls, Ctrl+wheel zooms, dragging moves; the loupe follows the pointer and the arrow keys. */
export function Viewer({ picture, view, act, label, fitted, middle, sought, over }: Props) {
  const { t } = useTranslation('appeals')
  const place = useRef<HTMLDivElement>(null)
  const size = useElementSize(place)
  const [loupeAt, holdLoupe] = useLoupePlace(place, size, view.loupe)
  const fit = size ? fitScale(picture, size, view.turns) : 0.1
  const scale = view.zoom ?? fit
  const lying = view.turns % 2 === 1
  const width = Math.round(picture.width * scale)
  const height = Math.round(picture.height * scale)
  const sheet = { width: lying ? height : width, height: lying ? width : height }
  const zoomed = view.zoom !== null
  const holdPlace = useKeptPlace(place, { ...sheet, turns: view.turns, zoomed }, middle, sought)
  const latest = useRef({ act, fit, holdPlace })
  latest.current = { act, fit, holdPlace }
  useEffect(() => {
    fitted.current = fit
  }, [fit, fitted])
  useEffect(() => {
    const element = place.current
    if (!element) return
    // React listens passively; only a listener of its own may keep the page from zooming
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey) return
      event.preventDefault()
      const box = element.getBoundingClientRect()
      latest.current.holdPlace({ x: event.clientX - box.left, y: event.clientY - box.top })
      latest.current.act({ do: 'zoom', by: WHEEL_STEP ** -event.deltaY, fit: latest.current.fit })
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [])
  return (
    <div className={classes.frame}>
      <section
        ref={place}
        className={classes.place}
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled by the arrow keys
        tabIndex={0}
        onPointerDown={(event) => startDrag(event.currentTarget, event.nativeEvent)}
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect()
          holdLoupe({ x: event.clientX - box.left, y: event.clientY - box.top })
        }}
      >
        <div className={classes.sheet} style={sheet}>
          <img
            className={classes.picture}
            data-paper
            data-contrast={view.contrast}
            src={addressFor(picture, width * devicePixelRatio)}
            alt={label}
            draggable={false}
            style={{ width, height, transform: `translate(-50%, -50%) rotate(${view.turns * 90}deg)` }}
          />
          <div
            className={classes.over}
            style={{ width, height, transform: `translate(-50%, -50%) rotate(${view.turns * 90}deg)` }}
          >
            <Sharp picture={picture} scale={scale} place={place} turns={view.turns} contrast={view.contrast} />
            {over}
          </div>
        </div>
      </section>
      {view.loupe && size && (
        <Loupe
          picture={picture}
          view={view}
          scale={scale}
          place={place.current}
          at={loupeAt}
          label={t('viewer.loupe')}
        />
      )}
    </div>
  )
}

function startDrag(place: HTMLElement, down: PointerEvent): void {
  if (down.button !== 0) return
  const from = { x: down.clientX + place.scrollLeft, y: down.clientY + place.scrollTop }
  const move = (event: PointerEvent): void => place.scrollTo(from.x - event.clientX, from.y - event.clientY)
  const end = (): void => {
    place.removeEventListener('pointermove', move)
    place.removeEventListener('pointerup', end)
    place.removeEventListener('pointercancel', end)
  }
  place.setPointerCapture(down.pointerId)
  place.addEventListener('pointermove', move)
  place.addEventListener('pointerup', end)
  place.addEventListener('pointercancel', end)
}
