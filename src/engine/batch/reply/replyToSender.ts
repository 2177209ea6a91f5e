import { join } from 'node:path'
import type { z } from 'zod'
import type { BATCH_EFFECT_CALLS } from '../../../contract/engine/batchEffect.ts'
import { asProblem } from '../../sheetProblem.ts'
import type { Desk } from '../../sync/desk.ts'
import { writeRejects } from '../exportRejects.ts'
import { stagedOrTrouble } from '../stagedBatches.ts'
import { replyParts } from './replyText.ts'

type Reply = z.input<(typeof BATCH_EFFECT_CALLS)['reply-to-sender']['output']>

/** Name of a reply's files, without what a file system may refuse. */
const stemOf = (file: string): string => file.replace(/\.[^.]+$/, '').replace(/[\\/:*?"<>|]/g, '_')

/** Writes the reply to the sender into a folder: a letter in Kazakh and Russian, and his rejected rows in his own layout with the reasons. */
export async function replyToSender(desk: Desk, batch: string, folder: string): Promise<Reply> {
  const row = stagedOrTrouble(desk, batch)
  const { doc } = row
  const into = desk.grants.path(folder)
  const stem = stemOf(doc.staged.file)
  const rejects = await writeRejects(desk, row, join(into, `${stem}-reply.xlsx`), 'ru')
  const { Paper } = await import('../../paper/paper.ts')
  const officer = desk.session.officer()
  const parts = replyParts(doc, { officer: officer.name, attached: rejects.file, at: desk.now() })
  try {
    const paper = new Paper({ title: parts[0].title, language: 'kk', footer: doc.staged.file })
    parts.forEach((part, at) => {
      if (at > 0) {
        // the parts are about as long as each other: one that would be torn begins on its own page
        const room = 2 * paper.y - paper.room.top <= paper.room.bottom
        if (room) paper.space(10).rule().space(10)
        else paper.newPage()
      }
      paper.text(part.to, { align: 'right', after: 12 }).heading(part.title, 13)
      for (const text of part.paragraphs) paper.text(text, { after: 6 })
      if (part.problems.length > 0)
        paper.table({
          columns: [
            { header: part.headers[0], width: 6, wrap: true },
            { header: part.headers[1], width: 1, align: 'right' },
          ],
          rows: part.problems,
        })
      paper.space(8).text(part.signature, { after: 4 })
    })
    const name = `${stem}-reply.pdf`
    const letter = await paper.write(join(into, name))
    return {
      files: [
        { name, sha256: letter.sha256 },
        { name: rejects.file, sha256: rejects.sha256 },
      ],
      rows: rejects.rows,
    }
  } catch (error) {
    throw asProblem(error)
  }
}
