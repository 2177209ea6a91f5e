import type { Page } from '@playwright/test'

/** What Playwright has of a page besides what it offers. */
interface Behind {
  readonly _connection: {
    toImpl(page: Page): {
      readonly delegate: {
        readonly _mainFrameSession: { readonly _client: { send(method: string, given: object): Promise<void> } }
      }
    }
  }
}

/**
 * Playwright has a window keep the bytes of everything it loads, for somebody who asks what was sent: some 500 KB an appeal, counted
 * with the window's memory. From now on it keeps none. Throws where this Playwright is made differently.
 */
export async function keepNoResponses(page: Page): Promise<void> {
  const { delegate } = (page as unknown as Behind)._connection.toImpl(page)
  await delegate._mainFrameSession._client.send('Network.enable', { maxTotalBufferSize: 1, maxResourceBufferSize: 1 })
}
