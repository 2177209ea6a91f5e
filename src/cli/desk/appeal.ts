import type { Command } from './command.ts'
import { officerNames } from './officerNames.ts'
import { pairs, table } from './table.ts'

/** `appeal`: one whole appeal: claim, facts, evidence, comparison, time line. */
export const appeal: Command = {
  options: {},
  check: (args) => args.exactly('ID'),
  run: async ({ args, engine, words }) => {
    const [id] = args.exactly('ID')
    const [a, nameOf] = [await engine.call('appeal', { id }), await officerNames(engine)]
    const json = {
      id: a.id,
      state: a.state,
      imeis: a.claim.imeis,
      route: a.route,
      receivedAt: a.receivedAt,
      dueAt: a.dueAt,
      claimedBy: a.state === 'claimed' ? (a.lease?.officer ?? null) : null,
      version: a.version,
      applicant: a.applicant,
      claim: a.claim,
      evidence: a.evidence.map(({ file, sha256, bytes, type }) => ({ file, sha256, bytes, type })),
      facts: a.facts,
      comparison: a.comparison.map(({ field, claim, fact, result, rule }) => ({ field, claim, fact, result, rule })),
      timeline: a.timeline,
    }
    const text = [
      pairs([
        [words.say('appeal'), a.id],
        [words.say('state'), words.term('appealState', a.state)],
        [words.say('applicant'), a.applicant.name],
        [words.say('route'), words.term('route', a.route)],
        [words.say('received'), words.instant(a.receivedAt)],
        [words.say('due'), words.date(a.dueAt)],
        [words.say('claimedBy'), nameOf(json.claimedBy)],
      ]),
      table(
        [words.say('field'), words.say('claim'), words.say('fact'), words.say('result')],
        a.comparison.map((c) => [
          `${words.term('field', c.field)}${c.mandatory ? ' *' : ''}`,
          c.claim ?? '—',
          c.fact ?? '—',
          words.term('result', c.result),
        ]),
      ),
      table(
        [words.say('evidence'), words.say('type'), words.say('bytes')],
        a.evidence.map((e) => [e.file, e.type, words.number(e.bytes)]),
        [2],
      ),
      table(
        [words.say('when'), words.say('timeline'), words.say('officer'), words.say('note')],
        a.timeline.map((t) => [
          words.instant(t.at),
          words.term('step', t.what),
          nameOf(t.officer),
          [...(t.reasons ?? []), t.note ?? ''].join(' ').trim(),
        ]),
      ),
    ].join('\n\n')
    return { json, text }
  },
}
