import type { Box } from '../../domain/evidence/paperText.ts'

/** How the evidence is looked at; nothing of it is saved. */
export interface ViewerState {
  readonly file: number
  /** Page of a file of several, from 0. */
  readonly page: number
  /** Picture pixels to screen pixels; null: the whole picture fits. */
  readonly zoom: number | null
  readonly turns: 0 | 1 | 2 | 3
  readonly loupe: boolean
  readonly contrast: boolean
  /** The file kept beside the present one; null: one picture. */
  readonly beside: number | null
  /** Page and turn with which it was put there. */
  readonly besideLook: Pick<ViewerState, 'page' | 'turns'>
}

export type ViewerAct =
  | { readonly do: 'file'; readonly to: number; readonly page?: number }
  | { readonly do: 'turn-files'; readonly by: 1 | -1; readonly files: number }
  | { readonly do: 'page'; readonly by: 1 | -1; readonly pages: number }
  | { readonly do: 'rotate'; readonly by: 1 | -1 }
  | { readonly do: 'zoom'; readonly by: number; readonly fit: number }
  | { readonly do: 'fit' }
  | { readonly do: 'loupe' }
  | { readonly do: 'contrast' }
  | { readonly do: 'beside'; readonly files: number }

export const FIRST_LOOK: ViewerState = {
  file: 0,
  page: 0,
  zoom: null,
  turns: 0,
  loupe: false,
  contrast: false,
  beside: null,
  besideLook: { page: 0, turns: 0 },
}

const SMALLEST = 0.05
const LARGEST = 12

/** One step of looking. Another file begins upright and whole; loupe, contrast and the two-up stay as they are. */
export function look(state: ViewerState, act: ViewerAct): ViewerState {
  switch (act.do) {
    case 'file':
      if (state.file !== act.to) return { ...state, file: act.to, page: act.page ?? 0, zoom: null, turns: 0 }
      return act.page === undefined || act.page === state.page ? state : { ...state, page: act.page }
    case 'turn-files':
      return act.files === 0 ? state : look(state, { do: 'file', to: (state.file + act.by + act.files) % act.files })
    case 'page': {
      const page = Math.min(act.pages - 1, Math.max(0, state.page + act.by))
      return page === state.page ? state : { ...state, page }
    }
    case 'rotate':
      return { ...state, turns: ((state.turns + act.by + 4) % 4) as ViewerState['turns'] }
    case 'zoom':
      return { ...state, zoom: Math.min(LARGEST, Math.max(SMALLEST, (state.zoom ?? act.fit) * act.by)) }
    case 'fit':
      return { ...state, zoom: null }
    case 'loupe':
      return { ...state, loupe: !state.loupe }
    case 'contrast':
      return { ...state, contrast: !state.contrast }
    case 'beside':
      if (state.beside !== null || act.files < 2) return { ...state, beside: null }
      return {
        ...state,
        beside: state.file,
        besideLook: { page: state.page, turns: state.turns },
        file: (state.file + 1) % act.files,
        page: 0,
        zoom: null,
        turns: 0,
      }
  }
}

/** The scale at which a turned picture fits a place; never above its own size times two. */
export function fitScale(
  picture: { readonly width: number; readonly height: number },
  place: { readonly width: number; readonly height: number },
  turns: number,
): number {
  const lying = turns % 2 === 1
  const width = lying ? picture.height : picture.width
  const height = lying ? picture.width : picture.height
  return Math.min(2, place.width / width, place.height / height)
}

export interface Point {
  readonly x: number
  readonly y: number
}

/** What a place shows of the sheet in it: how far it is scrolled, and its own size. */
type Seen = Box

/** Where a sheet begins in a place that it does not fill. */
const margin = (place: number, sheet: number): number => Math.max(0, (place - sheet) / 2)

/** The point of a sheet, in shares of it, that lies at a point of its place. */
export const shareAt = (seen: Seen, sheet: { readonly width: number; readonly height: number }, at: Point): Point => ({
  x: (seen.x + at.x - margin(seen.width, sheet.width)) / sheet.width,
  y: (seen.y + at.y - margin(seen.height, sheet.height)) / sheet.height,
})

/** Whether a box of the upright picture is seen whole. */
export function inView(
  seen: Seen,
  sheet: { readonly width: number; readonly height: number; readonly turns: ViewerState['turns'] },
  box: Box,
): boolean {
  const { x, y, width, height } = uprightBox(box, back(sheet.turns))
  const first = shareAt(seen, sheet, { x: 0, y: 0 })
  const last = shareAt(seen, sheet, { x: seen.width, y: seen.height })
  return x >= first.x && y >= first.y && x + width <= last.x && y + height <= last.y
}

const back = (turns: ViewerState['turns']): ViewerState['turns'] => ((4 - turns) % 4) as ViewerState['turns']
const asBox = ({ x, y }: Point): Box => ({ x, y, width: 0, height: 0 })
const asPoint = ({ x, y }: Box): Point => ({ x, y })

/** Where a point of a picture turned clockwise by quarters lies on the upright one, both in shares. */
export const uprightPoint = (point: Point, turns: ViewerState['turns']): Point =>
  asPoint(uprightBox(asBox(point), turns))

/** Where a point of the upright picture lies on the turned one. */
export const turnedPoint = (point: Point, turns: ViewerState['turns']): Point => uprightPoint(point, back(turns))

/** Where a box on a picture turned clockwise by quarters lies on the upright one, both in shares. */
export function uprightBox({ x, y, width, height }: Box, turns: ViewerState['turns']): Box {
  switch (turns) {
    case 0:
      return { x, y, width, height }
    case 1:
      return { x: y, y: 1 - x - width, width: height, height: width }
    case 2:
      return { x: 1 - x - width, y: 1 - y - height, width, height }
    case 3:
      return { x: 1 - y - height, y: x, width: height, height: width }
  }
}
