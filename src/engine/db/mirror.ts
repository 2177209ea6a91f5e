import { DEFAULT_POLICY } from '../../domain/defaultPolicy.ts'
import type { Imei14, Instant, Seq } from '../../domain/fact.ts'
import type { Policy } from '../../domain/policy.ts'
import type { Reader } from './handle.ts'

/** Where the mirror stands. */
export interface Cursor {
  readonly epoch: string | null
  readonly seq: Seq
  readonly head: Seq
  /** The registry's time of event `seq`. */
  readonly at: Instant | null
  /** This desk's time of the registry's last answer. */
  readonly syncedAt: Instant | null
  readonly sample: boolean
  readonly offlineHours: number | null
}

export function cursorOf(cache: Reader): Cursor {
  const row = cache
    .rows<[string | null, number, number, string | null, string | null, number, number | null]>(
      'SELECT epoch, seq, head, at, synced_at, sample, offline_hours FROM cursor WHERE id = 1',
    )
    .get()
  if (!row) throw new Error('the mirror has no cursor')
  const [epoch, seq, head, at, syncedAt, sample, offlineHours] = row
  return { epoch, seq, head, at, syncedAt, sample: sample === 1, offlineHours }
}

/** Lookups are always at `seq`; the stored lists (grey, black) are merged to this. */
export function listedSeqOf(cache: Reader): Seq {
  const waiting = cache.value<number | null>('SELECT min(seq) FROM relist')
  return waiting === undefined || waiting === null ? cursorOf(cache).seq : waiting - 1
}

/** The policy in force at a sequence number; the default one before the registry has sent any. */
export function policyAt(cache: Reader, seq: Seq): Policy {
  const doc = cache.value<string>('SELECT doc FROM policy WHERE from_seq <= ? ORDER BY from_seq DESC LIMIT 1', seq)
  return doc === undefined ? DEFAULT_POLICY : (JSON.parse(doc) as Policy)
}

/** IMEIs about which an appeal is open, with the appeal's id. */
export function openAppealImeis(cache: Reader): Map<Imei14, string> {
  return new Map(
    cache
      .rows<[Imei14, string]>(
        'SELECT i.imei14, i.appeal FROM appeal a CROSS JOIN appeal_imei i ON i.appeal = a.id WHERE a.open = 1',
      )
      .all(),
  )
}

/** The registry's time of an event; null for one that the mirror does not have. */
export const momentOf = (cache: Reader, seq: Seq): Instant | null =>
  cache.value<string>('SELECT at FROM moment WHERE seq = ?', seq) ?? null

/** Whether the mirror was left by an end that was not one, or is of another epoch, and was not compared with the registry since. */
export const isSuspect = (cache: Reader): boolean => cache.value<string>('SELECT opened FROM cursor') === 'suspect'

/** Last sequence number accepted before an instant; 0 when nothing was. */
export const seqBefore = (cache: Reader, end: Instant): Seq =>
  cache.value<number>('SELECT seq FROM moment WHERE at < ? ORDER BY at DESC, seq DESC LIMIT 1', end) ?? 0
