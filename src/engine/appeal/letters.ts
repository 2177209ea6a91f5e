import type { z } from 'zod'
import type { APPEAL_CALLS } from '../../contract/engine/appeal.ts'
import { letterData } from '../../contract/letterData.ts'
import { fillTemplate } from '../../contract/letterTemplate.ts'
import type { Appeal, TimelineEntry } from '../../domain/appeal.ts'
import { noticeBy } from '../../domain/appealClock.ts'
import { businessDate } from '../../domain/businessDate.ts'
import { addWorkingDays, calendarOf } from '../../domain/calendar.ts'
import { type LetterKind, type LetterLanguage, letterKind } from '../../domain/letter.ts'
import { trouble } from '../../domain/problem.ts'
import { cursorOf, policyAt } from '../db/mirror.ts'
import { asProblem } from '../sheetProblem.ts'
import type { DeskCore } from '../sync/deskCore.ts'
import { appealOf } from './appealOf.ts'
import { templateOf } from './templates.ts'

type Preview = z.output<(typeof APPEAL_CALLS)['letter-preview']['input']>
type Written = z.input<(typeof APPEAL_CALLS)['save-letter']['output']>

/** The letter as it would be sent for what the officer has set so far. */
export function previewLetter(desk: DeskCore, ask: Preview) {
  const appeal = appealOf(desk, ask.id)
  const step = plannedStep(desk, appeal, ask)
  const kind = letterKind(step.what, appeal)
  if (kind === null) throw trouble('letter-unknown', { appeal: ask.id, letter: ask.verdict })
  const template = templateOf(desk.home.folder, kind, ask.language)
  return { kind, blocks: [...fillTemplate(template, letterData(appeal, step, ask.language))] }
}

/** The step a verdict would make, by the rules of `decide`. */
function plannedStep(desk: DeskCore, appeal: Appeal, ask: Preview): TimelineEntry {
  const at = desk.now()
  const policy = policyAt(desk.home.cache.read, cursorOf(desk.home.cache.read).seq)
  const said = { at, reasons: ask.reasons, note: ask.note }
  switch (ask.verdict) {
    case 'approve':
      return { ...said, what: 'approved' }
    case 'ask':
      return { ...said, what: 'asked', ...(ask.item ? { item: ask.item } : {}) }
    case 'refer':
      return { ...said, what: 'referred', ...(ask.body ? { body: ask.body } : {}) }
    case 'prolong':
      return {
        ...said,
        what: 'prolonged',
        ...(ask.until ? { until: ask.until } : {}),
        noticeBy: noticeBy(at, policy, calendarOf(policy)),
      }
    case 'reject': {
      const isFinal = appeal.hearingAt !== null || appeal.complaint?.against === 'rejected'
      if (isFinal) return { ...said, what: 'rejected' }
      const until = addWorkingDays(businessDate(at), policy.appeal.hearingNoticeWorkingDays, calendarOf(policy))
      return { ...said, what: 'preliminary', until }
    }
  }
}

/** Letters that an appeal has sent, the latest last. */
function sentLetters(appeal: Appeal): { readonly step: TimelineEntry; readonly kind: LetterKind }[] {
  return appeal.timeline.flatMap((step, at) => {
    // a letter of before a complaint is that of the first round
    const later = appeal.timeline.slice(at + 1).some((e) => e.what === 'complained')
    const kind = letterKind(step.what, later ? {} : appeal)
    return kind && step.letter ? [{ step, kind }] : []
  })
}

/**
 * Writes a letter that was sent as a PDF, in one language or both; without a number the latest one.
 * @throws ProblemError `letter-unknown`, `letter-template`, `target-not-writable`
 */
export async function saveLetter(
  desk: DeskCore,
  ask: { id: string; letter: string | null; language: LetterLanguage | 'both'; target: string },
): Promise<Written> {
  const appeal = appealOf(desk, ask.id)
  const letters = sentLetters(appeal)
  const found = ask.letter === null ? letters.at(-1) : letters.find(({ step }) => step.letter?.no === ask.letter)
  if (!found?.step.letter) throw trouble('letter-unknown', { appeal: ask.id, letter: ask.letter ?? '' })
  const { no, code } = found.step.letter
  const languages: readonly LetterLanguage[] = ask.language === 'both' ? ['kk', 'ru'] : [ask.language]
  const { Paper } = await import('../paper/paper.ts')
  const paper = new Paper({
    title: no,
    language: languages[0] ?? 'kk',
    footer: `${no} · ${code}`,
    createdAt: new Date(found.step.at),
  })
  const address = desk.link.client?.registry
  if (address) paper.qr(new URL(`public/letter?${new URLSearchParams({ no, code })}`, address).href)
  for (const [i, language] of languages.entries()) {
    if (i > 0) paper.space(6).rule().space(6)
    const data = letterData(appeal, found.step, language)
    const beside = i === 0 && address ? { indentRight: 100 } : {}
    paper.text(`№ ${no} · ${data.values.date}`, { size: 10, together: TITLE_AND_LINES, ...beside })
    for (const block of fillTemplate(templateOf(desk.home.folder, found.kind, language), data)) {
      if (block.kind === 'title') paper.text(block.text, { size: 14, bold: true, after: 8, together: LINES, ...beside })
      else if (block.kind === 'item') paper.text(`• ${block.text}`, { size: 11, indent: 12, after: 4, together: 1 })
      else paper.text(block.text, { size: 11, after: 8, together: 1, ...(paper.y < 170 ? beside : {}) })
    }
    paper.text(FOOT[language](no, code), { size: 9, after: 4, together: 1 })
  }
  try {
    const path = desk.grants.path(ask.target)
    const { sha256, bytes } = await paper.write(path, new AbortController().signal)
    return { letter: no, code, kind: found.kind, sha256, bytes }
  } catch (error) {
    throw asProblem(error)
  }
}

/** Points kept under a title, and under the number over it: a letter never begins at the foot of a page. */
const LINES = 60
const TITLE_AND_LINES = 100

const FOOT: Readonly<Record<LetterLanguage, (no: string, code: string) => string>> = {
  kk: (no, code) => `Хаттың түпнұсқалығын тізілім бетінде тексеруге болады: нөмірі ${no}, коды ${code}.`,
  ru: (no, code) => `Подлинность письма можно проверить на странице реестра: номер ${no}, код ${code}.`,
}
