import { useParams } from '@tanstack/react-router'
import { Activity, memo, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import type { Officer } from '../../domain/officer.ts'
import { useReading } from '../app/queries.ts'
import { useOfficer } from '../app/session.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Screen } from '../ui/Screen.tsx'
import classes from './AppealReview.module.css'
import { ReviewScreen } from './ReviewScreen.tsx'
import { putsOnScreen, usePrepared } from './turn.ts'

/**
 * One appeal by its number. The review of the one that most likely comes next is built beside it while the officer thinks, at the
 * lowest priority and outside of the document, so that going on only puts it in its place.
 */
export function AppealReview() {
  const { id: named } = useParams({ from: '/appeals/$id' })
  const id = usePut(named)
  const officer = useOfficer()
  const place = useRef<HTMLDivElement>(null)
  const prepared = usePrepared()
  const settled = useSettled(id)
  const next = settled ? prepared.find((other) => other !== id) : undefined
  if (!officer) return null
  return (
    <>
      <div ref={place} className={classes.place} />
      {[id, ...(next === undefined ? [] : [next])].map((each) => (
        <Activity key={each} mode={each === id ? 'visible' : 'hidden'}>
          <Review id={each} officer={officer} place={place} known={each === id ? null : prepared} />
        </Activity>
      ))}
    </>
  )
}

/** The appeal to show: the one put on the screen while the address still names the one before it. */
function usePut(named: string): string {
  const [led, setLed] = useState({ from: named, to: named })
  // an address says the latest
  if (led.from !== named) setLed({ from: named, to: named })
  useEffect(() => putsOnScreen((to) => setLed({ from: named, to })), [named])
  return led.from === named ? led.to : named
}

/** What was just put on screen is painted before anything else is built. */
const SETTLED_MS = 300

/** Whether this appeal has been on screen for a moment. */
function useSettled(id: string): boolean {
  const [settled, setSettled] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setSettled(id), SETTLED_MS)
    return () => clearTimeout(timer)
  }, [id])
  return settled === id
}

interface Props {
  readonly id: string
  readonly officer: Officer
  /** Where it stands when it is shown. */
  readonly place: RefObject<HTMLElement | null>
  /** Another one each time more of an appeal is known that is only made ready; null: it is shown. */
  readonly known: readonly string[] | null
}

const Review = memo(function Review({ id, officer, place, known }: Props) {
  const [own] = useState(() => {
    const element = document.createElement('div')
    element.className = classes.own ?? ''
    return element
  })
  const ahead = known !== null
  const [atOnce] = useState(ahead)
  return createPortal(
    <>
      {/* the first of all: what stands behind it may measure itself */}
      <Stand element={own} place={place} />
      <ReviewOf id={id} officer={officer} ahead={ahead} atOnce={atOnce} />
    </>,
    own,
  )
})

/** While it is not hidden, an element stands in its place. */
function Stand({ element, place }: { readonly element: HTMLElement; readonly place: RefObject<HTMLElement | null> }) {
  useLayoutEffect(() => {
    place.current?.append(element)
    return () => element.remove()
  }, [element, place])
  return null
}

interface ReviewOfProps extends Pick<Props, 'id' | 'officer'> {
  readonly ahead: boolean
  readonly atOnce: boolean
}

function ReviewOf({ id, officer, ahead, atOnce }: ReviewOfProps) {
  const { t } = useTranslation('appeals')
  const appeal = useReading('appeal', { id })
  if (appeal.data) return <ReviewScreen appeal={appeal.data} officer={officer} ahead={ahead} atOnce={atOnce} />
  return (
    <Screen facts title={t('queue.title')}>
      <Loaded query={appeal}>{() => null}</Loaded>
    </Screen>
  )
}
