import type { TFunction } from 'i18next'
import type { MoveName, Staged } from '../../contract/engine/batch.ts'
import { formatNumber } from '../../contract/format.ts'
import type { Lang } from '../../contract/value.ts'
import { notifyDone } from '../app/notify.tsx'
import { engine } from '../app/queries.ts'
import { shell } from '../app/shell.ts'

type Words = TFunction<readonly ['imports', 'term']>
const stemOf = (file: string): string => file.replace(/\.[^.]+$/, '')

/** Writes the IMEIs that would move, as the list is narrowed now, into a workbook the officer names. */
export async function exportMoves(staged: Staged, move: MoveName | null, language: Lang, t: Words): Promise<void> {
  const suggested = `${stemOf(staged.file)}-${move ?? 'moves'}.xlsx`
  const target = await shell('pick-target', { title: t('imports:moves.export'), suggested })
  if (!target) return
  const job = crypto.randomUUID()
  const asked = { batch: staged.batch, move, target: target.token, language, job }
  const { file, rows } = await engine.call('export-moves', asked)
  notifyDone(t('imports:exported', { file, count: rows, rows: formatNumber(rows, language) }))
}

/** Writes the letter to the sender and his rejected rows into a folder the officer chooses. */
export async function replyToSender(staged: Staged, t: Words): Promise<void> {
  const folder = await shell('pick-folder', { title: t('imports:reply.folder') })
  if (!folder) return
  const { files } = await engine.call('reply-to-sender', { batch: staged.batch, folder: folder.token })
  notifyDone(t('imports:reply.done', { files: files.map(({ name }) => name).join(', ') }))
}
