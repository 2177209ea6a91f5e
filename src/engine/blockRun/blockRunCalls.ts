import type { Handlers } from '../../contract/call.ts'
import type { BLOCK_RUN_CALLS, BlockRun } from '../../contract/engine/blockRun.ts'
import type { EngineContract } from '../../contract/engine.ts'
import type { GridFilter } from '../../contract/gridFilter.ts'
import type { RunPartAsked } from '../../contract/registry/runPart.ts'
import { businessDate } from '../../domain/businessDate.ts'
import { imei14Text } from '../../domain/imei.ts'
import type { Desk } from '../sync/desk.ts'
import { proposeBlockRun, signBlockRun } from './acts.ts'
import { amnestyToday, asOfNow, explainedRun, lastOverdue, previewRun } from './judgeRun.ts'
import { allRuns, partOfRun, runOrTrouble, type StoredRun, schedule } from './queries.ts'
import { writeManifest } from './writeManifest.ts'

const shown = <T extends StoredRun>({ id, signatures, ...run }: T) => ({ run: id, ...run, signatures: [...signatures] })
interface Asked {
  readonly most: number | null
  readonly prefix: string | null
  readonly where: (GridFilter & { list: 'grey' }) | null
}
/** A part as it is sent: absent where nothing was asked. */
const partOf = ({ most, prefix, where }: Asked): RunPartAsked => ({
  ...(most === null ? {} : { most }),
  ...(prefix === null ? {} : { prefix }),
  ...(where === null ? {} : { where }),
})

/** Block runs: what one would do, what waits and what was signed, from the mirror; proposing and signing go to the registry. */
export function blockRunCalls(desk: Desk): Pick<Handlers<EngineContract>, keyof typeof BLOCK_RUN_CALLS> {
  const cache = desk.home.cache.read
  return {
    'blockrun-preview': ({ until, job, ...asked }) => {
      const day = until ?? lastOverdue(desk)
      if (job === undefined) return previewRun(desk, day, partOf(asked))
      const what = { id: job, kind: 'blockrun', subject: day, unit: 'imeis' } as const
      return desk.jobs.run(what, (running) => previewRun(desk, day, partOf(asked), running))
    },
    blockruns: async () => {
      const runs: BlockRun[] = []
      for (const run of allRuns(cache)) runs.push(shown(await asOfNow(desk, run)))
      return runs
    },
    'blockrun-show': async ({ run }) => shown(await explainedRun(desk, runOrTrouble(cache, run))),
    'blockrun-imeis': ({ run, part, after, limit }) =>
      partOfRun(cache, runOrTrouble(cache, run).no, part, after === null ? -1 : Number(after), limit).map(
        ([imei14, why, appeal]) => ({ imei14: imei14Text(imei14), why, appeal }),
      ),
    'blockrun-propose': ({ until, ...asked }) => proposeBlockRun(desk, until, partOf(asked)),
    'blockrun-schedule': ({ days }) => ({
      ...schedule(cache, businessDate(desk.now()), days),
      amnestyUntil: amnestyToday(desk),
    }),
    'blockrun-manifest': ({ run, target }) => writeManifest(cache, runOrTrouble(cache, run), desk.grants.path(target)),
    'blockrun-sign': ({ run, agrees, note }) => signBlockRun(desk, run, agrees, note),
  }
}
