import type { Output } from '../../contract/call.ts'
import type { EngineContract } from '../../contract/engine.ts'
import type { FiguresAsk } from '../../contract/registry/listFigures.ts'
import { trouble } from '../../domain/problem.ts'
import type { RegistryClient } from '../sync/registryClient.ts'
import { CLOCKS, type Group, type Table } from './catalogue.ts'
import { clockOf } from './listedReport.ts'
import type { ReportQuery } from './query.ts'

const LIST_OF: Readonly<Record<string, 'black' | 'grey'>> = { blocklist: 'black', 'grey-clocks': 'grey' }
const BY: Readonly<Record<string, FiguresAsk['by']>> = { reason: 'reason', month: 'month', clock: 'deadline' }

/**
 * The same question to the registry, which counts its lists from a summary of its own, and whether it answers what this desk does.
 * Throws `needs-registry` for a desk without one, `report-unknown` for what its summary cannot tell.
 */
export async function registryFigures(
  client: RegistryClient | null,
  query: ReportQuery,
  table: Table,
): Promise<Output<EngineContract['registry-figures']>> {
  const { report, by, from, to, seq, filters, compareTo } = query
  const list = LIST_OF[report]
  const asked = BY[by]
  if (list === undefined || asked === undefined || compareTo !== null || Object.keys(filters).length > 0)
    throw trouble('report-unknown', { report: `${report} --by ${by} --check-registry` })
  if (!client) throw trouble('needs-registry', { seq })
  const { total, groups } = await client.listFigures({ list, by: asked, from, to, seq })
  const found = by === 'clock' ? byClock(groups, to) : groups
  const own = new Map(table.rows.map(({ key, values }) => [key, values[0] ?? 0]))
  const agrees = found.length === own.size && found.every(({ key, count }) => own.get(key) === count)
  return { seq, figures: { total, groups: found }, agrees }
}

function byClock(groups: readonly Group[], today: string): Group[] {
  const counts = new Map<string, number>()
  for (const { key, count } of groups) counts.set(clockOf(key, today), (counts.get(clockOf(key, today)) ?? 0) + count)
  return CLOCKS.flatMap((key) => (counts.has(key) ? [{ key, count: counts.get(key) ?? 0 }] : []))
}
