import { parseArgs } from 'node:util'
import { zOfficer } from '../../contract/value.ts'
import { ProblemError } from '../../domain/problem.ts'
import { type Administration, administer } from '../../registry/administer.ts'

export const ADMINISTRATION_USAGE = `registry desk list | desk allow --name NAME [--hours N] | desk revoke DESK --reason TEXT | officer ID --name NAME --role ROLE | restored
  [--data DIR] [--database postgres://…]
`

/** Whether the words are one of these commands, not the serving of a registry. */
export const isAdministration = (words: readonly string[]): boolean =>
  ['desk', 'officer', 'restored'].includes(words[0] ?? '')

/**
 * Does one act on a registry's database and prints its answer as JSON: `desk list|allow|revoke`, `officer`, `restored`. With an embedded database
 * no registry may run on it meanwhile. Answers the exit code: 0 done, 1 a problem, 2 wrong usage.
 */
export async function runAdministration(words: readonly string[], defaultData: string): Promise<number> {
  let act: ((a: Administration) => Promise<unknown>) | null
  let target: { data: string; database: string | undefined }
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      strict: true,
      options: {
        data: { type: 'string' },
        database: { type: 'string' },
        name: { type: 'string' },
        hours: { type: 'string' },
        reason: { type: 'string' },
        role: { type: 'string' },
      },
    })
    target = { data: values.data ?? defaultData, database: values.database ?? process.env.TAMGA_DATABASE }
    act = actOf(positionals, values)
  } catch (e) {
    if (!(e instanceof TypeError)) throw e
    act = null
    target = { data: defaultData, database: undefined }
  }
  if (!act) {
    process.stderr.write(ADMINISTRATION_USAGE)
    return 2
  }
  return carryOut(act, target)
}

function actOf(
  positionals: readonly string[],
  values: { readonly [name: string]: string | undefined },
): ((a: Administration) => Promise<unknown>) | null {
  const [what, which, id] = positionals
  const { name, reason, role } = values
  const hours = Number(values.hours ?? 24)
  if (what === 'restored' && which === undefined) return (a) => a.restored()
  if (what === 'desk' && which === 'list') return (a) => a.desks()
  if (what === 'desk' && which === 'allow' && name && Number.isInteger(hours) && hours > 0)
    return (a) => a.allowDesk(name, hours)
  if (what === 'desk' && which === 'revoke' && id && reason) return (a) => a.revokeDesk(id, reason)
  const officer = zOfficer.safeParse({ id: which, name, role })
  return what === 'officer' && officer.success ? (a) => a.setOfficer(officer.data) : null
}

async function carryOut(
  act: (a: Administration) => Promise<unknown>,
  target: { data: string; database: string | undefined },
): Promise<number> {
  let opened: Administration | null = null
  try {
    opened = await administer(target)
    process.stdout.write(`${JSON.stringify(await act(opened))}\n`)
    return 0
  } catch (e) {
    if (!(e instanceof ProblemError)) throw e
    process.stdout.write(`${JSON.stringify({ problem: e.problem })}\n`)
    return 1
  } finally {
    await opened?.close()
  }
}
