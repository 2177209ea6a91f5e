import type { Staged } from '../../contract/engine/batch.ts'
import type { Effect } from '../../domain/effect.ts'
import { pairs } from './table.ts'
import type { Words } from './words.ts'

/** The moves of an effect that happen, as one line. */
export function effectText(effect: Effect, words: Words): string {
  const names = ['toWhite', 'toGrey', 'toBlack', 'toNone', 'leaveBlack', 'unchanged', 'underAppeal'] as const
  const moves = names
    .filter((name) => effect[name] > 0)
    .map((name) => `${words.number(effect[name])} ${words.say(name)}`)
  return moves.length === 0 ? '—' : moves.join(' · ')
}

/** What an import counted and did. */
export function stagedText(staged: Staged, rejects: string | null, words: Words): string {
  const { counts, seconds } = staged
  const codes = Object.entries(counts.problems).map(([code, count]) => `${code} ${words.number(count)}`)
  const lines: [string, string][] = [
    [words.say('file'), staged.file],
    [words.say('batch'), staged.batch],
    [words.say('state'), words.term('batchState', staged.state)],
    [words.say('rows'), words.number(counts.rows)],
    [words.say('accepted'), words.number(counts.accepted)],
    [words.say('rejected'), words.number(counts.rejected)],
    [words.say('duplicates'), words.number(counts.duplicates)],
    [words.say('imeis'), words.number(counts.imeis)],
    [words.say('effect'), effectText(staged.effect, words)],
    [words.say('seconds'), [seconds.parse, seconds.stage, seconds.commit].map((s) => s.toFixed(1)).join(' + ')],
  ]
  if (codes.length > 0) lines.push([words.say('problems'), codes.join(', ')])
  if (rejects !== null) lines.push([words.say('rejects'), rejects])
  if (staged.state === 'awaiting-signature')
    lines.push([words.say('state'), words.say('waitsForSignature', { id: staged.batch })])
  return pairs(lines)
}
