// Builds what the Electron app runs: out/main/index.js, out/preload/index.cjs, out/engine/ (one file a module, at the same depth as
// in src/, so that relative addresses of resources and workers hold) and out/renderer/. A target whose inputs did not change is left.
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { build, type InlineConfig, type Plugin } from 'vite'

const ROOT = resolve(import.meta.dirname, '..')
const OUT = join(ROOT, 'out')

interface Target {
  name: string
  /** Folders and files whose content decides whether the target is built again. */
  inputs: string[]
  /** What is removed before building, inside out/. */
  outputs: string[]
  config: () => InlineConfig
}

const ADDRESS_OF_WORKER = /new URL\((['"])(\.[^'"]+)\.ts\1, import\.meta\.url\)/g

/** Node loads the built modules, so addresses of worker files change from .ts to .js: as long as before, so source maps hold. */
const workerAddresses: Plugin = {
  name: 'worker-addresses',
  transform: (code) => ({ code: code.replace(ADDRESS_OF_WORKER, 'new URL($1$2.js$1, import.meta.url)'), map: null }),
}

const shared: InlineConfig = {
  configFile: false,
  root: ROOT,
  logLevel: 'warn',
  publicDir: false,
}

const targets: Target[] = [
  {
    name: 'main',
    inputs: ['src/main', 'src/contract', 'src/domain', 'resources/locales'],
    outputs: ['main'],
    config: () => ({
      ...shared,
      ssr: { noExternal: true, external: ['electron'] },
      build: {
        ssr: 'src/main/index.ts',
        outDir: join(OUT, 'main'),
        target: 'node20',
        sourcemap: true,
        minify: false,
        rollupOptions: { output: { format: 'es', entryFileNames: 'index.js', codeSplitting: false } },
      },
    }),
  },
  {
    name: 'preload',
    inputs: ['src/preload', 'src/contract', 'src/domain'],
    outputs: ['preload'],
    config: () => ({
      ...shared,
      ssr: { noExternal: true, external: ['electron'] },
      build: {
        ssr: 'src/preload/index.ts',
        outDir: join(OUT, 'preload'),
        target: 'node20',
        minify: false,
        rollupOptions: { output: { format: 'cjs', entryFileNames: 'index.cjs', codeSplitting: false } },
      },
    }),
  },
  {
    name: 'engine',
    inputs: ['src/engine', 'src/contract', 'src/domain', 'src/sheet', 'resources'],
    outputs: ['engine', 'contract', 'domain', 'sheet', 'resources'],
    config: () => ({
      ...shared,
      plugins: [workerAddresses],
      build: {
        ssr: true,
        outDir: OUT,
        emptyOutDir: false,
        target: 'node22',
        sourcemap: true,
        minify: false,
        rollupOptions: {
          input: ['src/engine/index.ts', ...globSync('src/{engine,sheet}/**/*.worker.ts', { cwd: ROOT })],
          preserveEntrySignatures: 'strict',
          output: {
            format: 'es',
            preserveModules: true,
            preserveModulesRoot: join(ROOT, 'src'),
            entryFileNames: '[name].js',
          },
        },
      },
    }),
  },
  {
    name: 'renderer',
    inputs: ['src/renderer', 'src/contract', 'src/domain', 'resources', 'postcss.config.cjs'],
    outputs: ['renderer'],
    config: () => ({
      ...shared,
      root: join(ROOT, 'src/renderer'),
      base: '/',
      plugins: [react()],
      css: { postcss: ROOT },
      build: {
        outDir: join(OUT, 'renderer'),
        emptyOutDir: true,
        target: 'chrome130',
        sourcemap: true,
        modulePreload: { polyfill: false },
        assetsInlineLimit: 0,
        chunkSizeWarningLimit: 4000,
      },
    }),
  },
]

/** A hash over names and contents of a target's inputs, this script and the lock file. */
function fingerprint(target: Target): string {
  const hash = createHash('sha256')
  for (const input of [...target.inputs, 'scripts/build.ts', 'package-lock.json']) {
    const files =
      existsSync(join(ROOT, input)) && statSync(join(ROOT, input)).isFile()
        ? [input]
        : globSync(`${input}/**/*`, { cwd: ROOT })
    for (const file of files.sort()) {
      if (!statSync(join(ROOT, file)).isFile()) continue
      hash
        .update(file)
        .update('\0')
        .update(readFileSync(join(ROOT, file)))
        .update('\0')
    }
  }
  return hash.digest('hex')
}

const wanted = process.argv.slice(2)
for (const target of targets.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  const stamp = join(OUT, `.${target.name}.stamp`)
  const current = fingerprint(target)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === current) continue
  const started = performance.now()
  rmSync(stamp, { force: true })
  for (const output of target.outputs) rmSync(join(OUT, output), { recursive: true, force: true })
  await build(target.config())
  mkdirSync(OUT, { recursive: true })
  writeFileSync(stamp, current)
  console.error(`build: ${target.name} (${((performance.now() - started) / 1000).toFixed(1)} s)`)
}
