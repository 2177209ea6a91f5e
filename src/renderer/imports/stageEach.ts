import i18next from 'i18next'
import { notifyDone, notifyProblem } from '../app/notify.tsx'
import { engine } from '../app/queries.ts'
import { closeWizard, currentWizard, type Wizard } from './wizard.ts'

/** Sheets of an archive that may be one list each, such as the days of an operator's month; hidden ones are not taken unasked. */
export function sheetsToQueue({ inspected }: Wizard): readonly string[] {
  if (inspected?.file.format !== 'zip') return []
  const shown = inspected.sheets.filter((sheet) => !sheet.hidden).map((sheet) => sheet.name)
  return shown.length > 1 ? shown : []
}

/**
 * Puts every sheet of an archive into the queue as an import of its own, under the same source and letter. The sheet the officer
 * looked at is read as he mapped it, the others as they are recognised; each is reviewed and committed by itself.
 */
export function stageEach(): void {
  const wizard = currentWizard()
  if (!wizard?.file || !wizard.inspected) return
  const { file, inspected, kind, mapping, source, letter, letterDate, full, password, replay } = wizard
  const sheets = sheetsToQueue(wizard)
  closeWizard()
  for (const sheet of sheets) {
    const seen = sheet === inspected.sheet ? { headerRow: inspected.header.row, mapping } : {}
    void engine
      .call('stage-batch', {
        token: file.token,
        job: crypto.randomUUID(),
        kind,
        sheet,
        source,
        letter,
        letterDate,
        steps: [...replay],
        full,
        ...seen,
        ...(password === '' ? {} : { password }),
      })
      .then((staged) => {
        if (staged.state === 'same') notifyDone(i18next.t('imports:same', { batch: staged.batch }))
      })
      .catch(notifyProblem)
  }
  notifyDone(i18next.t('imports:each-begun', { count: sheets.length }))
}
