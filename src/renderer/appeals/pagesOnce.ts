import { forget, type Picture } from './picture.ts'

/** Pages of a file, each drawn once when it is first asked for; one that could not be drawn is tried again. */
export function pagesOnce(draw: (at: number) => Promise<Picture>, first?: Picture) {
  const drawn = new Map<number, Promise<Picture>>(first ? [[0, Promise.resolve(first)]] : [])
  return {
    page(at: number): Promise<Picture> {
      const known = drawn.get(at) ?? draw(at)
      drawn.set(at, known)
      known.catch(() => drawn.delete(at))
      return known
    },
    /** Gives back what was drawn. */
    close(): void {
      for (const picture of drawn.values())
        picture.then(forget, () => {
          // nothing was drawn
        })
    },
  }
}
