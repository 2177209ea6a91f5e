import { isIsoDate } from '../../domain/businessDate.ts'
import { trouble } from '../../domain/problem.ts'
import type { Command } from './command.ts'
import { pairs, table } from './table.ts'
import type { WordName, Words } from './words.ts'

/** `explain`: every rule in order and why it did or did not decide, as of the end of a business date. */
export const explain: Command = {
  options: { at: 'one' },
  check: (args) => args.exactly('IMEI'),
  run: async ({ args, engine, words }) => {
    const [imei] = args.exactly('IMEI')
    const at = args.value('at')
    if (at !== undefined && !isIsoDate(at)) throw trouble('date-unusable', { value: at })
    const e = await engine.call('explain', { imei, at })
    const rules = e.rules.map(({ rule, fired, because }) => ({ rule, fired, because: becauseText(because, words) }))
    const facts = e.facts.map(({ kind, op, source, date, batch }) => ({ kind, op, source, date, batch }))
    const text = [
      pairs([
        [words.say('imei'), e.imei],
        [words.say('list'), words.term('list', e.list)],
        [words.say('reason'), words.term('reason', e.reason)],
        [words.say('since'), words.date(e.since)],
        [words.say('deadline'), words.date(e.deadline)],
        [words.say('date'), words.date(e.at)],
        [words.say('policy'), String(e.policy)],
      ]),
      table(
        [words.say('rule'), words.say('fired'), words.say('because')],
        rules.map((r) => [nameOf('rule', r.rule, words), r.fired ? words.say('yes') : '', r.because]),
      ),
      table(
        [words.say('fact'), words.say('source'), words.say('date'), words.say('batch')],
        facts.map((f) => [
          `${f.op === 'remove' ? '− ' : ''}${nameOf('fact', f.kind, words)}`,
          words.term('source', f.source),
          words.date(f.date),
          f.batch,
        ]),
      ),
    ].join('\n\n')
    const { list, reason, policy } = e
    return { json: { imei: e.imei, at: e.at, list, reason, policy, rules, facts }, text }
  },
}

/** Most rules and facts are named as the reason of a listing that they give. */
const nameOf = (group: 'rule' | 'fact', code: string, words: Words): string => {
  const name = words.term(group, code)
  return name === code ? words.term('reason', code) : name
}

function becauseText(because: { key: string; details: Record<string, string | number> }, words: Words): string {
  const shown = Object.entries(because.details).map(([name, value]): [string, string | number] => {
    if (name === 'source') return [name, words.term('source', String(value))]
    if (name === 'by') return [name, nameOf('rule', String(value), words)]
    return [name, typeof value === 'string' && isIsoDate(value) ? words.date(value) : value]
  })
  return words.say(`because-${because.key}` as WordName, Object.fromEntries(shown))
}
