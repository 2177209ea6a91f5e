import {
  comparePair,
  type PairFinding,
  type PairKnowledge,
  type PairVerdict,
  pairVerdict,
} from '../../domain/devicePair.ts'
import { parseImei } from '../../domain/imei.ts'
import { trouble } from '../../domain/problem.ts'
import { devices } from '../db/devices.ts'
import { factsOf } from '../db/facts.ts'
import type { Reader } from '../db/handle.ts'
import { siblingsOf } from '../db/siblings.ts'

const DATA_OF_DOC = 'SELECT data FROM doc WHERE batch = ? AND no = ?'

/** Whether two IMEIs can be one device, by what declarations, models and pairs reported so far say. */
export function comparedPair(cache: Reader, a: string, b: string): { verdict: PairVerdict; findings: PairFinding[] } {
  const findings = comparePair(knowledgeOf(cache, a), knowledgeOf(cache, b))
  return { verdict: pairVerdict(findings), findings: [...findings] }
}

function knowledgeOf(cache: Reader, imei: string): PairKnowledge {
  const parsed = parseImei(imei)
  if (!parsed.ok) throw trouble('imei-unusable', { ...parsed.details, value: imei, fault: parsed.fault })
  const { imei14 } = parsed.imei
  const facts = factsOf(cache, imei14)
  const { brand, model } = devices(cache)(imei14)
  const declarations = facts
    .filter((fact) => fact.kind === 'customs-declared' && fact.op === 'add')
    .map((fact) => {
      const data = JSON.parse(cache.value<string>(DATA_OF_DOC, fact.no, fact.doc) ?? '{}') as Record<string, string>
      return `${data.declaration ?? ''}/${data.line ?? ''}`
    })
  return { imei14, brand, model, declarations, mates: siblingsOf(cache, imei14, facts) }
}
