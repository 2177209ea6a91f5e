import type { Handlers } from '../../contract/call.ts'
import type { EVIDENCE_CALLS } from '../../contract/engine/evidence.ts'
import type { EngineContract } from '../../contract/engine.ts'
import type { DeskCore } from '../sync/deskCore.ts'
import { evidenceClusters } from './clusters.ts'
import { drawEvidence } from './drawEvidence.ts'
import { FileNotes } from './fileNotes.ts'
import { Looks } from './looks.ts'
import { ReadingThread } from './machine/readingThread.ts'
import { fileOf, named, readEvidence } from './reading.ts'
import { ReadingQueue } from './readingQueue.ts'

/** Looking at papers: drawn for the window, read by the machine, held against those of other appeals. */
export const evidenceCalls = (desk: DeskCore): Pick<Handlers<EngineContract>, keyof typeof EVIDENCE_CALLS> => {
  // a scan is not drawn for the eye behind pages that the machine reads
  const [drawing, thread] = [new ReadingThread(), new ReadingThread()]
  const queue = new ReadingQueue()
  const looks = new Looks()
  const notes = new FileNotes(desk)
  desk.onStop(async () => {
    await Promise.all([drawing.close(), thread.close()])
  })
  return {
    'evidence-reading': ({ id, sha256, behind }) =>
      readEvidence({ desk, thread, drawing, queue }, { id, sha256, behind }),
    'ready-reader': async () => {
      await Promise.all([thread.ask<'warm'>({ do: 'warm' }), looks.follow(desk.home.cache.read)])
      return {}
    },
    'evidence-notes': ({ id, sha256 }) => notes.of(fileOf(desk, id, sha256).file),
    'evidence-picture': ({ id, sha256, ...ask }) => {
      const { file } = fileOf(desk, id, sha256)
      return named(file, drawEvidence({ desk, drawing, notes }, file, ask))
    },
    'evidence-lookalikes': async ({ id }) => [...(await looks.near(desk.home.cache.read, id))],
    'evidence-clusters': ({ limit }) => evidenceClusters(desk.home.cache.read, looks, limit),
  }
}
