import { type RefObject, useCallback, useRef } from 'react'

export interface Panes {
  readonly place: RefObject<HTMLDivElement | null>
  readonly turnPane: (by: 1 | -1) => void
  readonly focusPane: (at: number) => void
}

/** F6: the focus goes round the panes. */
export function usePanes(): Panes {
  const place = useRef<HTMLDivElement>(null)
  const panes = useCallback(() => [...(place.current?.querySelectorAll<HTMLElement>('[data-pane]') ?? [])], [])
  const focusPane = useCallback((at: number) => panes()[at]?.focus({ preventScroll: true }), [panes])
  const turnPane = (by: 1 | -1): void => {
    const all = panes()
    const at = all.findIndex((pane) => pane.contains(document.activeElement))
    all[(at + by + all.length) % all.length]?.focus({ preventScroll: true })
  }
  return { place, turnPane, focusPane }
}
