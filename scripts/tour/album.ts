import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'

/** Takes a picture of the window; pictures are numbered in the order of the walk. */
export interface Album {
  take(page: Page, name: string): Promise<void>
  readonly pictures: number
}

/** Opens an album in a folder. */
export function openAlbum(folder: string): Album {
  mkdirSync(folder, { recursive: true })
  let last = 0
  return {
    get pictures() {
      return last
    },
    async take(page, name) {
      last += 1
      await page.screenshot({
        path: join(folder, `${String(last).padStart(2, '0')}-${name}.png`),
        // opening panels would be caught half way, and notices lie over the status bar
        animations: 'disabled',
        style: '.mantine-Notifications-root { visibility: hidden }',
      })
    },
  }
}
