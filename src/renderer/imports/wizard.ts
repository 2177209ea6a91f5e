import i18next from 'i18next'
import { useSyncExternalStore } from 'react'
import type { BatchField, Delimiter, Inspected, Mapping, Staged } from '../../contract/engine/batch.ts'
import type { Picked } from '../../contract/shell.ts'
import { DEFAULT_SOURCE, type ImportKind } from '../../domain/batch.ts'
import type { SourceBody } from '../../domain/fact.ts'
import type { EditedCell, FixStep } from '../../domain/fix/fixStep.ts'
import type { Problem } from '../../domain/problem.ts'
import { notifyDone, notifyProblem } from '../app/notify.tsx'
import { problemOf } from '../app/problems.ts'
import { engine } from '../app/queries.ts'
import { shell } from '../app/shell.ts'

export const STEPS = ['file', 'header', 'map', 'fix', 'effect'] as const
export type Step = (typeof STEPS)[number]

/** One import on its way from file to commit. It outlives the screen: the officer may look something up meanwhile. */
export interface Wizard {
  readonly step: Step
  readonly file: Picked | null
  readonly inspected: Inspected | null
  readonly kind: ImportKind
  readonly mapping: Mapping
  readonly source: SourceBody
  readonly letter: string
  readonly letterDate: string | null
  readonly full: boolean
  readonly password: string
  /** Encoding and separator the officer chose for a text file. */
  readonly reading: { readonly encoding?: string; readonly delimiter?: Delimiter }
  readonly job: string | null
  readonly staged: Staged | null
  /** Cells typed or pasted that are not applied yet. */
  readonly edits: readonly EditedCell[]
  /** Corrections of the sender's last file that are to be done again on this one. */
  readonly replay: readonly FixStep[]
  readonly busy: boolean
  readonly problem: Problem | null
}

const FRESH: Wizard = {
  step: 'file',
  file: null,
  inspected: null,
  kind: 'customs',
  mapping: {},
  source: 'customs',
  letter: '',
  letterDate: null,
  full: false,
  password: '',
  reading: {},
  job: null,
  staged: null,
  edits: [],
  replay: [],
  busy: false,
  problem: null,
}

let current: Wizard | null = null
const listeners = new Set<() => void>()
const subscribe = (tell: () => void): (() => void) => {
  listeners.add(tell)
  return () => listeners.delete(tell)
}
function put(next: Wizard | null): void {
  current = next
  for (const tell of listeners) tell()
}

/** The import under way, null when there is none. */
export const useWizard = (): Wizard | null => useSyncExternalStore(subscribe, () => current)

/** The same, outside of React. */
export const currentWizard = (): Wizard | null => current

/** Changes what the officer has set; does nothing when no import is under way. */
export const setWizard = (change: Partial<Wizard>): void => {
  if (current) put({ ...current, ...change })
}
export const closeWizard = (): void => put(null)

/** Opens the file dialog and reads the head of what was chosen. Answers false when the officer closed the dialog. */
export async function pickFile(title: string, filterName: string): Promise<boolean> {
  const file = await shell('pick-file', { title, filterName, extensions: FILE_ENDINGS })
  if (!file) return false
  put({ ...FRESH, file })
  await inspect({})
  return true
}

const FILE_ENDINGS = ['xlsx', 'xlsm', 'xls', 'xlsb', 'ods', 'csv', 'tsv', 'txt', 'zip']

/** Reads the head again with what the officer chose instead (kind, sheet, header row, encoding, password). */
export async function inspect(choice: {
  kind?: ImportKind
  sheet?: string
  headerRow?: number
  encoding?: string
  delimiter?: Delimiter
  password?: string
}): Promise<void> {
  if (!current?.file) return
  const password = choice.password ?? current.password
  put({ ...current, busy: true, problem: null, password })
  try {
    const kind = choice.kind ?? (current.inspected ? current.kind : undefined)
    const inspected = await engine.call('inspect-file', {
      token: current.file.token,
      ...(password === '' ? {} : { password }),
      ...(kind ? { kind } : {}),
      ...(choice.sheet ? { sheet: choice.sheet } : {}),
      ...(choice.headerRow === undefined ? {} : { headerRow: choice.headerRow }),
      ...reading(choice),
    })
    const found = kind ?? inspected.kind ?? 'customs'
    setWizard({
      inspected,
      kind: found,
      source: inspected.profile?.source ?? DEFAULT_SOURCE[found],
      mapping: recognised(inspected),
      replay: inspected.profile?.steps ?? [],
      busy: false,
    })
  } catch (error) {
    setWizard({ busy: false, problem: problemOf(error) })
  }
}

