import { formatDate, formatInstant, formatNumber, formatShortDate } from '../../contract/format.ts'
import { termText } from '../../contract/termText.ts'
import type { Lang } from '../../contract/value.ts'
import type { Instant } from '../../domain/fact.ts'
import type { Policy } from '../../domain/policy.ts'
import { Paper } from '../paper/paper.ts'
import type { Dossier, PrintedProof, Proved } from './dossier.ts'
import { type DossierText, dossierText } from './dossierText.ts'

/** What a dossier for print is made of. */
export interface Printed {
  readonly dossier: Dossier
  readonly proved: Proved | null
  readonly policy: Policy
  readonly fingerprint: string
  readonly language: Lang
  readonly drawnUp: Instant
  /** When this desk last heard from the registry; what came later is not in the dossier. */
  readonly lastSync: Instant | null
  /** Name of an officer by sign-in name. */
  readonly officer: (id: string) => string
}

const QR = 92
/** Hashes printed in one line of the path. */
const SMALL = 6

/** The dossier as a document: statement, rules, facts, what happened, and the proof against the audit log. */
export function dossierPaper(printed: Printed): Paper {
  const { dossier, fingerprint, language, drawnUp } = printed
  const { explained } = dossier
  const words = dossierText(language)
  const paper = new Paper({
    title: `${words.say('title')} ${explained.imei}`,
    language,
    footer: `Tamga · IMEI ${explained.imei} · SHA-256 ${fingerprint}`,
    createdAt: new Date(drawnUp),
  })
  writeStatement(paper, printed, words)
  writeRules(paper, dossier, words)
  writeFacts(paper, dossier, language, words)
  writeLife(paper, printed, words)
  writeProof(paper, printed, words)
  return paper
}

function writeStatement(paper: Paper, printed: Printed, words: DossierText): void {
  const { dossier, policy, fingerprint, language, drawnUp, lastSync, proved } = printed
  const { explained } = dossier
  const { imei, imei14, list, reason, since, deadline, device, siblings, asOf } = explained
  const at = formatDate(explained.at, language)
  paper.qr(`tamga-dossier-1 ${imei14} ${explained.at} ${asOf.seq} ${list} ${fingerprint}`, { size: QR })
  paper.text(words.say('title'), { size: 18, bold: true, indentRight: QR + 16 })
  paper.text(imei, { size: 15, bold: true, indentRight: QR + 16 })
  const said =
    list === 'none' || reason === null
      ? words.say('statement-none', { at, imei })
      : words.say('statement-listed', {
          at,
          imei,
          list: termText('list', list, language),
          reason: termText('reason', reason, language),
          since: since === null ? '—' : formatDate(since, language),
        })
  const limit =
    deadline === null ? '' : ` ${words.say('statement-deadline', { deadline: formatDate(deadline, language) })}`
  paper.text(said + limit, { size: 11, indentRight: QR + 16 })
  paper.y = Math.max(paper.y, paper.room.top + QR) + 8
  const model = [device?.brand, device?.model].filter(Boolean).join(' ')
  paper.facts([
    { label: words.say('device'), value: model || words.say('unknown-device', { tac: imei14.slice(0, 8) }) },
    {
      label: words.say('siblings'),
      value: siblings.map((s) => `${s.imei14} (${termText('list', s.list, language)})`).join(', ') || words.say('none'),
    },
    { label: words.say('as-of'), value: instantOr(asOf.at, language, words) },
    { label: words.say('seq'), value: formatNumber(asOf.seq, language) },
    {
      label: words.say('policy'),
      value: words.say('policy-value', {
        version: policy.version,
        name: policy.name,
        from: formatShortDate(policy.validFrom, language),
        by: bodyOrOfficer(policy.signedBy, printed),
      }),
    },
    { label: words.say('drawn-up'), value: instantOr(drawnUp, language, words) },
    { label: words.say('last-sync'), value: instantOr(lastSync, language, words) },
    { label: words.say('fingerprint'), value: fingerprint },
  ])
  if (proved === null)
    paper.text(
      lastSync === null
        ? words.say('behind-unknown')
        : words.say('behind', { at: instantOr(lastSync, language, words) }),
      { bold: true },
    )
  paper.space(8)
}

const instantOr = (at: Instant | null, language: Lang, words: DossierText): string =>
  at === null ? '—' : `${formatInstant(at, language)} (${words.say('time')})`

