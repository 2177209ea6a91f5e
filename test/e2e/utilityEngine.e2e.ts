import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '@playwright/test'
import { build } from 'vite'
import { ROOT } from '../../scripts/checkout.mjs'
import { electronBinary } from '../../scripts/electron/official.mjs'
import { electronDist } from '../../scripts/electron-runtime.mjs'
import { sandboxArguments } from '../../scripts/system-packages.mjs'

// Without the SQLite addon, which needs a newer Electron than a development machine may have.
test('the engine in a utility process keeps the same promises as under a Node of its own', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tamga-utility-'))
  const bundle = (entry: string, name: string) =>
    build({
      configFile: false,
      root: ROOT,
      logLevel: 'error',
      ssr: { noExternal: true, external: ['electron'] },
      build: {
        ssr: entry,
        outDir: folder,
        emptyOutDir: false,
        target: 'node20',
        rollupOptions: { output: { entryFileNames: name, codeSplitting: false } },
      },
    })
  try {
    await bundle('test/e2e/fixture/utilityMain.ts', 'main.js')
    await bundle('test/main/fixture/echoEngine.ts', 'engine.js')
    writeFileSync(join(folder, 'package.json'), '{"name":"utility","type":"module","main":"main.js"}')
    const { stdout } = await promisify(execFile)(electronBinary(await electronDist()), [
      ...sandboxArguments(),
      '--disable-gpu',
      folder,
      join(folder, 'engine.js'),
    ])
    expect(JSON.parse(stdout.trim().split('\n').pop() ?? '')).toEqual({
      echoed: { imei: '490154203237518', bytes: { '0': 1, '1': 2 } },
      granted: '/sample/customs.xlsx',
      failed: 'engine-restarted',
      again: 'again',
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
