import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Handlers } from '../../contract/call.ts'
import type { OPERATOR_CALLS } from '../../contract/engine/operatorList.ts'
import type { EngineContract } from '../../contract/engine.ts'
import { OPERATORS } from '../../domain/fact.ts'
import { imei14Text } from '../../domain/imei.ts'
import { type Act, may } from '../../domain/officer.ts'
import { ProblemError } from '../../domain/problem.ts'
import type { Desk, NewCommand } from '../sync/desk.ts'
import { countViolations, issuedFiles, ownTemplate, receiptImeis, violations } from './queries.ts'
import { takeReceipt } from './receipts.ts'

/** What operators were sent, what they answered, how they want it, and what they let through. */
export function operatorCalls(desk: Desk): Pick<Handlers<EngineContract>, keyof typeof OPERATOR_CALLS> {
  const cache = desk.home.cache.read
  const order = async (act: Act, command: NewCommand): Promise<'done' | 'queued'> => {
    const role = may(desk.session.officer(), act)
    if (!role.ok) throw new ProblemError(role.problem)
    const id = desk.home.desk.write((tx) => desk.commands.enqueue(tx, command))
    const settled = await desk.commands.settle(id)
    if (settled.state === 'refused') throw new ProblemError(settled.problem)
    return settled.state
  }
  return {
    'operator-files': ({ operator, limit }) => issuedFiles(cache, operator, limit),
    receipt: ({ job, source }) => {
      const path = desk.grants.path(source)
      const what = { id: job ?? randomUUID(), kind: 'receipt', subject: '', unit: 'imeis' } as const
      return desk.jobs.run(what, (running) => takeReceipt(desk, path, running))
    },
    'receipt-imeis': ({ file, state, after, limit }) =>
      receiptImeis(cache, file, state, after === null ? -1 : Number(after), limit).map(([imei14, code]) => ({
        imei14: imei14Text(imei14),
        code,
      })),
    'operator-templates': () => OPERATORS.map((operator) => ({ operator, ...mutable(ownTemplate(cache, operator)) })),
    'set-operator-template': async ({ operator, template }) => {
      const body = { operator, template }
      return {
        operator,
        state: await order('operator-file', { kind: 'set-operator-template', subject: operator, body }),
      }
    },
    'grant-operator': async ({ operator, open }) => {
      const token = open ? randomBytes(32).toString('base64url') : null
      const hash = token === null ? null : createHash('sha256').update(token).digest('hex')
      const body = { operator, token: hash }
      const state = await order('administer', { kind: 'grant-operator', subject: operator, body })
      return { operator, token, state }
    },
    violations: ({ operator, limit }) => ({
      total: countViolations(cache, operator),
      rows: violations(cache, operator, limit).map((row) => ({ ...row, imei14: imei14Text(row.imei14) })),
    }),
  }
}

const mutable = ({ template, own }: ReturnType<typeof ownTemplate>) => ({
  template: {
    ...template,
    columns: {
      black: [...template.columns.black],
      grey: [...template.columns.grey],
      exceptions: [...template.columns.exceptions],
    },
  },
  own,
})
