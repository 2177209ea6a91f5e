import type { Appeal } from '../../domain/appeal.ts'
import type { DeclaredLine } from '../../domain/compare/compared.ts'
import { devicesDrawn } from '../../domain/compare/devicesDrawn.ts'
import { parseDeclaration } from '../../domain/declaration.ts'
import type { Imei14 } from '../../domain/fact.ts'
import { parseImei } from '../../domain/imei.ts'
import { declarationKey } from '../../domain/reusable.ts'
import type { Reader } from '../db/handle.ts'
import { CLAIMS_ON_DECLARATION, DECLARED_LINES, IMEIS_OF_DOCS } from './queries.ts'

type Line = [batch: number, doc: number, line: string | number | null, quantity: number | null]

/**
 * Devices that customs report on the claimed declaration (its line, where one is named), and the other devices that draw on it already:
 * those that customs list there and those that appeals claim, a device of several IMEIs, or one both listed and claimed, once. IMEIs of
 * a list too large to keep them by document are counted only where an appeal claims them. Null: no such declaration or no quantity.
 */
export function declaredLine(cache: Reader, appeal: Appeal): DeclaredLine | null {
  const parsed = parseDeclaration(appeal.claim.declarationNo ?? '')
  if (!parsed) return null
  const asked = parsed.line
  const onLine = (line: string | number | null): boolean =>
    asked === null || line === null || Number(line) === Number(asked)
  const docs = cache
    .rows<Line>(DECLARED_LINES)
    .all(parsed.number)
    .filter(([, , line]) => onLine(line))
  const quantity = quantityOf(docs)
  if (quantity === 0) return null
  const own = new Set(claimed(appeal.claim.imeis))
  const others = cache
    .rows<[string, string]>(CLAIMS_ON_DECLARATION)
    .all(declarationKey(parsed.number), appeal.id)
    .filter(([named]) => onLine(parseDeclaration(named)?.line ?? null))
    .map(([, imeis]) => claimed(JSON.parse(imeis) as string[]))
  const groups = [...listed(cache, docs), ...others]
  return { quantity, used: devicesDrawn(groups.filter((group) => !group.some((imei) => own.has(imei)))) }
}

/** A line stands in a document for each of its models and again in a list sent twice: its quantity counts once. */
function quantityOf(docs: readonly Line[]): number {
  const lines = new Map<string, number>()
  for (const [, , line, quantity] of docs)
    lines.set(String(line ?? ''), Math.max(lines.get(String(line ?? '')) ?? 0, quantity ?? 0))
  return [...lines.values()].reduce((sum, quantity) => sum + quantity, 0)
}

function* listed(cache: Reader, docs: readonly Line[]): Generator<Imei14[]> {
  for (const [batch, of] of Map.groupBy(docs, ([no]) => no)) {
    const numbers = JSON.stringify(of.map(([, doc]) => doc))
    for (const [imei14, next] of cache.rows<[Imei14, Imei14]>(IMEIS_OF_DOCS).iterate(batch, numbers))
      yield next > 0 ? [imei14, next] : [imei14]
  }
}

const claimed = (imeis: readonly string[]): Imei14[] =>
  imeis.flatMap((text) => {
    const parsed = parseImei(text)
    return parsed.ok ? [parsed.imei.imei14] : []
  })