/** Encoding and separator: the officer's choice of now, else the one he made before; what is neither is guessed. */
function reading(choice: { encoding?: string; delimiter?: Delimiter }): { encoding?: string; delimiter?: Delimiter } {
  const encoding = choice.encoding ?? current?.reading.encoding
  const delimiter = choice.delimiter ?? current?.reading.delimiter
  const chosen = { ...(encoding ? { encoding } : {}), ...(delimiter ? { delimiter } : {}) }
  setWizard({ reading: chosen })
  return chosen
}

const recognised = (inspected: Inspected): Mapping =>
  Object.fromEntries(
    inspected.columns.flatMap(({ field, column }) => (field === null ? [] : [[field, column] as const])),
  )

/** Gives a column another meaning; the field leaves the column it had. */
export function mapColumn(column: number, field: BatchField | null): void {
  if (!current) return
  const others = Object.entries(current.mapping).filter(([name, at]) => at !== column && name !== field)
  setWizard({ mapping: Object.fromEntries(field === null ? others : [...others, [field, column]]) })
}

/** Everything needed was recognised with certainty: the officer may go straight to the check. */
export const isSure = ({ inspected }: Wizard): boolean =>
  inspected !== null && inspected.kind !== null && inspected.missing.length === 0 && inspected.header.sure >= 0.8

/** Checks every row and computes the effect; a job the officer can cancel. */
export async function stage(): Promise<void> {
  if (!current?.file || !current.inspected) return
  const { file, inspected, kind, mapping, source, letter, letterDate, full, password, replay } = current
  const job = crypto.randomUUID()
  put({ ...current, busy: true, problem: null, job, staged: null, step: 'fix' })
  try {
    const staged = await engine.call('stage-batch', {
      token: file.token,
      job,
      kind,
      sheet: inspected.sheet,
      headerRow: inspected.header.row,
      mapping,
      source,
      letter,
      letterDate,
      steps: [...replay],
      full,
      ...(password === '' ? {} : { password }),
      ...(inspected.encoding ? { encoding: inspected.encoding.name } : {}),
      ...(inspected.delimiter ? { delimiter: inspected.delimiter } : {}),
    })
    // the officer may have put the import into the background, or begun another one
    if (currentJob() !== job) return
    if (staged.state === 'same') {
      put(null)
      notifyDone(i18next.t('imports:same', { batch: staged.batch }))
      return
    }
    setWizard({ staged, busy: false, job: null, step: staged.counts.rejected > 0 ? 'fix' : 'effect' })
  } catch (error) {
    const problem = problemOf(error)
    if (currentJob() !== job) {
      if (problem.code !== 'cancelled') notifyProblem(error)
      return
    }
    if (problem.code === 'engine-restarted') {
      // the import is in the queue and can go on from there
      put(null)
      notifyProblem(error)
      return
    }
    setWizard({ busy: false, job: null, problem: problem.code === 'cancelled' ? null : problem, step: 'map' })
  }
}

const currentJob = (): string | null => current?.job ?? null

/** Takes up a batch that was staged earlier. */
export const resume = (staged: Staged): void =>
  put({
    ...FRESH,
    kind: staged.kind,
    source: staged.source,
    staged,
    step: staged.counts.rejected > 0 ? 'fix' : 'effect',
  })

/** Commits what was staged; guards of the file are accepted by their codes. */
export async function commit(accept: readonly string[]): Promise<Staged | null> {
  if (!current?.staged) return null
  setWizard({ busy: true, problem: null })
  try {
    const staged = await engine.call('commit-batch', { batch: current.staged.batch, accept: [...accept] })
    put(null)
    return staged
  } catch (error) {
    const problem = problemOf(error)
    const { batch } = current?.staged ?? { batch: null }
    setWizard({ busy: false, problem })
    // the officer reviews the effect of now and what is different, instead of only being refused
    if (problem.code === 'effect-changed') {
      const anew = (await engine.call('staged-batches', {})).find((one) => one.batch === batch)
      if (anew) setWizard({ staged: anew, problem: null })
    }
    return null
  }
}

/** Drops the import with everything staged. */
export async function discard(): Promise<void> {
  const staged = current?.staged
  put(null)
  if (staged) await engine.call('discard-batch', { batch: staged.batch })
}
