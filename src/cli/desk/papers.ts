import type { Command } from './command.ts'
import { table } from './table.ts'

/** `papers`: what the machine makes out on the papers of an appeal, and pictures of other appeals that look alike. */
export const papers: Command = {
  options: {},
  check: (args) => {
    args.exactly('ID')
  },
  run: async ({ args, engine, words }) => {
    const [id] = args.exactly('ID')
    const { evidence } = await engine.call('appeal', { id })
    const read = await Promise.all(
      evidence.map(async ({ file, sha256 }) => ({
        file,
        sha256,
        ...(await engine.call('evidence-reading', { id, sha256 })),
      })),
    )
    const lookalikes = await engine.call('evidence-lookalikes', { id })
    const rows = read.flatMap(({ file, findings }) =>
      findings.map((f) => [file, words.number(f.page + 1), f.kind, f.value, f.by]),
    )
    const alike = lookalikes.map((l) => [
      read.find(({ sha256 }) => sha256 === l.sha256)?.file ?? '',
      '',
      words.say(l.form ? 'sameForm' : 'looksLike'),
      l.appeal,
      `${l.tiles}/9`,
    ])
    const head = [words.say('evidence'), words.say('page'), words.say('found'), words.say('value'), words.say('by')]
    return { json: { appeal: id, papers: read, lookalikes }, text: table(head, [...rows, ...alike], [1]) }
  },
}

/** `clusters`: groups of appeals that share papers, numbers or IMEIs. */
export const clusters: Command = {
  options: {},
  check: (args) => {
    args.exactly()
  },
  run: async ({ args, engine, words }) => {
    args.exactly()
    const groups = await engine.call('evidence-clusters', {})
    const rows = groups.map(({ appeals, applicants, shared }) => [
      words.number(appeals.length),
      words.number(applicants),
      appeals.join(' '),
      shared.map(({ what, value }) => `${what} ${value}`).join(', '),
    ])
    const head = [words.say('appealsCount'), words.say('applicants'), words.say('numbers'), words.say('shared')]
    return { json: groups, text: table(head, rows, [0, 1]) }
  },
}
