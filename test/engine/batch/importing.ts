import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Input, Output } from '../../../src/contract/call.ts'
import type { EngineContract } from '../../../src/contract/engine.ts'
import type { ImportKind } from '../../../src/domain/batch.ts'
import { luhnDigit } from '../../../src/domain/imei.ts'
import { SyncDesk } from '../../sync/syncDesk.ts'

/** The clock of these tests. */
export const TODAY = '2026-11-23'
export const at = (): string => `${TODAY}T06:00:00.000Z`

type StageInput = Input<EngineContract['stage-batch']>
type Staged = Output<EngineContract['stage-batch']>

/** A desk with an importer at it, and files put before it. */
export class Importing {
  readonly desk: SyncDesk
  readonly folder: string
  #files = 0

  private constructor(desk: SyncDesk, folder: string) {
    this.desk = desk
    this.folder = folder
  }

  static async open(registry: string, as = 'importer', home?: string): Promise<Importing> {
    const folder = mkdtempSync(join(tmpdir(), 'tamga-files-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const desk = await SyncDesk.open({ registry, now: at, ...(home === undefined ? {} : { home }) })
    await desk.call('sync', {})
    await desk.call('sign-in', { officer: as })
    return new Importing(desk, folder)
  }

  /** Grants a file the officer has; answers its token. */
  grant(path: string): string {
    const token = `file-${++this.#files}`
    this.desk.grant(token, path)
    return token
  }

  /** Writes a CSV file, header first; answers its token. */
  csv(lines: readonly (readonly string[])[], name = `file${this.#files + 1}.csv`): string {
    const path = join(this.folder, name)
    writeFileSync(
      path,
      lines.map((cells) => cells.map((c) => (/[;"\n]/.test(c) ? `"${c}"` : c)).join(';')).join('\r\n'),
    )
    return this.grant(path)
  }

  stage(kind: ImportKind, token: string, more: Partial<StageInput> = {}): Promise<Staged> {
    return this.desk.call('stage-batch', { job: `job-${token}`, token, kind, ...more })
  }

  async import(
    kind: ImportKind,
    token: string,
    more: Partial<StageInput> = {},
    accept: string[] = [],
  ): Promise<Staged> {
    const staged = await this.stage(kind, token, more)
    // this content is a batch already: there is nothing to commit
    if (staged.state === 'same') return staged
    return this.desk.call('commit-batch', { batch: staged.batch, accept })
  }

  /** Codes of the problems of each row, by row number. */
  async problems(batch: string): Promise<Record<number, string[]>> {
    const { rows } = await this.desk.call('staged-problems', { batch, code: null, afterRow: 0, limit: 1000 })
    const byRow: Record<number, string[]> = {}
    for (const { row, code } of rows) byRow[row] = [...(byRow[row] ?? []), code]
    return byRow
  }
}

/** A right IMEI of 15 digits by its number, under a type code. */
export const imei = (serial: number, tac = 86012345): string => {
  const key = tac * 1e6 + serial
  return `${key}${luhnDigit(key)}`
}

/** The same with a wrong check digit. */
export const wrongDigit = (serial: number, tac = 86012345): string => {
  const right = imei(serial, tac)
  return right.slice(0, 14) + ((Number(right[14]) + 1) % 10)
}

export const CUSTOMS_HEADER = ['№ ДТ', 'Дата ДТ', 'БИН', 'Импортер', 'Марка', 'Модель', 'IMEI 1', 'IMEI 2'] as const

/** A sound row of a customs file, with what is to be different. */
export function customsRow(
  serial: number,
  change: Partial<Record<(typeof CUSTOMS_HEADER)[number], string>> = {},
): string[] {
  const row: Record<string, string> = {
    '№ ДТ': '50505/101026/0001234',
    'Дата ДТ': '10.10.2026',
    БИН: '250340000120',
    Импортер: 'ТОО «Образец»',
    Марка: 'Xiaomi',
    Модель: 'Redmi',
    'IMEI 1': imei(serial),
    'IMEI 2': imei(serial + 500_000),
    ...change,
  }
  return CUSTOMS_HEADER.map((h) => row[h] ?? '')
}
