import type { Handlers } from '../../contract/call.ts'
import type { EVIDENCE_CALLS } from '../../contract/engine/evidence.ts'
import type { EngineContract } from '../../contract/engine.ts'
import type { DeskCore } from '../sync/deskCore.ts'
import { evidenceBytes } from '../sync/evidenceFiles.ts'
import { evidenceClusters } from './clusters.ts'
import { Looks } from './looks.ts'
import { ReadingThread } from './machine/readingThread.ts'
import { fileOf, named, readEvidence } from './reading.ts'

/** Looking at papers: drawn for the window, read by the machine, held against those of other appeals. */
export const evidenceCalls = (desk: DeskCore): Pick<Handlers<EngineContract>, keyof typeof EVIDENCE_CALLS> => {
  const thread = new ReadingThread()
  const looks = new Looks()
  desk.onStop(() => thread.close())
  return {
    'evidence-reading': ({ id, sha256 }) => readEvidence(desk, thread, id, sha256),
    'evidence-picture': async ({ id, sha256, page, longest, region }) => {
      const { file } = fileOf(desk, id, sha256)
      const bytes = await evidenceBytes(desk, file)
      return named(file, thread.ask<'draw'>({ do: 'draw', bytes, page, longest, region }))
    },
    'evidence-lookalikes': async ({ id }) => [...(await looks.near(desk.home.cache.read, id))],
    'evidence-clusters': ({ limit }) => evidenceClusters(desk.home.cache.read, limit),
  }
}
