import { borderJudge } from './border.ts'
import { customsJudge } from './customs.ts'
import type { JudgeContext, RowJudge } from './judge.ts'
import { listedJudge } from './listed.ts'
import { operatorJudge } from './operator.ts'
import { tacJudge } from './tacTable.ts'

/** The judge of a kind of file. */
export function judgeOf(c: JudgeContext): RowJudge {
  switch (c.kind) {
    case 'customs':
      return customsJudge(c)
    case 'operator':
      return operatorJudge(c)
    case 'tac':
      return tacJudge(c)
    case 'border':
      return borderJudge(c)
    case 'stolen':
    case 'counterfeit':
    case 'gsma':
    case 'legacy':
      return listedJudge(c)
  }
}
