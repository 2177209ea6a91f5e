import { needsSecondSignature } from '../../../domain/batch.ts'
import type { Effect } from '../../../domain/effect.ts'
import type { FactOp, Imei14, IsoDate, Network, Seq } from '../../../domain/fact.ts'
import { imei14Text } from '../../../domain/imei.ts'
import { LISTS, type List } from '../../../domain/listing.ts'
import { openConnection } from '../../db/connection.ts'
import { ReadHandle, WriteHandle } from '../../db/handle.ts'
import { cursorOf, policyAt } from '../../db/mirror.ts'
import type { ThreadTools } from '../thread/threadWork.ts'
import type { SortedFacts } from './deviceColumns.ts'
import { countFacts, FactBlockWriter, factBlocks } from './factBlocks.ts'
import { RareMoves, UNDER_APPEAL } from './moves.ts'
import { replacedBatches } from './replacedBatches.ts'
import { computeEffect, type StagedFacts } from './stageEffect.ts'
import type { StageTask } from './task.ts'

export type RefreshTask = Pick<StageTask, 'batch' | 'kind' | 'source' | 'full' | 'keyHex' | 'stagingFile' | 'cacheFile'>

export interface Refreshed {
  readonly effect: Effect
  readonly needsSignature: boolean
  readonly reviewed: string
  readonly basedOnSeq: Seq
  /** Moves into or out of black that are different from those of before: how many, and the first ones. */
  readonly changed: { readonly total: number; readonly imeis: readonly ChangedMove[] }
}

/** The list an IMEI was to come to and comes to now; null where it was or is no move into or out of black. */
export interface ChangedMove {
  readonly imei14: string
  readonly was: List | null
  readonly now: List | null
}

const CHANGES_NAMED = 200

/** Computes the effect of staged rows anew, on the mirror as it stands now, and notes their moves in one transaction. */
export function refreshEffect(task: RefreshTask, { checkStop }: ThreadTools): Refreshed {
  const { keyHex } = task
  const cache = openConnection(task.cacheFile, { keyHex, readonly: true, synchronous: 'NORMAL', cacheMb: 48 })
  const staging = openConnection(task.stagingFile, { keyHex, readonly: false, synchronous: 'NORMAL', cacheMb: 16 })
  // staging files are read from their path alone, so nothing may stay beside them
  staging.pragma('journal_mode=DELETE')
  try {
    cache.exec('BEGIN')
    const reader = new ReadHandle(cache)
    const seq = cursorOf(reader).seq
    const policy = policyAt(reader, seq)
    const rows = new WriteHandle(staging)
    const facts = readFacts(rows)
    const staged: StagedFacts = {
      ...task,
      replaces: task.full ? replacedBatches(reader, task) : new Set(),
      facts,
      docs: readDocs(rows),
    }
    return staging.transaction(() => {
      const before = blackMoves(rows)
      const changes: ChangedMove[] = []
      let total = 0
      const compare = (imei14: Imei14, move: number): void => {
        const was = before.get(imei14) ?? null
        const now = isBlackMove(move) ? targetOf(move) : null
        if (was === now) return
        total++
        if (changes.length < CHANGES_NAMED) changes.push({ imei14: imei14Text(imei14), was, now })
      }
      for (const table of ['fact_block', 'rare_move', 'gone']) rows.run(`DELETE FROM ${table}`)
      const blocks = new FactBlockWriter((row) =>
        rows.run('INSERT INTO fact_block(last, count, keys, docs, next, moves) VALUES (?, ?, ?, ?, ?, ?)', ...row),
      )
      const rare = new RareMoves((row) => rows.run('INSERT INTO rare_move(move, imei14, doc) VALUES (?, ?, ?)', ...row))
      const computed = computeEffect(
        reader,
        policy,
        staged,
        (imei14, at, move) => {
          compare(imei14, move)
          if (at < 0) return void rows.run('INSERT INTO gone(imei14, move) VALUES (?, ?)', imei14, move)
          const doc = facts.docs[at] as number
          blocks.add(imei14, doc, facts.next[at] as number, move)
          rare.add(move, imei14, doc)
        },
        checkStop,
      )
      blocks.end()
      const { effect, offGrey, reviewed } = computed
      return {
        effect,
        reviewed,
        basedOnSeq: seq,
        needsSignature: needsSecondSignature(effect, offGrey, policy),
        changed: { total, imeis: changes },
      }
    })()
  } finally {
    staging.close()
    cache.close()
  }
}

const targetOf = (move: number): List => LISTS[(move % UNDER_APPEAL) % LISTS.length] as List
const isBlackMove = (move: number): boolean => {
  const from = LISTS[Math.floor((move % UNDER_APPEAL) / LISTS.length)]
  const to = targetOf(move)
  return from !== to && (from === 'black' || to === 'black')
}

/** Moves into or out of black as they were reviewed: IMEI → list it was to come to. */
function blackMoves(staged: ReadHandle): ReadonlyMap<Imei14, List> {
  const moves = new Map<Imei14, List>()
  for (const block of factBlocks(staged, -1))
    for (let i = 0; i < block.count; i++)
      if (isBlackMove(block.moves[i] as number)) moves.set(block.keys[i] as number, targetOf(block.moves[i] as number))
  for (const [imei14, move] of staged.rows<[Imei14, number]>('SELECT imei14, move FROM gone').iterate())
    if (isBlackMove(move)) moves.set(imei14, targetOf(move))
  return moves
}

function readFacts(staged: ReadHandle): SortedFacts {
  const count = countFacts(staged)
  const facts = {
    count,
    keys: new Float64Array(count),
    docs: new Uint32Array(count),
    next: new Float64Array(count),
    rows: new Uint32Array(0),
  }
  let at = 0
  for (const block of factBlocks(staged, -1)) {
    facts.keys.set(block.keys, at)
    facts.docs.set(block.docs, at)
    facts.next.set(block.next, at)
    at += block.count
  }
  return facts
}

/** Documents by number; those that make the same fact have the same head. */
function readDocs(staged: ReadHandle): StagedFacts['docs'] {
  type Row = [no: number, op: FactOp, date: IsoDate, network: Network | null]
  const heads = new Map<number, number>()
  const numbers = new Map<string, number>()
  const made: { op: FactOp; date: IsoDate; network: Network | null }[] = []
  for (const [no, op, date, network] of staged.rows<Row>('SELECT no, op, date, network FROM doc').iterate()) {
    const text = `${op}|${date}|${network}`
    let head = numbers.get(text)
    if (head === undefined) {
      head = made.push({ op, date, network }) - 1
      numbers.set(text, head)
    }
    heads.set(no, head)
  }
  const head = (no: number): number => heads.get(no) ?? -1
  return {
    head,
    factOf: (no) => {
      const fact = made[head(no)]
      if (!fact) throw new Error(`document ${no} is not staged`)
      return fact
    },
  }
}
