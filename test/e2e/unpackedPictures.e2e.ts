import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ElectronApplication } from '@playwright/test'
import { expect, test } from './harness/desk.ts'

test('of many pictures that were on the screen the window keeps few unpacked', async ({ open }) => {
  const { app, page } = await open()
  await page.evaluate(async () => {
    const painted = (): Promise<void> =>
      new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))
    const image = new Image()
    Object.assign(image.style, { position: 'fixed', inset: '0', zIndex: '9999' })
    document.body.append(image)
    for (let number = 0; number < 200; number++) {
      const canvas = new OffscreenCanvas(300, 300)
      canvas.getContext('2d')?.fillText(String(number), 50, 50)
      image.src = URL.createObjectURL(await canvas.convertToBlob())
      await image.decode()
      await painted()
    }
  })
  const kept = await unpackedPictures(app)
  expect(kept).toBeGreaterThan(0)
  // those of the screen itself, icons and the like, are among them
  expect(kept).toBeLessThanOrEqual(100)
})

/** How many pictures the compositors of all windows hold unpacked, by Chromium's own account of its memory. */
async function unpackedPictures(app: ElectronApplication): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'tamga-memory-'))
  try {
    const file = join(folder, 'account.json')
    await app.evaluate(async ({ contentTracing }, path) => {
      await contentTracing.startRecording({
        included_categories: ['disabled-by-default-memory-infra'],
        memory_dump_config: { triggers: [{ mode: 'detailed', periodic_interval_ms: 1000 }] },
      })
      await new Promise((done) => setTimeout(done, 2500))
      await contentTracing.stopRecording(path)
    }, file)
    const { traceEvents } = JSON.parse(readFileSync(file, 'utf8')) as { traceEvents: readonly Dump[] }
    const pictures = traceEvents.map(({ args }) =>
      Object.keys(args.dumps?.allocators ?? {}).filter((name) => /^cc\/image_memory\/.*\/image_/.test(name)),
    )
    return Math.max(...pictures.map(({ length }) => length))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Dump {
  readonly args: { readonly dumps?: { readonly allocators?: Readonly<Record<string, unknown>> } }
}
