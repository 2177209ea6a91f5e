import { zLive } from '../../contract/registry.ts'
import { checkAnswer } from './http.ts'
import type { RegistryClient } from './registryClient.ts'

export interface LiveHint {
  readonly epoch: string
  readonly head: number
}

/** The registry sends something every 15 s; silent for this long the connection is dead, though nothing said so. */
const SILENCE_MS = 45_000

/**
 * Listens to the registry's live stream until it breaks or `signal` ends it. Hints carry only how far the feed goes; each calls
 * `hint`. Throws ProblemError when the stream cannot be opened.
 */
export async function listen(client: RegistryClient, signal: AbortSignal, hint: (h: LiveHint) => void): Promise<void> {
  const silence = new AbortController()
  let timer = setTimeout(() => silence.abort(), SILENCE_MS)
  try {
    const response = await client.raw({
      method: 'GET',
      path: '/v1/live',
      headers: { accept: 'text/event-stream' },
      signal: AbortSignal.any([signal, silence.signal]),
      timeoutMs: 2 ** 31 - 1,
    })
    await checkAnswer(client.registry, response)
    let rest = ''
    const text = new TextDecoder()
    for await (const piece of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      clearTimeout(timer)
      timer = setTimeout(() => silence.abort(), SILENCE_MS)
      const lines = (rest + text.decode(piece, { stream: true })).split(/\r?\n/)
      rest = lines.pop() ?? ''
      for (const line of lines) if (line.startsWith('data:')) hint(zLive.parse(JSON.parse(line.slice(5))))
    }
  } catch (error) {
    // a stream that breaks is the ordinary end of it
    if (!(error instanceof TypeError) && !(error instanceof DOMException)) throw error
  } finally {
    clearTimeout(timer)
  }
}
