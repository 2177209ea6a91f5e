import type { Handlers } from '../../contract/call.ts'
import type { BLOCK_RUN_CALLS, BlockRun } from '../../contract/engine/blockRun.ts'
import type { EngineContract } from '../../contract/engine.ts'
import type { RunPart } from '../../domain/blockRun.ts'
import { businessDate } from '../../domain/businessDate.ts'
import { imei14Text } from '../../domain/imei.ts'
import type { Desk } from '../sync/desk.ts'
import { proposeBlockRun, signBlockRun } from './acts.ts'
import { amnestyToday, asOfNow, explainedRun, lastOverdue, previewRun } from './judgeRun.ts'
import { allRuns, partOfRun, runOrTrouble, type StoredRun, schedule } from './queries.ts'
import { writeManifest } from './writeManifest.ts'

const shown = <T extends StoredRun>({ id, signatures, ...run }: T) => ({ run: id, ...run, signatures: [...signatures] })
/** A part as the domain names it: absent where nothing was asked. */
const partOf = (most: number | null, prefix: string | null): RunPart => ({
  ...(most === null ? {} : { most }),
  ...(prefix === null ? {} : { prefix }),
})

/** Block runs: what one would do, what waits and what was signed, from the mirror; proposing and signing go to the registry. */
export function blockRunCalls(desk: Desk): Pick<Handlers<EngineContract>, keyof typeof BLOCK_RUN_CALLS> {
  const cache = desk.home.cache.read
  return {
    'blockrun-preview': ({ until, most, prefix }) => previewRun(desk, until ?? lastOverdue(desk), partOf(most, prefix)),
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
    'blockrun-propose': ({ until, most, prefix }) => proposeBlockRun(desk, until, partOf(most, prefix)),
    'blockrun-schedule': ({ days }) => ({
      ...schedule(cache, businessDate(desk.now()), days),
      amnestyUntil: amnestyToday(desk),
    }),
    'blockrun-manifest': ({ run, target }) => writeManifest(cache, runOrTrouble(cache, run), desk.grants.path(target)),
    'blockrun-sign': ({ run, agrees, note }) => signBlockRun(desk, run, agrees, note),
  }
}
