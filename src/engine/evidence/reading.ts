import type { z } from 'zod'
import type { zEvidenceReading } from '../../contract/engine/evidence.ts'
import type { Appeal, EvidenceFile } from '../../domain/appeal.ts'
import { suggestFields } from '../../domain/evidence/suggestFields.ts'
import { ProblemError, problem, trouble } from '../../domain/problem.ts'
import type { DeskCore } from '../sync/deskCore.ts'
import { evidenceBytes } from '../sync/evidenceFiles.ts'
import type { ReadingThread } from './machine/readingThread.ts'
import type { PaperReading } from './machine/readPaper.ts'
import { APPEAL_DOC, KEEP_READING, READING } from './queries.ts'
import type { ReadingQueue } from './readingQueue.ts'

/** To be raised when the reader makes out more than before: what was read by an older one is read again. */
const READER = 2

/** The appeal and one of its files. Throws `unknown-appeal` or `evidence-unknown`. */
export function fileOf(desk: DeskCore, id: string, sha256: string): { appeal: Appeal; file: EvidenceFile } {
  const doc = desk.home.cache.read.value<string>(APPEAL_DOC, id)
  if (doc === undefined) throw trouble('appeal-unknown', { appeal: id })
  const appeal = JSON.parse(doc) as Appeal
  const file = appeal.evidence.find((e) => e.sha256 === sha256)
  if (!file) throw trouble('evidence-unknown', { appeal: id, sha256 })
  return { appeal, file }
}

/** A problem of the reading thread names no file; the officer knows it by its name. */
export async function named<T>(file: EvidenceFile, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof ProblemError) || !error.problem.code.startsWith('picture-')) throw error
    throw new ProblemError(problem(error.problem.code, { ...error.problem.details, file: file.file }), { cause: error })
  }
}

interface Reading {
  readonly desk: DeskCore
  readonly thread: ReadingThread
  /** Draws for the eye, which comes before reading by machine. */
  readonly drawing: ReadingThread
  readonly queue: ReadingQueue
}

/** What the machine makes out on a file, and where the claimed values stand. Read once, then remembered. */
export async function readEvidence(
  { desk, thread, drawing, queue }: Reading,
  { id, sha256, behind }: { readonly id: string; readonly sha256: string; readonly behind: string | null },
): Promise<z.input<typeof zEvidenceReading>> {
  const { appeal, file } = fileOf(desk, id, sha256)
  // looked up again in its turn: the same paper may have been read for another appeal meanwhile
  const paper =
    kept(desk, sha256) ??
    (await queue.add(id, behind, async () => {
      await drawing.idle()
      return kept(desk, sha256) ?? (await read(desk, thread, file))
    }))
  return {
    type: paper.type,
    pages: paper.pages,
    pagesRead: paper.lines.length,
    findings: [...paper.findings],
    fields: [...suggestFields({ findings: paper.findings, pages: paper.lines }, appeal.claim, appeal.applicant)],
    takenAt: paper.takenAt,
  }
}

function kept(desk: DeskCore, sha256: string): PaperReading | null {
  const doc = desk.home.desk.read.value<string>(READING, sha256, READER)
  return doc === undefined ? null : (JSON.parse(doc) as PaperReading)
}

async function read(desk: DeskCore, thread: ReadingThread, file: EvidenceFile): Promise<PaperReading> {
  const bytes = await evidenceBytes(desk, file)
  const paper = await named(file, thread.ask<'read'>({ do: 'read', bytes }))
  desk.home.desk.write((tx) => tx.run(KEEP_READING, file.sha256, READER, JSON.stringify(paper), desk.now()))
  return paper
}
