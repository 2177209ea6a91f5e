import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runStage } from '../src/engine/batch/stage/runStage.ts'
import { mirrorBeside, stageTask } from './importTask.ts'

/** Finer would itself be a share of what is measured. */
const PULSE_MS = 20

/** An empty folder for the time of one job. */
async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'tamga-bench-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * File to effect shown as the engine does it: read, every check, duplicates, encrypted staging, effect on the mirror of the desk beside the
 * file, which was made before.
 */
const tamga = (path: string) =>
  inFolder(async (folder) => {
    let longest = 0
    let last = performance.now()
    const pulse = setInterval(() => {
      const now = performance.now()
      longest = Math.max(longest, now - last - PULSE_MS)
      last = now
    }, PULSE_MS)
    const result = await runStage(
      stageTask(path, folder, mirrorBeside(path)),
      new AbortController().signal,
      () => undefined,
      () => () => undefined,
    )
    clearInterval(pulse)
    const { parse, stage } = result.seconds
    console.error(
      `  parse ${parse.toFixed(2)} s, stage ${stage.toFixed(2)} s, longest pause of the engine ${longest.toFixed(0)} ms`,
    )
    return { rows: result.counts.rows, check: result.counts.imeis }
  })

/** What a program of the usual kind does: a workbook library, and an INSERT for each IMEI into a plain indexed table; no checks. */
const exceljsInserts = (path: string) =>
  inFolder(async (folder) => {
    const { default: exceljs } = await import('exceljs')
    const { default: Database } = await import('better-sqlite3')
    const db = new Database(join(folder, 'plain.db'))
    db.pragma('journal_mode=WAL')
    db.exec('CREATE TABLE imei(imei14 INTEGER PRIMARY KEY, declaration TEXT, date TEXT, bin TEXT) STRICT')
    const insert = db.prepare('INSERT OR IGNORE INTO imei(imei14, declaration, date, bin) VALUES (?, ?, ?, ?)')
    let rows = 0
    let imeis = 0
    db.exec('BEGIN')
    for await (const sheet of new exceljs.stream.xlsx.WorkbookReader(path, {
      sharedStrings: 'cache',
      worksheets: 'emit',
    })) {
      for await (const row of sheet) {
        rows++
        const values = row.values as unknown[]
        for (const value of values) {
          const text = String(value ?? '')
          if (/^\d{15}$/.test(text))
            imeis += insert.run(
              Number(text.slice(0, 14)),
              String(values[1]),
              String(values[2]),
              String(values[3]),
            ).changes
        }
      }
    }
    db.exec('COMMIT')
    db.close()
    return { rows, check: imeis }
  })

export const JOBS = { tamga, 'exceljs + inserts': exceljsInserts }
