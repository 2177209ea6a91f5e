import type { z } from 'zod'
import type { BATCH_EFFECT_CALLS } from '../../../contract/engine/batchEffect.ts'
import { termText } from '../../../contract/termText.ts'
import type { Lang } from '../../../contract/value.ts'
import type { Listing } from '../../../domain/listing.ts'
import { writeXlsx } from '../../../sheet/write/writeXlsx.ts'
import { asProblem } from '../../sheetProblem.ts'
import type { Desk } from '../../sync/desk.ts'
import type { RunningJob } from '../../sync/jobs.ts'
import { stagedMoves } from '../stagedReading.ts'

type Asked = z.output<(typeof BATCH_EFFECT_CALLS)['export-moves']['input']>
type Exported = z.input<(typeof BATCH_EFFECT_CALLS)['export-moves']['output']>

const HEADERS: Readonly<Record<Lang, readonly [string, string, string, string, string, string]>> = {
  kk: ['IMEI (14 цифр)', 'Қазір', 'Себебі', 'Болады', 'Себебі', 'Өтініш'],
  ru: ['IMEI (14 цифр)', 'Сейчас', 'Причина', 'Станет', 'Причина', 'Обращение'],
  en: ['IMEI (14 digits)', 'Now', 'Reason', 'Then', 'Reason', 'Appeal'],
}
const PAGE = 1000

/** Writes the IMEIs that would move, page by page, so that the desk keeps answering. */
export async function exportMoves(
  desk: Desk,
  { batch, move, target, language }: Asked,
  { signal, progress }: Pick<RunningJob, 'signal' | 'progress'>,
): Promise<Exported> {
  const path = desk.grants.path(target)
  let rows = 0
  async function* moved(): AsyncGenerator<readonly string[]> {
    for (let after: string | null = null; ; ) {
      const { moves } = stagedMoves(desk, { batch, move, after, limit: PAGE })
      for (const { imei14, before, after: then, appeal } of moves)
        yield [imei14, ...said(before, language), ...said(then, language), appeal ?? '']
      rows += moves.length
      progress(rows, null)
      const last = moves.at(-1)
      if (moves.length < PAGE || !last) return
      after = last.imei14
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  try {
    const columns = HEADERS[language].map((header) => ({ header, type: 'text' as const, width: 22 }))
    const written = await writeXlsx(path, [{ name: 'IMEI', columns, rows: moved() }], { signal })
    return { file: path.split(/[\\/]/).at(-1) ?? path, rows: written.rows, sha256: written.sha256 }
  } catch (error) {
    throw asProblem(error)
  }
}

const said = ({ list, reason }: Listing, language: Lang): [string, string] => [
  termText('list', list, language),
  reason === null ? '' : termText('reason', reason, language),
]
