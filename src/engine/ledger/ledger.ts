import type { LedgerLine } from '../../contract/engine/ledger.ts'
import type { Imei14 } from '../../domain/fact.ts'
import { overdrawn } from '../../domain/ledger.ts'
import { trouble } from '../../domain/problem.ts'
import type { Reader } from '../db/handle.ts'
import type { RunningJob } from '../sync/jobs.ts'
import type { Breathe, DeclaredStretches } from './declaredStretches.ts'
import {
  appealsNaming,
  countSeen,
  type DeclaredDoc,
  declarations,
  docsOf,
  factsInStretch,
  factsOfDocs,
  isKeptByBatch,
  namedByAppeals,
} from './queries.ts'

/** A declaration number without its line, and the line. */
function split(number: string): { declaration: string; line: string | null } {
  const [, declaration = number.trim(), line] = /^\s*(\d{5}(?:\d{3})?\/\d{6}\/\d{7})(?:\/(\w+))?\s*$/.exec(number) ?? []
  return { declaration, line: line ?? null }
}

/** Every line of a declaration with what is drawn from it. Throws `ledger-unknown`. */
export async function ledgerOf(
  cache: Reader,
  stretches: DeclaredStretches,
  number: string,
  breathe: Breathe,
): Promise<LedgerLine[]> {
  const { declaration, line } = split(number)
  const docs = docsOf(cache, declaration)
  if (docs.length === 0) throw trouble('ledger-unknown', { declaration: number })
  if (docs.some(({ batch }) => !isKeptByBatch(cache, batch))) await stretches.learn(cache, breathe)
  const lines = linesOf(cache, stretches, declaration, docs)
  return line === null ? lines : lines.filter((l) => l.line === line)
}

interface Drawn {
  readonly said: Readonly<Record<string, unknown>>
  readonly date: string
  readonly imeis: Map<Imei14, Imei14>
}

function linesOf(
  cache: Reader,
  stretches: DeclaredStretches,
  declaration: string,
  docs: readonly DeclaredDoc[],
): LedgerLine[] {
  const lines = new Map<string, Drawn>()
  const lineOfDoc = new Map<string, Drawn>()
  for (const { batch, doc, date, data } of docs) {
    const said = JSON.parse(data) as Drawn['said']
    const key = String(said.line ?? '')
    const line = lines.get(key) ?? { said, date, imeis: new Map() }
    lines.set(key, line)
    lineOfDoc.set(`${batch}/${doc}`, line)
  }
  for (const batch of new Set(docs.map((d) => d.batch))) {
    const own = docs.filter((d) => d.batch === batch).map((d) => d.doc)
    const facts = isKeptByBatch(cache, batch)
      ? factsOfDocs(cache, batch, own)
      : stretches.of(batch, own).flatMap((stretch) => factsInStretch(cache, batch, own, stretch))
    for (const [imei14, next, doc] of facts) lineOfDoc.get(`${batch}/${doc}`)?.imeis.set(imei14, next)
  }
  const listed = new Set([...lines.values()].flatMap((l) => [...l.imeis.keys()]))
  const appeals = appealsNaming(cache, declaration).map((a) => ({
    ...a,
    line: split(a.named).line,
    isNew: !a.imeis.some((imei) => listed.has(Number(imei.slice(0, 14)))),
  }))
  return [...lines].map(([line, { said, date, imeis }]) => {
    // an appeal that names no line draws on each of them: nobody knows better
    const about = appeals.filter((a) => a.line === null || a.line === line)
    const quantity = Number(said.quantity)
    const entry = {
      quantity: Number.isSafeInteger(quantity) && quantity > 0 ? quantity : null,
      devices: devicesIn(imeis),
      claimed: about.filter((a) => a.isNew).length,
    }
    const text = (name: string): string | null => (typeof said[name] === 'string' ? said[name] : null)
    return {
      declaration,
      line: line === '' ? null : line,
      date,
      bin: text('bin'),
      importer: text('importer'),
      brand: text('brand'),
      model: text('model'),
      ...entry,
      imeis: imeis.size,
      seen: countSeen(cache, [...imeis.keys()]),
      appeals: about.map((a) => a.id),
      overdrawn: overdrawn(entry),
    }
  })
}

/** Devices among IMEIs that point at the next one of theirs in a ring. */
function devicesIn(imeis: ReadonlyMap<Imei14, Imei14>): number {
  const counted = new Set<Imei14>()
  let devices = 0
  for (const start of imeis.keys()) {
    if (counted.has(start)) continue
    devices++
    for (let at = start; at !== 0 && !counted.has(at); at = imeis.get(at) ?? 0) counted.add(at)
  }
  return devices
}

/** Lines from which more is drawn than was declared, the worst first. One pass over the lists finds the suspects, each is then counted. */
export async function allOverdrawn(
  cache: Reader,
  stretches: DeclaredStretches,
  limit: number,
  job: Pick<RunningJob, 'signal' | 'progress'>,
): Promise<{ lines: LedgerLine[]; total: number }> {
  await stretches.learn(cache, async () => {
    await new Promise(setImmediate)
    job.signal.throwIfAborted()
  })
  const named = new Set(namedByAppeals(cache).map((number) => split(number).declaration))
  const found: LedgerLine[] = []
  const numbers = [...declarations(cache)].map(([number]) => number)
  for (const [i, number] of numbers.entries()) {
    const docs = docsOf(cache, number)
    if (isSuspect(docs, stretches) || named.has(number))
      found.push(...linesOf(cache, stretches, number, docs).filter((line) => line.overdrawn > 0))
    if (i % 200 === 199) {
      job.progress(i + 1, numbers.length)
      await new Promise(setImmediate)
      job.signal.throwIfAborted()
    }
  }
  found.sort((a, b) => b.overdrawn - a.overdrawn || (a.declaration < b.declaration ? -1 : 1))
  return { lines: found.slice(0, limit), total: found.length }
}

function isSuspect(docs: readonly DeclaredDoc[], stretches: DeclaredStretches): boolean {
  const lines = new Map<string, { quantity: number; devices: number }>()
  for (const { batch, doc, data } of docs) {
    const said = JSON.parse(data) as { line?: string; quantity?: number }
    const line = lines.get(said.line ?? '') ?? { quantity: Number(said.quantity), devices: 0 }
    line.devices += stretches.devices(batch, doc)
    lines.set(said.line ?? '', line)
  }
  return [...lines.values()].some((line) => line.devices > line.quantity)
}
