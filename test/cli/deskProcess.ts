import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { imei15Text } from '../../src/domain/imei.ts'

const ROOT = resolve(import.meta.dirname, '../..')

export interface Finished {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  /** The one JSON value on stdout. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every command
  readonly json: any
}

/** Starts the real command line in a process of its own. */
export function startDesk(words: readonly string[]) {
  const child = spawn(process.execPath, [join(ROOT, 'src/cli/desk.ts'), ...words], {
    cwd: ROOT,
    env: { ...process.env, TAMGA_HOME: '', TAMGA_REGISTRY: undefined, LANG: 'C', LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (piece) => {
    stdout += piece
  })
  child.stderr.on('data', (piece) => {
    stderr += piece
  })
  const finished = new Promise<Finished>((done, failed) => {
    child.once('error', failed)
    child.once('close', (code) => {
      if (!words.includes('--json')) return done({ code, stdout, stderr, json: null })
      try {
        done({ code, stdout, stderr, json: JSON.parse(stdout) })
      } catch (error) {
        failed(new Error(`not one JSON value: ${stdout}\n${stderr}`, { cause: error }))
      }
    })
  })
  return { child, finished }
}

export const desk = (words: readonly string[]): Promise<Finished> => startDesk(words).finished

/** A folder that goes with the test. */
export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'tamga-cli-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** IMEIs of a TAC that no sample uses. */
export const imei = (serial: number): string => imei15Text(86_999_901_000_000 + serial)

/** A customs list in Russian: one declaration, an importer with a right BIN. */
export function customsCsv(path: string, imeis: readonly string[]): string {
  const rows = imeis.map(
    (code) => `${code};55311/150926/0000001;15.09.2026;130640295531;Sample Import LLP;Xiaomi;Note 14;1`,
  )
  writeFileSync(path, ['IMEI;Номер ДТ;Дата ДТ;БИН;Импортер;Марка;Модель;Количество', ...rows, ''].join('\n'))
  return path
}
