import { readFile } from 'node:fs/promises'
import { extname, join, resolve, sep } from 'node:path'
import { protocol } from 'electron'

/** The window's pages have an origin of their own, so that a strict policy and fetch work; there is no file:// in the window. */
export const APP_ORIGIN = 'app://desk'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.map': 'application/json; charset=utf-8',
  '.bcmap': 'application/octet-stream',
}

/** Styles may be inline because the grid and the components write them; scripts never. Evidence comes as blobs from the engine. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "font-src 'self' data:",
  "connect-src 'self' blob: data:",
  "worker-src 'self' blob:",
  "frame-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const headers = (type: string): Record<string, string> => ({
  'content-type': type,
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
})

/** To be called before the app is ready. */
export function declareAppProtocol(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: 'app',
      // with the code cache the window's scripts are compiled once, not at every start
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ])
}

/** Serves the built window from a folder; what is not in it is 404. To be called once the app is ready. */
export function serveApp(folder: string): void {
  const root = resolve(folder)
  protocol.handle('app', async (request) => {
    const { host, pathname } = new URL(request.url)
    const file = resolve(join(root, decodeURIComponent(pathname === '/' ? '/index.html' : pathname)))
    const type = TYPES[extname(file)]
    if (host !== 'desk' || !file.startsWith(root + sep) || !type) return new Response(null, { status: 404 })
    try {
      return new Response(new Uint8Array(await readFile(file)), { headers: headers(type) })
    } catch {
      return new Response(null, { status: 404, statusText: 'no such page' })
    }
  })
}
