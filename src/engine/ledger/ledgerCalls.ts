import { randomUUID } from 'node:crypto'
import type { Handlers } from '../../contract/call.ts'
import type { LEDGER_CALLS } from '../../contract/engine/ledger.ts'
import type { EngineContract } from '../../contract/engine.ts'
import type { Desk } from '../sync/desk.ts'
import { allOverdrawn, ledgerOf } from './ledger.ts'

/** Declared against seen: declarations as accounts. */
export function ledgerCalls(desk: Desk): Pick<Handlers<EngineContract>, keyof typeof LEDGER_CALLS> {
  return {
    'declaration-ledger': ({ declaration }) => ledgerOf(desk.home.cache.read, declaration),
    overdrawn: ({ job, limit }) => {
      const what = { id: job ?? randomUUID(), kind: 'report', subject: 'overdrawn', unit: 'rows' } as const
      return desk.jobs.run(what, async (running) => {
        const cache = desk.home.cache.openReader()
        try {
          return await allOverdrawn(cache, limit, running)
        } finally {
          cache.close()
        }
      })
    },
  }
}
