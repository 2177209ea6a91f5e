import type { Imei14 } from './fact.ts'

/** Whether two IMEIs can be one device: what a second-IMEI application is held against. */
export const PAIR_RULES = ['same-model', 'same-declaration', 'paired-already', 'other-pair'] as const
export type PairRule = (typeof PAIR_RULES)[number]
export type PairVerdict = 'match' | 'contradict' | 'unclear' | 'none'

export interface PairKnowledge {
  readonly imei14: Imei14
  readonly brand: string | null
  readonly model: string | null
  /** Declaration lines the IMEI is declared under: `declaration/line`. */
  readonly declarations: readonly string[]
  /** Other IMEIs of its device as live facts join them. */
  readonly mates: readonly Imei14[]
}

export interface PairFinding {
  readonly rule: PairRule
  readonly verdict: PairVerdict
  readonly because: string
}

const named = (k: PairKnowledge): string => [k.brand, k.model].filter(Boolean).join(' ')

/** Every rule with what speaks for or against the pair; nothing decides alone but `other-pair`. */
export function comparePair(a: PairKnowledge, b: PairKnowledge): readonly PairFinding[] {
  const findings: PairFinding[] = []
  const modelKnown = a.model !== null && b.model !== null
  const sameModel = modelKnown && a.model === b.model && a.brand === b.brand
  findings.push({
    rule: 'same-model',
    verdict: !modelKnown ? 'none' : sameModel ? 'match' : 'contradict',
    because: modelKnown ? `${named(a)} / ${named(b)}` : '',
  })
  const shared = a.declarations.filter((line) => b.declarations.includes(line))
  const declared = a.declarations.length > 0 && b.declarations.length > 0
  findings.push({
    rule: 'same-declaration',
    verdict: shared.length > 0 ? 'match' : declared ? 'contradict' : 'none',
    because: shared[0] ?? [a.declarations[0], b.declarations[0]].filter(Boolean).join(' / '),
  })
  const joined = a.mates.includes(b.imei14) || b.mates.includes(a.imei14)
  findings.push({ rule: 'paired-already', verdict: joined ? 'match' : 'none', because: '' })
  const others = [...a.mates.filter((m) => m !== b.imei14), ...b.mates.filter((m) => m !== a.imei14)]
  findings.push({
    rule: 'other-pair',
    verdict: joined || others.length === 0 ? 'none' : 'contradict',
    because: joined ? '' : others.map(String).join(', '),
  })
  return findings
}

/** What the findings say together: another owner's pair contradicts, else a match of model or declaration without contradiction. */
export function pairVerdict(findings: readonly PairFinding[]): PairVerdict {
  if (findings.some((f) => f.verdict === 'contradict')) return 'contradict'
  return findings.some((f) => f.verdict === 'match') ? 'match' : 'unclear'
}