const bodyOrOfficer = (id: string, { language, officer }: Printed): string => {
  const body = termText('source', id, language)
  return body === id ? officer(id) : body
}

function writeRules(paper: Paper, { explained }: Dossier, words: DossierText): void {
  paper.heading(words.say('why'))
  paper.table({
    columns: [
      { header: words.say('rule'), width: 5, wrap: true },
      { header: words.say('decided'), width: 2 },
      { header: words.say('because'), width: 7, wrap: true },
    ],
    rows: explained.rules.map(({ rule, fired, because }) => [
      words.rule(rule),
      words.say(fired ? 'yes' : 'no'),
      words.because(because),
    ]),
  })
}

function writeFacts(paper: Paper, { explained }: Dossier, language: Lang, words: DossierText): void {
  paper.heading(words.say('facts'))
  if (explained.facts.length === 0) {
    paper.text(words.say('no-facts'))
    return
  }
  paper.table({
    columns: [
      { header: words.say('fact'), width: 6, wrap: true },
      { header: words.say('source'), width: 5, wrap: true },
      { header: words.say('date'), width: 3, wrap: true },
      { header: words.say('batch'), width: 8, wrap: true },
    ],
    rows: explained.facts.map((fact) => [
      `${fact.op === 'remove' ? '− ' : ''}${words.fact(fact.kind)}`,
      termText('source', fact.source, language),
      formatShortDate(fact.date, language),
      fact.batch,
    ]),
  })
}

function writeLife(paper: Paper, printed: Printed, words: DossierText): void {
  const { dossier, language } = printed
  paper.heading(words.say('life'))
  if (dossier.life.length === 0) {
    paper.text(words.say('no-life'))
    return
  }
  paper.table({
    columns: [
      { header: words.say('when'), width: 4, wrap: true },
      { header: words.say('what'), width: 8, wrap: true },
      { header: words.say('who'), width: 4, wrap: true },
      { header: words.say('then'), width: 5, wrap: true },
    ],
    rows: dossier.life.map((step) => [
      formatInstant(step.at, language),
      words.step(step),
      step.officer === null ? '' : printed.officer(step.officer),
      step.listing === null
        ? ''
        : [
            termText('list', step.listing.list, language),
            step.listing.reason && termText('reason', step.listing.reason, language),
          ]
            .filter(Boolean)
            .join(': '),
    ]),
  })
}

function writeProof(paper: Paper, printed: Printed, words: DossierText): void {
  const { proved, language } = printed
  paper.heading(words.say('proof'))
  if (!proved) {
    paper.text(words.say('no-proof'), { bold: true })
    return
  }
  const { checkpoint, lines } = proved
  paper.text(words.say('proof-means'), { size: 9 })
  paper.facts([
    {
      label: words.say('checkpoint'),
      value: words.say('checkpoint-value', {
        entries: formatNumber(checkpoint.entries, language),
        at: instantOr(checkpoint.at, language, words),
      }),
    },
    { label: words.say('root'), value: checkpoint.root },
    { label: words.say('key'), value: checkpoint.key },
    { label: words.say('signature'), value: checkpoint.signature },
  ])
  paper.space(8)
  if (lines.length === 0) {
    paper.text(words.say('no-entries'))
    return
  }
  paper.table({
    columns: [
      { header: words.say('entry'), width: 3, align: 'right' },
      { header: words.say('act'), width: 6, wrap: true },
      { header: words.say('batch'), width: 8, wrap: true },
      { header: words.say('who'), width: 5, wrap: true },
      { header: words.say('when'), width: 5, wrap: true },
      { header: words.say('holds'), width: 4 },
    ],
    rows: lines.map((line) => [
      String(line.no),
      words.act(line.act),
      line.subject,
      printed.officer(line.officer),
      formatInstant(line.at, language),
      words.say(line.holds ? 'yes' : 'no'),
    ]),
  })
  for (const line of lines) writePath(paper, line, words)
}

/** The hashes somebody without a desk needs to compute the root again. */
function writePath(paper: Paper, line: PrintedProof, words: DossierText): void {
  paper.keep(40)
  paper.text(`${words.say('entry')} ${line.no} · seq ${line.seq} · ${line.at}`, {
    size: SMALL + 1,
    bold: true,
    after: 1,
  })
  paper.text(`${words.say('hash')}: ${line.hash}\n${words.say('text')}: ${line.text}`, { size: SMALL, after: 1 })
  paper.text(`${words.say('path')}: ${line.path.join(' ')}`, { size: SMALL, after: 5 })
}
