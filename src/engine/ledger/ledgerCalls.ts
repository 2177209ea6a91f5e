import { randomUUID } from 'node:crypto'
import type { Handlers } from '../../contract/call.ts'
import type { LEDGER_CALLS } from '../../contract/engine/ledger.ts'
import type { EngineContract } from '../../contract/engine.ts'
import type { Desk } from '../sync/desk.ts'
import { DeclaredStretches } from './declaredStretches.ts'
import { allOverdrawn, ledgerOf } from './ledger.ts'

/** Declared against seen: declarations as accounts. */
export function ledgerCalls(desk: Desk): Pick<Handlers<EngineContract>, keyof typeof LEDGER_CALLS> {
  const stretches = new DeclaredStretches()
  return {
    'declaration-ledger': async ({ declaration }) => {
      const cache = desk.home.cache.openReader()
      try {
        return await ledgerOf(cache, stretches, declaration, () => new Promise((resolve) => setImmediate(resolve)))
      } finally {
        cache.close()
      }
    },
    overdrawn: ({ job, limit }) => {
      const what = { id: job ?? randomUUID(), kind: 'report', subject: 'overdrawn', unit: 'rows' } as const
      return desk.jobs.run(what, async (running) => {
        const cache = desk.home.cache.openReader()
        try {
          return await allOverdrawn(cache, stretches, limit, running)
        } finally {
          cache.close()
        }
      })
    },
  }
}
