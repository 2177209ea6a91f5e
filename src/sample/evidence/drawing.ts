/** A drawing in SVG pieces with its size in pixels. */
export interface Drawing {
  readonly width: number
  readonly height: number
  readonly content: readonly string[]
}

/** ISO date as papers show it: DD.MM.YYYY. */
export const day = (iso: string | undefined): string => (iso ?? '').split('-').reverse().join('.')

/** Amount with spaces between thousands, as written on papers. */
export const money = (amount: string | undefined): string => {
  const [whole = '', cents] = (amount ?? '').split('.')
  const spaced = whole.replace(/\B(?=(\d{3})+$)/g, ' ')
  return cents === undefined || cents === '00' ? spaced : `${spaced},${cents}`
}
