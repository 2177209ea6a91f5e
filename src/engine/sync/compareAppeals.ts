import { createHash } from 'node:crypto'
import {
  type AppealNow,
  appealGroup,
  appealGroupSql,
  appealLine,
  groupDigest,
} from '../../contract/registry/appealDigest.ts'
import type { Seq } from '../../domain/fact.ts'
import type { Reader, Writer } from '../db/handle.ts'
import type { CacheStore } from '../db/store.ts'
import { dropBrief } from './appealBrief.ts'
import { figureAppeal } from './appealFigures.ts'
import { applyReceived } from './applyAppeal.ts'
import type { RegistryClient } from './registryClient.ts'

export interface ComparingAppeals {
  readonly cache: CacheStore
  readonly client: Pick<RegistryClient, 'appealGroups' | 'appealVersions' | 'appealNow'>
  readonly seq: Seq
  /** The mirror still stands at `seq`. */
  readonly isThere: () => boolean
}

export interface ComparedAppeals {
  /** Of all appeals but those that changed since. */
  readonly digest: string
  readonly equal: boolean
  /** Appeals that differed and were made the registry's. */
  readonly repaired: number
}

/**
 * Holds the mirror's appeals against the registry's by number, state and version, goes down to those that differ and takes them over
 * as the registry has them. Null when the mirror moved on meanwhile. What the repaired appeals were at earlier events is lost to
 * figures as of then.
 */
export async function compareAppeals(p: ComparingAppeals): Promise<ComparedAppeals | null> {
  let repaired = 0
  for (let again = false; ; again = true) {
    const theirs = await p.client.appealGroups(p.seq)
    if (!p.isThere()) return null
    const later = new Set(theirs.later)
    const mine = myGroups(p.cache.read, later)
    const wanted = new Map(theirs.groups.map((g) => [g.group, g.digest]))
    const differing = [...new Set([...mine.keys(), ...wanted.keys()])].filter((g) => mine.get(g) !== wanted.get(g))
    if (differing.length === 0 || again)
      return { digest: digestOf(mine.values()), equal: differing.length === 0, repaired }
    for (const group of differing.sort()) {
      const found = await repairGroup(p, group, later)
      if (found === null) return null
      repaired += found
    }
  }
}

const sha256 = () => createHash('sha256')
const digestOf = (digests: Iterable<string>): string => groupDigest(sha256(), digests).slice(0, 16)

type Version = [id: string, state: string, version: number]

function myGroups(cache: Reader, without: ReadonlySet<string>): Map<string, string> {
  const lines = new Map<string, string[]>()
  for (const [id, state, version] of cache.rows<Version>('SELECT id, state, version FROM appeal ORDER BY id').all()) {
    if (without.has(id)) continue
    const group = appealGroup(id)
    const line = appealLine(id, state, version)
    const others = lines.get(group)
    if (others) others.push(line)
    else lines.set(group, [line])
  }
  return new Map([...lines].map(([group, said]) => [group, groupDigest(sha256(), said)]))
}

/** Makes the appeals of a group the registry's; answers how many differed, null when the mirror moved on. */
async function repairGroup(p: ComparingAppeals, group: string, later: ReadonlySet<string>): Promise<number | null> {
  const { appeals } = await p.client.appealVersions(p.seq, group)
  const theirs = new Map(appeals.map(([id, state, version]) => [id, appealLine(id, state, version)]))
  const mine = new Map(
    p.cache.read
      .rows<Version>(`SELECT id, state, version FROM appeal WHERE ${appealGroupSql('id')} = ? ORDER BY id`)
      .all(group)
      .filter(([id]) => !later.has(id))
      .map(([id, state, version]) => [id, appealLine(id, state, version)]),
  )
  const wrong = [...new Set([...mine.keys(), ...theirs.keys()])].filter((id) => mine.get(id) !== theirs.get(id))
  for (const id of wrong) {
    const { appeal } = await p.client.appealNow(id)
    if (!p.isThere()) return null
    p.cache.write((tx) => putAppeal(tx, p.seq, id, appeal))
  }
  return wrong.length
}

const TABLES_OF_APPEAL = ['appeal_imei', 'appeal_key', 'appeal_step', 'evidence_look'] as const

function putAppeal(tx: Writer, seq: Seq, id: string, appeal: AppealNow['appeal']): void {
  const received = tx.value<number>('SELECT received_seq FROM appeal WHERE id = ?', id)
  for (const table of TABLES_OF_APPEAL) tx.run(`DELETE FROM ${table} WHERE appeal = ?`, id)
  dropBrief(tx, id)
  tx.run('DELETE FROM appeal_figure WHERE id = ?', id)
  tx.run('DELETE FROM appeal WHERE id = ?', id)
  if (!appeal) return
  applyReceived(tx, received ?? seq, appeal)
  tx.run('UPDATE appeal SET seq = ? WHERE id = ?', seq, id)
  figureAppeal(tx, seq, appeal)
}
