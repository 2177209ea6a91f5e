import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type SharpFactory from 'sharp'

/** DejaVu has the Kazakh letters and comes with the product, so that papers look the same on every machine. */
const FOLDER = join(dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf')

export const FONT_FILES = {
  sans: join(FOLDER, 'DejaVuSans.ttf'),
  bold: join(FOLDER, 'DejaVuSans-Bold.ttf'),
  mono: join(FOLDER, 'DejaVuSansMono.ttf'),
  serif: join(FOLDER, 'DejaVuSerif-Italic.ttf'),
} as const

let loaded: Promise<typeof SharpFactory> | undefined

/**
 * The image library with only the product's fonts in sight. Fontconfig reads its environment once, when the library is loaded: so
 * this is the only way to load it here, and it works in a process's main thread only.
 */
export function loadSharp(): Promise<typeof SharpFactory> {
  loaded ??= (async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tamga-fonts-'))
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
    const file = join(folder, 'fonts.conf')
    writeFileSync(
      file,
      `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${FOLDER}</dir><cachedir>${folder}</cachedir></fontconfig>`,
    )
    process.env.FONTCONFIG_FILE = file
    const { default: sharp } = await import('sharp')
    sharp.cache(false)
    return sharp
  })()
  return loaded
}
