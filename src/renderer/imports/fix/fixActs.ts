import type { Staged } from '../../../contract/engine/batch.ts'
import type { EditedCell, FixStep } from '../../../domain/fix/fixStep.ts'
import { problemOf } from '../../app/problems.ts'
import { engine } from '../../app/queries.ts'
import { currentWizard, setWizard } from '../wizard.ts'

export type StepDraft = FixStep extends infer S ? (S extends FixStep ? Omit<S, 'id'> : never) : never

export const asStep = (draft: StepDraft): FixStep => ({ id: crypto.randomUUID(), ...draft }) as FixStep

/** Runs a correction as a job; the wizard shows it, and what came of it. Answers whether it was done. */
async function correct(act: (batch: string, job: string) => Promise<Staged>): Promise<boolean> {
  const staged = currentWizard()?.staged
  if (!staged) return false
  const job = crypto.randomUUID()
  setWizard({ busy: true, problem: null, job })
  try {
    setWizard({ staged: await act(staged.batch, job), busy: false, job: null })
    return true
  } catch (error) {
    const problem = problemOf(error)
    setWizard({ busy: false, job: null, problem: problem.code === 'cancelled' ? null : problem })
    return false
  }
}

/** Adds steps to the staged file. */
export const applySteps = (steps: readonly FixStep[]): Promise<boolean> =>
  correct((batch, job) => engine.call('fix-apply', { batch, steps: [...steps], job }))

/** Takes a step back, or it and all after it. */
export const undoStep = (step: string, andLater: boolean): Promise<boolean> =>
  correct((batch, job) => engine.call('fix-undo', { batch, step, andLater, job }))

/** Puts typed or pasted cells beside those that wait; a cell that gets its old text back no longer waits. */
export function editCells(cells: readonly (EditedCell & { readonly before: string })[]): void {
  const edits = currentWizard()?.edits ?? []
  const key = ({ row, column }: EditedCell): string => `${row}:${column}`
  const changed = new Map(cells.map((cell) => [key(cell), cell]))
  const kept = edits.filter((edit) => !changed.has(key(edit)))
  const fresh = [...changed.values()].filter(({ before, text }) => text !== before)
  setWizard({ edits: [...kept, ...fresh.map(({ row, column, text }) => ({ row, column, text }))] })
}

/** Makes one step of all cells that wait. */
export async function applyEdits(): Promise<void> {
  const cells = currentWizard()?.edits ?? []
  if (cells.length === 0) return
  if (await applySteps([asStep({ kind: 'edit', cells })])) setWizard({ edits: [] })
}
