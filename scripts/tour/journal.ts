/** Prints the walk, a line a step: what was done, its figures, how long it took. */
export interface Journal {
  step<T>(title: string, walk: () => Promise<Told<T>>): Promise<T>
  readonly steps: number
}

/** What a step hands on, and the figures that are printed for it. */
export interface Told<T> {
  value: T
  figures: Record<string, string | number>
}

/** A journal on standard output. */
export function openJournal(): Journal {
  let steps = 0
  return {
    get steps() {
      return steps
    },
    async step(title, walk) {
      const started = performance.now()
      const { value, figures } = await walk()
      steps += 1
      const seconds = ((performance.now() - started) / 1000).toFixed(1)
      const told = Object.entries(figures).map(([name, figure]) => `${name} ${figure}`)
      console.log(`${String(steps).padStart(2)}. ${title} (${seconds} s)${told.length ? `: ${told.join(', ')}` : ''}`)
      return value
    },
  }
}

/** A step without anything to hand on. */
export const told = (figures: Record<string, string | number> = {}): Told<undefined> => ({ value: undefined, figures })
