import type { Page } from '@playwright/test'

/** What the next appeal took, ms from the key; `shown` is the appeal that was painted first. */
export interface NextTimes {
  /** Until its head, claim and decision were painted. */
  readonly ms: number
  /** Until its first paper was painted too. */
  readonly paper: number
  /** Until the registry's facts and the tools beside them stood there too. */
  readonly whole: number
  readonly shown: string | null
}

interface Marks {
  /** Keys that only change the appeal on screen: time until the frame that shows it. */
  readonly keys: number[]
  readonly tasks: number[]
  /** Keys that go on to the next appeal: time until the frame that shows it. */
  readonly goingOn: number[]
  next: Promise<NextTimes>
}

/** Notes from now on how long keys took until the frame that shows what they did (Event Timing), and tasks above 50 ms. */
export const observeKeys = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const noted = { keys: [] as number[], tasks: [] as number[], goingOn: [] as number[] }
    Object.assign(globalThis, { marks: noted })
    const goesOn = new Set<number>()
    addEventListener(
      'keydown',
      ({ timeStamp, code, ctrlKey, target }) => {
        if (code === 'Enter' && (ctrlKey || (target as Element).closest('form'))) goesOn.add(timeStamp)
      },
      true,
    )
    new PerformanceObserver((list) => {
      for (const { name, duration, startTime } of list.getEntries())
        if (name === 'keydown') (goesOn.has(startTime) ? noted.goingOn : noted.keys).push(duration)
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit)
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) noted.tasks.push(duration)
    }).observe({ type: 'longtask' })
  })

/** Times of the keys that took longer than a frame, and of tasks above 50 ms, ms. */
export const noted = (page: Page): Promise<Pick<Marks, 'keys' | 'tasks' | 'goingOn'>> =>
  page.evaluate(() => {
    const { keys, tasks, goingOn } = (globalThis as unknown as { marks: Marks }).marks
    return { keys, tasks, goingOn }
  })

/** Presses the key that goes on and waits until another appeal stands on the screen with its first paper. */
export async function timeNext(page: Page, press: () => Promise<void>): Promise<NextTimes> {
  await page.evaluate(watchNext)
  await press()
  return page.evaluate(() => (globalThis as unknown as { marks: Marks }).marks.next)
}

/** Runs in the page. */
function watchNext(): void {
  const appeal = (): string | null =>
    document.querySelector('section[data-appeal]')?.getAttribute('data-appeal') ?? null
  const before = appeal()
  let began = Number.NaN
  addEventListener('keydown', ({ timeStamp }) => (began = timeStamp), { capture: true, once: true })
  const seen = (there: () => boolean): Promise<number> =>
    new Promise((done) => {
      const look = (): void => {
        const shown = appeal()
        if (shown === null || shown === before || !there()) return
        observer.disconnect()
        // a task after the next frame: it has been painted
        requestAnimationFrame(() => {
          const painted = new MessageChannel()
          painted.port1.onmessage = () => done(performance.now() - began)
          painted.port2.postMessage(null)
        })
      }
      const observer = new MutationObserver(look)
      observer.observe(document, { subtree: true, childList: true, attributes: true })
    })
  let shown: string | null = null
  const { marks } = globalThis as unknown as { marks: Marks }
  const fields = seen(() => document.querySelector('section[data-appeal] li[data-field]') !== null).then((ms) => {
    shown = appeal()
    return ms
  })
  const paper = seen(() => document.querySelector('section[data-appeal] [data-paper]') !== null)
  const facts = seen(() => document.querySelectorAll('section[data-appeal] [data-pane]')[2]?.firstElementChild != null)
  marks.next = Promise.all([fields, paper, facts]).then(([ms, ready, whole]) => ({ ms, paper: ready, whole, shown }))
}
