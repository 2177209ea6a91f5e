import type { Page } from '@playwright/test'

const WARM_UP = 100

/**
 * Time of each of so many calls over the window's own port to the engine, one after another, ms. The call asks for the jobs under way,
 * of which there are none: what is measured is the way there and back with the engine's checks.
 */
export async function timeCalls(page: Page, count: number): Promise<readonly number[]> {
  await page.addInitScript(() => {
    window.addEventListener('message', ({ data, ports }) => {
      if (data === 'tamga-engine-port') Object.assign(window, { benchPort: ports[0] })
    })
  })
  await page.reload()
  await page.getByTestId('default-action').or(page.getByTestId('import-file')).first().waitFor()
  const times = await page.evaluate(callRepeatedly, WARM_UP + count)
  return times.slice(WARM_UP)
}

/** Runs in the page. */
async function callRepeatedly(count: number): Promise<number[]> {
  const { benchPort: port } = window as unknown as { benchPort: MessagePort }
  // far from the numbers that the window itself gives its calls
  const first = 1_000_000_000
  const times: number[] = []
  for (let id = first; id < first + count; id++) {
    const began = performance.now()
    const ok = await new Promise<boolean>((answered) => {
      const take = ({ data }: MessageEvent): void => {
        if (data?.t !== 'answer' || data.id !== id) return
        port.removeEventListener('message', take)
        answered(data.ok)
      }
      port.addEventListener('message', take)
      port.postMessage({ t: 'call', id, name: 'jobs', input: {} })
    })
    if (!ok) throw new Error('the engine refused a call')
    times.push(performance.now() - began)
  }
  return times
}
