import { z } from 'zod'
import type { Input, Output } from '../../contract/call.ts'
import { SHELL_CALLS } from '../../contract/shell.ts'
import { zProblem } from '../../contract/value.ts'
import { ProblemError } from '../../domain/problem.ts'

type ShellCalls = typeof SHELL_CALLS

const zPerformed = z.union([
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), problem: zProblem }),
])

/** Asks the main process (dialogs, about, menu language); throws ProblemError when it refuses. */
export async function shell<K extends keyof ShellCalls & string>(
  name: K,
  input: Input<ShellCalls[K]>,
): Promise<Output<ShellCalls[K]>> {
  const answer = zPerformed.parse(await window.tamga.call(name, input))
  if (!answer.ok) throw new ProblemError(answer.problem)
  return SHELL_CALLS[name].output.parse(answer.value) as Output<ShellCalls[K]>
}
